using Paco.Applying;
using Paco.Clouds;

namespace Paco.Tests.Applying;

/// <summary>What AWS says, in its own words, and the way out a person reads beside it.</summary>
public sealed class RemedyTests
{
    [Theory]
    [InlineData("shop-assets already exists in stack arn:aws:cloudformation:…", "has that name")]
    [InlineData("One or more of the CNAMEs you provided are already associated with a different resource. (CNAMEAlreadyExists)",
        "another distribution")]
    [InlineData("User: arn:aws:sts::1:assumed-role/Paco is not authorized to perform: iam:PassRole on resource: role/web", "iam:PassRole")]
    [InlineData("User: arn:aws:sts::1:assumed-role/Paco is not authorized to perform: ec2:CreateVpc", "lacks this permission")]
    [InlineData("You are not authorized to perform this operation. (Service: Ec2, Status Code: 403, UnauthorizedOperation)",
        "service control policy")]
    [InlineData("Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
        "create-service-linked-role")]
    [InlineData("The maximum number of VPCs has been reached. (Service: Ec2, Error Code: VpcLimitExceeded)", "VPCs")]
    [InlineData("The maximum number of addresses has been reached. (Service: Ec2, Error Code: AddressLimitExceeded)", "Elastic IP")]
    [InlineData("You have reached the maximum number of load balancers", "Service Quotas")]
    [InlineData("We currently do not have sufficient m5.large capacity. (InsufficientInstanceCapacity)",
        "another instance type or more zones")]
    [InlineData("The specified backup retention period exceeds the maximum available to free tier customers. (FreeTierRestrictionError)",
        "free plan")]
    [InlineData("RDS does not support creating a DB instance with the following combination (InvalidParameterCombination)",
        "do not go together")]
    [InlineData("STS is not activated in this region for account:1. (RegionDisabledException)", "enabled this region")]
    public void A_reason_that_is_known_has_a_remedy(string reason, string remedy)
    {
        var failure = FailureCause.Of(StackStatus.RollbackComplete, null, [Failed("Resource", reason)]);

        Assert.Equal(reason, failure.Message);
        Assert.Contains(remedy, failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_of_an_error_counts_where_its_words_say_nothing()
    {
        var failure = FailureCause.Of(new CloudException(CloudErrorKind.Refused, "OptInRequired", "you need a subscription",
            "CreateStack"));

        Assert.Contains("has not signed up", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_knows_a_remedy_for_has_none() =>
        Assert.Null(FailureCause.Of(StackStatus.RollbackComplete, null, [Failed("Resource", "quite new")]).Hint);

    [Fact]
    public void A_resource_that_was_cancelled_with_others_is_no_cause()
    {
        var failure = FailureCause.Of(StackStatus.RollbackComplete, null,
            [Failed("Beside", "Resource creation cancelled"), Failed("Cause", "quite new")]);

        Assert.Equal("Cause", failure.LogicalId);
    }

    private static StackEvent Failed(string id, string reason) =>
        new("1", DateTimeOffset.UnixEpoch, id, "", "AWS::SNS::Topic", "CREATE_FAILED", reason, null);
}
