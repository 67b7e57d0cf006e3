using System.Text.RegularExpressions;
using Paco.Clouds;

namespace Paco.Aws.Tests;

/// <summary>Ids of accounts, held against the names the organization has for them.</summary>
public sealed partial class AccountNameTests
{
    private const string Master = "999999999999";
    private const string One = "111111111111";
    private const string Two = "222222222222";

    [Theory]
    // As they were made.
    [InlineData(One, Two, "dev", "prod", true)]
    [InlineData(One, Two, "Dev", "PROD", true)]
    // Exchanged; or only one is another's.
    [InlineData(One, Two, "prod", "dev", false)]
    [InlineData(One, Two, "prod", "something", false)]
    // An organization with names of its own says nothing, nor does one that uses a name twice.
    [InlineData(One, Two, "Shop development", "Shop production", true)]
    [InlineData(One, Two, "prod", "prod", true)]
    // Drawn together on purpose.
    [InlineData(One, One, "prod", "dev", true)]
    public async Task An_id_that_the_organization_calls_by_another_accounts_name_is_refused(string dev, string prod, string one, string two,
        bool isFine)
    {
        var known = $$"""{"Accounts":[{"Id":"{{One}}","Name":"{{one}}"},{"Id":"{{Two}}","Name":"{{two}}"}]}""";
        using var canned = new Canned(sent => Answer(sent, known));
        using var cloud = Cloud(canned, dev, prod);
        if (isFine)
        {
            await cloud.SignIn(["dev"], default);
            return;
        }

        var mistaken = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], default));

        Assert.Equal(("WrongAccount", "organizations:ListAccounts"), (mistaken.Code, mistaken.Operation));
        Assert.Contains($"The project says that dev is account {One}, but the organization calls that one prod", mistaken.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccessDeniedException", 400)]
    [InlineData("AWSOrganizationsNotInUseException", 400)]
    public async Task Where_nobody_may_ask_the_organization_the_proof_of_each_session_is_enough(string code, int status)
    {
        using var canned = new Canned(sent => Answer(sent, $$"""{"__type":"{{code}}","message":"no"}""", status));
        using var cloud = Cloud(canned, One, Two);

        await cloud.SignIn(["dev", "prod"], default);
    }

    [Fact]
    public async Task One_account_alone_is_nobody_elses()
    {
        using var canned = new Canned(sent => Answer(sent, "{}"));
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("master", Master, "R")) with { Handler = canned });

        await cloud.SignIn(["master"], default);

        Assert.DoesNotContain(canned.Requests, r => r.Headers.ContainsKey("X-Amz-Target"));
    }

    private static AwsCloud Cloud(Canned canned, string dev, string prod) => AwsCloud.Create(Clouds.Options(
        Clouds.Account("master", Master, "R"), Clouds.Account("dev", dev, "R"), Clouds.Account("prod", prod, "R")) with
    {
        Handler = canned,
    });

    // A session's key is called after its account.
    private static (int, string) Answer(Sent sent, string accounts, int status = 200) => sent switch
    {
        _ when sent.Headers.ContainsKey("X-Amz-Target") => (status, accounts),
        { Action: "AssumeRole" } => Canned.Session($"ASIA{Role().Match(sent.Body).Groups[1].Value}", DateTimeOffset.MaxValue),
        _ => Canned.Identity(sent.KeyId.StartsWith("ASIA", StringComparison.Ordinal) ? sent.KeyId[4..] : Master),
    };

    [GeneratedRegex("iam%3A%3A(\\d{12})%3A")]
    private static partial Regex Role();
}
