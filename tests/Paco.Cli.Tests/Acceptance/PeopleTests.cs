using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>The administrator, who is made before anything else.</summary>
public class PeopleTests
{
    [Fact]
    public async Task Row_012_one_user_administers_all_accounts()
    {
        using var project = await Starter.New();

        await project.Provision("resource.iam.users");

        await using var cloud = new Sandbox(project.Home);
        Assert.Equal("admin", (await cloud.Aws.Iam(new("master", Sandbox.Region)).GetUser("admin", default))!.Name);
        foreach (var account in Starter.Accounts.Keys)
        {
            var role = await cloud.Only(account, "AWS::IAM::Role", "us-east-1");
            Assert.Equal("IAM-User-Account-Delegate-Role-admin", role.Identifier);
            Assert.Equal("arn:aws:iam::aws:policy/AdministratorAccess", Assert.Single(role["ManagedPolicyArns"]!.AsArray())!.ToString());
            var trust = Assert.Single(role["AssumeRolePolicyDocument"]!["Statement"]!.AsArray())!;
            Assert.Equal($"arn:aws:iam::{Starter.Accounts["master"]}:user/admin", trust["Principal"]!["AWS"]!.ToString());
            Assert.Equal("true", trust["Condition"]!["Bool"]!["aws:MultiFactorAuthPresent"]!.ToString());
        }
    }

    [Fact]
    public async Task Row_014_provisioning_users_shows_password_key_and_links_once()
    {
        using var project = await Starter.New();

        var first = await project.Provision("resource.iam.users");
        var second = await project.Provision("resource.iam.users");

        await using var cloud = new Sandbox(project.Home);
        Assert.Contains("Resource-IAM-User-Accounts", (await cloud.Stacks("master")).Keys);
        foreach (var (account, id) in Starter.Accounts)
        {
            Assert.Contains("Resource-IAM-User-Admin-Account-Delegates", (await cloud.Stacks(account)).Keys);
            var role = $"account={id}&roleName=IAM-User-Account-Delegate-Role-admin&displayName=admin%40{account}";
            Assert.Contains($"https://signin.aws.amazon.com/switchrole?{role}", first.Out, StringComparison.Ordinal);
        }
        Assert.Contains($"https://{Starter.Accounts["master"]}.signin.aws.amazon.com/console", first.Out, StringComparison.Ordinal);
        var user = JsonNode.Parse((await cloud.Aws.CloudControl(new("master", Sandbox.Region))
            .GetResource("AWS::IAM::User", "admin", default))!)!;
        var key = Assert.Single(await cloud.Aws.Iam(new("master", Sandbox.Region)).ListAccessKeys("admin", default));
        string[] secrets = [user["LoginProfile"]!["Password"]!.ToString(), $"aws_access_key_id = {key.Id}", "aws_secret_access_key = "];
        foreach (var secret in secrets)
        {
            Assert.Equal(2, first.Out.Split(secret).Length);
            Assert.DoesNotContain(secret, second.All, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("created", second.Out, StringComparison.Ordinal);
    }
}
