using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Global.Accounts;
using Paco.Stacks;

namespace Paco.Tests.Global;

/// <summary>What AWS may say to making an account, and what a person is told.</summary>
public sealed class AccountActionTests
{
    private static readonly Place Master = new("master", "us-west-2");

    [Theory]
    [InlineData("EMAIL_ALREADY_EXISTS", "change root_email in accounts/dev.yaml")]
    [InlineData("ACCOUNT_LIMIT_EXCEEDED", "ask for a higher quota")]
    [InlineData("MISSING_PAYMENT_INSTRUMENT", "payment method")]
    public async Task An_account_that_fails_later_says_why_and_what_to_do(string reason, string remedy)
    {
        var result = await Apply(new SmallOrganization { Created = () => new AccountCreation("car-1", "FAILED", null, reason) });

        Assert.StartsWith($"AWS did not make the account dev: {reason}; ", result.Failure, StringComparison.Ordinal);
        Assert.Contains(remedy, result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_refused_at_once_does_too()
    {
        var result = await Apply(new SmallOrganization
        {
            Created = () => throw new CloudException(CloudErrorKind.Refused, "ConstraintViolationException",
                "You have exceeded the allowed number of AWS Accounts.", "organizations:CreateAccount"),
        });

        Assert.Equal("AWS did not make the account dev: You have exceeded the allowed number of AWS Accounts; the organization may have no "
            + "more accounts (ten, until AWS raises that): ask for a higher quota in Service Quotas, or close one", result.Failure);
    }

    [Fact]
    public async Task A_new_organization_that_takes_none_yet_is_asked_again()
    {
        var asked = 0;
        var cloud = new SmallOrganization
        {
            Created = () => asked++ < 3
                ? throw new CloudException(CloudErrorKind.Refused, "FinalizingOrganizationException", "not yet",
                    "organizations:CreateAccount")
                : new AccountCreation("car-1", "SUCCEEDED", "222222222222", null),
        };

        var result = await Apply(cloud);

        Assert.Null(result.Failure);
        Assert.Equal("222222222222", result.Outputs["Id"]);
    }

    [Theory]
    [InlineData("111111111111", false, "consolidated billing only", "aws organizations enable-all-features")]
    [InlineData("999999999999", true, "whose management account is 999999999999", "accounts/master.yaml")]
    public async Task An_organization_that_is_of_no_use_is_told_before_anything_is_made(string owner, bool allFeatures,
        string why, string way)
    {
        var action = new OrganizationAction
        {
            Id = new NodeId(Master, "organization"), Ref = "accounts", Title = "organization", ManagementAccountId = "111111111111",
        };
        var cloud = new SmallOrganization { Organization = new Organization("o-1", owner, allFeatures) };

        var refused = await Assert.ThrowsAsync<CloudException>(() => action.Read(
            new SmallCloud { Company = cloud }, [], default));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains(way, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<ActionResult> Apply(SmallOrganization cloud)
    {
        var action = new AccountAction
        {
            Id = new NodeId(Master, "account dev"), Ref = "accounts", Title = "account dev", AccountName = "dev",
            Email = "dev@example.com", RoleName = "Role", File = "accounts/dev.yaml",
        };
        return await action.Apply(new SmallCloud { Company = cloud }, [],
            new ActionContext(new JumpingTime(), NoSecretSink.Instance), default);
    }

    // An organization without accounts.
    private sealed class SmallOrganization : IOrganizations
    {
        public Organization? Organization { get; init; } = new("o-1", "111111111111", true);

        public Func<AccountCreation> Created { get; init; } = () => throw new NotSupportedException();

        public Task<Organization?> DescribeOrganization(CancellationToken cancel) => Task.FromResult(Organization);

        public Task CreateOrganization(CancellationToken cancel) => Task.CompletedTask;

        public Task<ImmutableArray<OrganizationAccount>> ListAccounts(CancellationToken cancel) =>
            Task.FromResult<ImmutableArray<OrganizationAccount>>([]);

        public Task<AccountCreation> CreateAccount(string name, string email, string roleName, CancellationToken cancel) =>
            Task.FromResult(Created());

        public Task<AccountCreation> DescribeCreateAccountStatus(string requestId, CancellationToken cancel) => Task.FromResult(Created());
    }
}
