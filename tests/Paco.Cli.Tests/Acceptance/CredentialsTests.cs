using Paco.Cli.Tests.Commands;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>The seed document's second step: connect the project to AWS; and which accounts may be the same.</summary>
public class CredentialsTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    [Fact]
    public async Task Row_009_init_credentials_writes_a_file_for_its_owner_alone()
    {
        using var project = await Starter.New();
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        project.Variables["AWS_ENDPOINT_URL"] = aws.Address;

        var ran = (await project.RunWith($"\nAKIAIOSFODNN7EXAMPLE\n{Secret}\n", "init", "credentials")).Succeeds();

        var fields = project.Read(".credentials.yaml").Split('\n').Where(l => l.Contains(": ", StringComparison.Ordinal) && l[0] != '#')
            .Select(l => l.Split(": ")).ToDictionary(l => l[0], l => l[1].Trim('"'));
        Assert.Equal(new Dictionary<string, string>
        {
            ["aws_default_region"] = "us-west-2",
            ["master_account_id"] = Starter.Accounts["master"],
            ["master_admin_iam_username"] = "paco-admin",
            ["admin_iam_role_name"] = "Paco-Admin-Delegate-Role",
            ["aws_access_key_id"] = "AKIAIOSFODNN7EXAMPLE",
            ["aws_secret_access_key"] = Secret,
            ["mfa_session_expiry_secs"] = "43200",
            ["assume_role_session_expiry_secs"] = "3600",
        }, fields);
        Assert.DoesNotContain(Secret, ran.All, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(Path.Combine(project.Home, ".credentials.yaml")));
    }

    [Fact]
    public async Task Row_009_the_session_a_code_opens_is_kept_for_its_owner_alone()
    {
        using var project = await SigningInTests.WithCredentials();
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        project.Variables["AWS_ENDPOINT_URL"] = aws.Address;

        var ran = await SigningInTests.Typed(project, "123456\n", "doctor");

        Assert.True(ran.Exit == ExitCode.Success, ran.All);
        Assert.Single(aws.Calls, "sts:GetSessionToken");
        Assert.All(Starter.Accounts.Values,
            id => Assert.Contains($"sts:AssumeRole arn:aws:iam::{id}:role/Paco-Admin-Delegate-Role", aws.Calls));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(project.Above, ".aws", "cli", "cache", "paco-sessions.json")));
        }
    }

    [Fact]
    public async Task Row_011_accounts_that_are_one_are_told_and_work_and_master_may_be_among_them()
    {
        using var project = await Starter.New();
        foreach (var (name, id) in Starter.Accounts.Where(a => a.Key != "master"))
            project.Edit($"accounts/{name}.yaml", id, Starter.Accounts["master"]);

        var validated = (await project.Run("validate")).Succeeds();
        await project.Provision("resource.ec2.keypairs");
        await project.Provision("resource.route53");
        await project.Provision("netenv.mynet.dev");
        var doctor = (await project.Run("doctor", "--sandbox")).Succeeds();

        Assert.Contains("PACO5040", validated.All, StringComparison.Ordinal);
        Assert.Contains($"dev and master are one account: both have the id {Starter.Accounts["master"]}", validated.All,
            StringComparison.Ordinal);
        Assert.Contains("✓ every account is ready", doctor.Out, StringComparison.Ordinal);
    }
}
