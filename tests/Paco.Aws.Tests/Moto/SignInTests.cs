using Paco.Clouds;

namespace Paco.Aws.Tests.Moto;

[Collection(MotoCollection.Name)]
public sealed class SignInTests(MotoServer moto)
{
    private const string Topic = "Resources: {Topic: {Type: 'AWS::SNS::Topic'}}";
    private static readonly CancellationToken None = CancellationToken.None;

    [MotoFact]
    public async Task Stacks_land_in_the_account_they_are_meant_for_and_in_no_other()
    {
        var (dev, prod) = (Clouds.NewAccountId(), Clouds.NewAccountId());
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("dev", dev, "Admin"), Clouds.Account("prod", prod, "Admin")) with
        {
            EndpointUrl = moto.Address,
        });

        await cloud.SignIn(["dev", "prod"], None);
        var ids = await Task.WhenAll(
            cloud.CloudFormation(new("dev", "us-west-2")).CreateStack(Clouds.Stack("in-dev", Topic), None),
            cloud.CloudFormation(new("prod", "eu-central-1")).CreateStack(Clouds.Stack("in-prod", Topic), None));

        Assert.StartsWith($"arn:aws:cloudformation:us-west-2:{dev}:stack/in-dev/", ids[0], StringComparison.Ordinal);
        Assert.StartsWith($"arn:aws:cloudformation:eu-central-1:{prod}:stack/in-prod/", ids[1], StringComparison.Ordinal);
        Assert.Null(await cloud.CloudFormation(new("prod", "us-west-2")).DescribeStack("in-dev", None));
        Assert.Empty(await cloud.CloudFormation(new("dev", "eu-central-1")).DescribeStacks(None));
    }

    [MotoFact]
    public async Task Endpoint_and_keys_of_the_environment_do_as_well()
    {
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("dev", Clouds.NewAccountId(), "Admin")) with
        {
            Keys = null,
            Environment = Clouds.Environment(("AWS_ENDPOINT_URL", moto.Address), ("AWS_ACCESS_KEY_ID", "AKIDTEST"),
                ("AWS_SECRET_ACCESS_KEY", "test")),
        });

        await cloud.SignIn(["dev"], None);
        Assert.Empty(await cloud.CloudFormation(Clouds.Dev).DescribeStacks(None));
    }

    [MotoFact]
    public async Task Keys_that_belong_to_the_account_are_used_as_they_are()
    {
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("master", null), Clouds.Account("same", Clouds.MotoAccount)) with
        {
            EndpointUrl = moto.Address,
        });

        await cloud.SignIn(["master", "same"], None);
        var id = await cloud.CloudFormation(new("master", "us-west-2")).CreateStack(Clouds.Stack("in-master", Topic), None);

        Assert.Contains($":{Clouds.MotoAccount}:", id, StringComparison.Ordinal);
    }

    [MotoFact]
    public async Task An_account_with_no_role_that_is_not_ours_stays_closed()
    {
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("other", "999999999999")) with { EndpointUrl = moto.Address });

        var closed = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["other"], None));

        Assert.Equal(CloudErrorKind.AccessDenied, closed.Kind);
        Assert.Contains("No way into the account other (999999999999)", closed.Message, StringComparison.Ordinal);
    }
}

public sealed class WrongKeysTests(StrictMotoServer moto) : IClassFixture<StrictMotoServer>
{
    [MotoFact]
    public async Task Keys_AWS_does_not_know_are_named_by_where_they_come_from()
    {
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("dev", Clouds.NewAccountId(), "Admin", "Other")) with
        {
            Keys = null,
            Environment = Clouds.Environment(("AWS_ENDPOINT_URL", moto.Address), ("AWS_ACCESS_KEY_ID", "AKIDWRONG"),
                ("AWS_SECRET_ACCESS_KEY", "x")),
        });

        var wrong = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], CancellationToken.None));

        Assert.Equal((CloudErrorKind.AccessDenied, "InvalidClientTokenId"), (wrong.Kind, wrong.Code));
        Assert.Contains("the environment (AWS_ACCESS_KEY_ID)", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("aws sso login", wrong.Message, StringComparison.Ordinal);
    }
}
