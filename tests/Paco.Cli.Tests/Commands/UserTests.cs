using System.Text;
using Paco.Clouds;

namespace Paco.Cli.Tests.Commands;

/// <summary>Users of resource/iam.yaml through their lives: keys that are rotated, people who leave.</summary>
public sealed class UserTests
{
    private const string Scope = "resource.iam";
    private const string Iam = "resource/iam.yaml";

    private static readonly Place Master = new("master", Sandbox.Region);

    [Fact]
    public async Task Secrets_go_into_files_of_their_owner_alone()
    {
        using var project = await Starter.New();

        var ran = (await project.Run("provision", Scope, "--sandbox", "--yes", "--secrets-dir", "keys")).Succeeds();

        var key = project.Read("keys/admin-access-key-1-version-1.ini");
        Assert.Equal(24, project.Read("keys/admin.password").Length);
        Assert.Contains($"aws_access_key_id = {(await Keys(project)).Single().Id}", key, StringComparison.Ordinal);
        Assert.DoesNotContain(project.Read("keys/admin.password"), ran.All, StringComparison.Ordinal);
        Assert.DoesNotContain("aws_secret_access_key", ran.All, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(Path.Combine(project.Home, "keys")))
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_program_gets_no_secrets_without_a_place_for_them()
    {
        using var project = await Starter.New();

        var refused = (await project.Run("provision", Scope, "--sandbox", "--yes", "--json")).Fails();
        var planned = (await project.Run("plan", Scope, "--sandbox", "--json")).Json;

        Assert.Contains("add --secrets-dir DIR", refused.All, StringComparison.Ordinal);
        Assert.Equal(["admin.password", "admin-access-key-1-version-1.ini"],
            planned["nodes"]!.AsArray().SelectMany(n => n!["reveals"]!.AsArray()).Select(f => f!.ToString()));
    }

    [Fact]
    public async Task A_key_of_another_version_takes_the_place_of_the_first()
    {
        using var project = await Provisioned();
        var before = Assert.Single(await Keys(project));
        project.Edit(Iam, "access_key_1_version: 1", "access_key_1_version: 2");

        var plan = (await project.Run("plan", Scope, "--sandbox")).Ends(ExitCode.Changes);
        var ran = await project.Provision(Scope);

        var after = Assert.Single(await Keys(project));
        Assert.NotEqual(before.Id, after.Id);
        Assert.Contains($"{before.Id} (version 1) is deleted, version 2 is made", plan.Out, StringComparison.Ordinal);
        Assert.Contains($"aws_access_key_id = {after.Id}", ran.Out, StringComparison.Ordinal);
        Assert.Equal([$"{after.Id}=Paco key 1 version 2"], await Descriptions(project));
    }

    [Fact]
    public async Task A_second_key_is_made_and_the_first_retired()
    {
        using var project = await Provisioned();
        var first = Assert.Single(await Keys(project));
        project.Edit(Iam, "access_key_2_version: 0", "access_key_2_version: 5");
        await project.Provision(Scope);
        var both = await Keys(project);
        project.Edit(Iam, "access_key_1_version: 1", "access_key_1_version: 0");

        await project.Provision(Scope);

        Assert.Equal(2, both.Count);
        var left = Assert.Single(await Keys(project));
        Assert.NotEqual(first.Id, left.Id);
        Assert.Equal([$"{left.Id}=Paco key 2 version 5"], await Descriptions(project));
    }

    [Fact]
    public async Task Keys_are_switched_off_and_on_without_being_made_anew()
    {
        using var project = await Provisioned();
        var before = Assert.Single(await Keys(project));
        project.Edit(Iam, "enabled: true                     #", "enabled: false                    #");
        var off = await project.Provision(Scope);
        var inactive = Assert.Single(await Keys(project));
        project.Edit(Iam, "enabled: false                    #", "enabled: true                     #");

        var on = await project.Provision(Scope);

        Assert.Equal(before with { IsActive = false }, inactive);
        Assert.Equal(before, Assert.Single(await Keys(project)));
        Assert.Contains("becomes inactive", off.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("aws_secret_access_key", on.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_Paco_9_is_described_and_stays()
    {
        using var project = await Provisioned();
        await using (var cloud = new Sandbox(project.Home))
            await cloud.Aws.Iam(Master).UntagUser("admin", (await cloud.Aws.Iam(Master).ListAccessKeys("admin", default))[0].Id, default);
        var before = Assert.Single(await Keys(project));

        var plan = (await project.Run("plan", Scope, "--sandbox")).Ends(ExitCode.Changes);
        await project.Provision(Scope);
        var again = (await project.Run("plan", Scope, "--sandbox")).Ends(ExitCode.Success);

        Assert.Contains($"{before.Id} counts as version 1 from now on", plan.Out, StringComparison.Ordinal);
        Assert.Equal(before, Assert.Single(await Keys(project)));
        Assert.DoesNotContain("counts as", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_of_Paco_9_stays_and_the_plan_says_that_it_can_be_guessed()
    {
        using var project = await Starter.New();
        project.Edit(Iam, "access_key_1_version: 1", "access_key_1_version: 0");
        await using (var cloud = new Sandbox(project.Home))
        {
            await cloud.Aws.CloudFormation(Master).CreateStack(new StackRequest
            {
                StackName = "Resource-IAM-User-Accounts",
                Template = new TemplateSource(OfPaco9, null),
                Parameters =
                [
                    new("Username21232f297a57a5a743894a0e4a801fc3", "admin"),
                    new("Passwordadc88e5d45ba9ad5326fd6b05189fb96", "21232f29@Aim19!"),
                ],
                Tags = [new("Paco-Stack", "true"), new("Paco-Stack-Name", "Resource-IAM-User-Accounts")],
                Capabilities = ["CAPABILITY_NAMED_IAM"],
                ClientRequestToken = "paco-9",
            }, default);
        }

        var plan = (await project.Run("plan", Scope, "--sandbox")).Ends(ExitCode.Changes);
        var ran = await project.Provision(Scope);
        var again = (await project.Run("plan", Scope, "--sandbox")).Succeeds();

        Assert.Contains("admin has never changed the password that Paco 9 derived", plan.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("shown once", plan.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Password of", ran.Out, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("has never changed", again.Out, StringComparison.Ordinal);
        await using var after = new Sandbox(project.Home);
        var user = await after.One("master", "AWS::IAM::User", "admin");
        Assert.Equal("21232f29@Aim19!", user["LoginProfile"]!["Password"]!.ToString());
    }

    [Fact]
    public async Task Whoever_leaves_the_file_loses_everything_everywhere_in_the_same_run()
    {
        using var project = await WithJane();

        var plan = (await project.Run("plan", Scope, "--sandbox")).Ends(ExitCode.Success);
        project.Edit(Iam, Jane, "");
        var leaving = (await project.Run("plan", Scope, "--sandbox")).Ends(ExitCode.Changes);
        await project.Provision(Scope);

        Assert.DoesNotContain("access of jane", plan.Out, StringComparison.Ordinal);
        Assert.Contains("access of jane", leaving.Out, StringComparison.Ordinal);
        Assert.Contains("access key AKIA", leaving.Out, StringComparison.Ordinal);
        Assert.Contains("left the configuration: access is revoked", leaving.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Null(await cloud.Aws.Iam(Master).GetUser("jane", default));
        foreach (var account in Starter.Accounts.Keys)
        {
            Assert.DoesNotContain("Resource-IAM-User-Jane-Account-Delegates", (await cloud.Stacks(account)).Keys);
            Assert.Single(await cloud.All(account, "AWS::IAM::Role", "us-east-1"));
        }
    }

    [Fact]
    public async Task Whoever_is_disabled_loses_the_same_and_the_roles_are_emptied()
    {
        using var project = await WithJane();
        project.Edit(Iam, "  jane:\n    enabled: true", "  jane:\n    enabled: false");

        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        Assert.Null(await cloud.Aws.Iam(Master).GetUser("jane", default));
        foreach (var account in Starter.Accounts.Keys)
            Assert.Single(await cloud.All(account, "AWS::IAM::Role", "us-east-1"));
        Assert.Contains("Resource-IAM-User-Jane-Account-Delegates", (await cloud.Stacks("dev")).Keys);
    }

    [Fact]
    public async Task An_account_that_leaves_the_whitelist_is_closed()
    {
        using var project = await WithJane();
        project.Edit(Iam, "account_whitelist: dev, prod", "account_whitelist: prod");

        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        Assert.Single(await cloud.All("dev", "AWS::IAM::Role", "us-east-1"));
        Assert.Equal(2, (await cloud.All("prod", "AWS::IAM::Role", "us-east-1")).Count);
    }

    [Fact]
    public async Task A_user_with_another_name_leaves_no_keys_of_the_old_one_behind()
    {
        using var project = await WithJane();
        project.Edit(Iam, "  jane:\n    enabled: true", "  jane:\n    enabled: true\n    username: jane.doe");

        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        Assert.Null(await cloud.Aws.Iam(Master).GetUser("jane", default));
        Assert.Single(await cloud.Aws.Iam(Master).ListAccessKeys("jane.doe", default));
    }

    [Fact]
    public async Task Deleting_everybody_takes_keys_and_roles_along()
    {
        using var project = await WithJane();

        var ran = (await project.Run("delete", Scope, "--sandbox", "--yes")).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        Assert.Contains("access of admin", ran.Out, StringComparison.Ordinal);
        Assert.Empty(await cloud.Stacks("master"));
        Assert.Null(await cloud.Aws.Iam(Master).GetUser("admin", default));
    }

    [Fact]
    public async Task As_many_keys_as_AWS_allows_is_said_with_account_and_way_out()
    {
        using var project = await Provisioned();
        project.Edit(Iam, "access_key_2_version: 0", "access_key_2_version: 1");

        var ran = (await project.Run("provision", Scope, "--sandbox", "--yes", "--fault", "refuse:iam:CreateAccessKey:LimitExceeded"))
            .Ends(ExitCode.Failure);

        Assert.Contains("admin in master · us-west-2 has as many access keys as AWS allows", ran.All, StringComparison.Ordinal);
        Assert.Contains("delete one that is not needed in IAM", ran.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_links_of_the_roles_are_outputs()
    {
        using var project = await Provisioned();

        var outputs = (await project.Run("outputs", Scope, "--sandbox")).Succeeds();

        Assert.Contains($"account={Starter.Accounts["dev"]}&roleName=IAM-User-Account-Delegate-Role-admin", outputs.Out,
            StringComparison.Ordinal);
        Assert.Contains($"https://{Starter.Accounts["master"]}.signin.aws.amazon.com/console", outputs.Out, StringComparison.Ordinal);
    }

    private const string OfPaco9 =
        """
        Parameters:
          Username21232f297a57a5a743894a0e4a801fc3: {Type: String}
          Passwordadc88e5d45ba9ad5326fd6b05189fb96: {Type: String, NoEcho: true}
        Resources:
          EmptyTemplatePlaceholder: {Type: AWS::CloudFormation::WaitConditionHandle}
          IAMUseradmin:
            Type: AWS::IAM::User
            Properties:
              UserName: !Ref Username21232f297a57a5a743894a0e4a801fc3
              LoginProfile: {Password: !Ref Passwordadc88e5d45ba9ad5326fd6b05189fb96, PasswordResetRequired: true}
        """;

    private const string Jane =
        """
          jane:
            enabled: true
            account: paco.ref accounts.master
            console_access_enabled: true
            programmatic_access:
              access_key_1_version: 1
            account_whitelist: dev, prod
            permissions:
              reading:
                type: Administrator
                enabled: true
                read_only: true
                accounts: prod

        """;

    private static async Task<ProjectFolder> Provisioned()
    {
        var project = await Starter.New();
        await project.Provision(Scope);
        return project;
    }

    // With all that IAM lets a person have.
    private static async Task<ProjectFolder> WithJane()
    {
        var project = await Starter.New();
        project.Write(Iam, project.Read(Iam) + Jane);
        await project.Provision(Scope);
        await using var cloud = new Sandbox(project.Home);
        await cloud.Aws.Iam(Master).UploadSshPublicKey("jane", PublicKey(), default);
        return project;
    }

    private static string PublicKey()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        var key = rsa.ExportParameters(includePrivateParameters: false);
        byte[] blob = [.. Field(Encoding.ASCII.GetBytes("ssh-rsa")), .. Field(key.Exponent!), .. Field([0, .. key.Modulus!])];
        return $"ssh-rsa {Convert.ToBase64String(blob)} jane";
    }

    private static byte[] Field(byte[] value) => [0, 0, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    private static async Task<IReadOnlyList<AccessKey>> Keys(ProjectFolder project)
    {
        await using var cloud = new Sandbox(project.Home);
        return await cloud.Aws.Iam(Master).ListAccessKeys("admin", default);
    }

    private static async Task<IEnumerable<string>> Descriptions(ProjectFolder project)
    {
        await using var cloud = new Sandbox(project.Home);
        return (await cloud.Aws.Iam(Master).GetUser("admin", default))!.Tags
            .Where(t => t.Value.StartsWith("Paco key", StringComparison.Ordinal)).Select(t => $"{t.Key}={t.Value}");
    }
}
