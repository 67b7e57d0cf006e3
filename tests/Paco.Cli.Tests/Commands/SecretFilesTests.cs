using Paco.Clouds;
using Paco.Global.Ec2;

namespace Paco.Cli.Tests.Commands;

/// <summary>Private keys in files: their places are looked at before anything is made, and each is written the moment it exists.</summary>
public sealed class SecretFilesTests
{
    private const string Scope = "resource.ec2.keypairs";
    private const string Dev = "keys/app-dev-us-west-2.pem";

    [Fact]
    public async Task Each_key_is_written_whole_for_its_owner_alone_and_opens_its_key_pair()
    {
        using var project = await Starter.New();

        var ran = (await Provision(project)).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        foreach (var account in new[] { "dev", "staging", "prod" })
            Assert.Equal(Print(project, account), (await Pair(cloud, account))!.Fingerprint);
        Assert.Contains(Dev, ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("-----BEGIN", ran.All, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFileSystemEntries(Path.Combine(project.Home, "keys")).Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(project.Home, Dev)));
    }

    [Theory]
    [InlineData("cut:ec2:CreateKeyPair:2")]
    [InlineData("lose:ec2:CreateKeyPair:1")]
    [InlineData("drop:ec2:CreateKeyPair:1")]
    [InlineData("lose:ec2:CreateTags:1")]
    [InlineData("cut:ec2:DescribeKeyPairs:1")]
    public async Task Whatever_becomes_of_an_answer_somebody_has_every_key(string fault)
    {
        using var project = await Starter.New();

        (await Provision(project, "--fault", fault)).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        foreach (var account in new[] { "dev", "staging", "prod" })
            Assert.Equal(Print(project, account), (await Pair(cloud, account))!.Fingerprint);
    }

    [Theory]
    [InlineData("a file")]
    [InlineData("a folder")]
    [InlineData("a link that leads nowhere")]
    [InlineData("a link to a file")]
    public async Task What_stands_in_the_place_of_a_key_is_told_before_any_key_is_made(string what)
    {
        using var project = await Starter.New();
        var path = Path.Combine(project.Home, Dev);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        project.Write("other", "not yours\n");
        switch (what)
        {
            case "a file":
                File.WriteAllText(path, "not yours\n");
                break;
            case "a folder":
                Directory.CreateDirectory(path);
                break;
            default:
                File.CreateSymbolicLink(path, Path.Combine(project.Home, what == "a link to a file" ? "other" : "nowhere"));
                break;
        }

        var ran = (await Provision(project)).Fails();

        Assert.Contains($"{Dev} is there already, and key pair app-dev-us-west-2 needs that place: nothing was changed", ran.Error,
            StringComparison.Ordinal);
        Assert.Equal("not yours\n", project.Read("other"));
        await using var cloud = new Sandbox(project.Home);
        Assert.Null(await Pair(cloud, "prod"));
    }

    [Fact]
    public async Task Two_keys_of_one_file_are_told_before_any_key_is_made()
    {
        using var project = await Starter.New();
        project.Edit("resource/ec2.yaml", "keypair_name: \"app-prod-us-west-2\"", "keypair_name: APP-dev-us-west-2");

        var ran = (await Provision(project)).Fails();

        Assert.Contains("would be written into one file", ran.Error, StringComparison.Ordinal);
        Assert.Contains("resource.ec2.keypairs.", ran.Error, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Null(await Pair(cloud, "staging"));
    }

    [Fact]
    public async Task A_name_that_no_file_can_have_stays_below_the_directory()
    {
        using var project = await Starter.New();
        project.Edit("resource/ec2.yaml", "keypair_name: \"app-dev-us-west-2\"", "keypair_name: ../../up/and away");

        (await Provision(project)).Succeeds();

        Assert.True(File.Exists(Path.Combine(project.Home, "keys", "_._.._up_and_away.pem")),
            string.Join(' ', Directory.GetFiles(Path.Combine(project.Home, "keys"))));
    }

    [Fact]
    public async Task A_key_that_was_written_when_the_run_was_killed_is_right_and_only_gets_its_tag()
    {
        using var project = await Starter.New();
        (await Provision(project)).Succeeds();
        var before = project.Read(Dev);
        await using (var cloud = new Sandbox(project.Home))
        {
            var ec2 = cloud.Aws.Ec2(new Place("dev", "us-west-2"));
            await ec2.CreateTag((await Pair(cloud, "dev"))!.Id, KeyPairAction.UnclaimedTag, default);
        }

        var plan = (await project.Run("plan", Scope, "--sandbox", "--json")).Ends(ExitCode.Changes);
        (await Provision(project)).Succeeds();

        Assert.Contains("the run that made it ended before its private key was safe", plan.Out, StringComparison.Ordinal);
        Assert.Equal(before, project.Read(Dev));
        (await project.Run("plan", Scope, "--sandbox")).Succeeds();
    }

    [Fact]
    public async Task What_is_shown_on_the_screen_is_shown_before_the_run_ends()
    {
        using var project = await Starter.New();

        var shown = (await project.Run("provision", Scope, "--sandbox", "--yes")).Succeeds().Out;

        Assert.True(shown.LastIndexOf("-----BEGIN", StringComparison.Ordinal)
            < shown.IndexOf("is shown above, this once", StringComparison.Ordinal), shown);
    }

    private static Task<Ran> Provision(ProjectFolder project, params string[] more) =>
        project.Run(["provision", Scope, "--sandbox", "--yes", "--secrets-dir", "keys", .. more]);

    private static Task<Paco.Clouds.KeyPair?> Pair(Sandbox cloud, string account) =>
        cloud.Aws.Ec2(new Place(account, "us-west-2")).DescribeKeyPair($"app-{account}-us-west-2", default);

    private static string? Print(ProjectFolder project, string account) => new KeyPairAction("any") { Id = default, Ref = "", Title = "" }
        .FingerprintOf(project.Read($"keys/app-{account}-us-west-2.pem"));
}
