using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Project;

namespace Paco.Aws.Tests.SignIn;

/// <summary>Sessions that the next command uses, and files that nobody believes.</summary>
public sealed class KeptSessionTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly CredentialsFile File = new()
    {
        AccessKeyId = StubAws.UserKey,
        SecretAccessKey = new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        UserName = "paco-admin",
        MfaSessionSeconds = 43200,
    };

    private readonly StillClock _clock = new(SignInFolder.Noon);
    private readonly SignInFolder _folder = new();
    private readonly StubAws _aws;
    private readonly Person _person = new("123456", "234567", "345678");

    public KeptSessionTests()
    {
        _aws = new StubAws(_clock);
        _aws.Codes.UnionWith(["234567", "345678"]);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _person.Dispose();
    }

    [Fact]
    public async Task The_next_command_asks_nothing_and_proves_what_it_finds()
    {
        await Command();
        _aws.Requests.Clear();

        await Command();

        Assert.Single(_person.Questions);
        Assert.Equal(["DescribeStacks", "DescribeStacks", "GetCallerIdentity", "GetCallerIdentity", "GetCallerIdentity"],
            _aws.Actions.Where(a => a.Length > 0).Order());
    }

    [Fact]
    public async Task Nobody_else_can_read_them()
    {
        if (OperatingSystem.IsWindows())
            return;

        await Command();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(_folder.Sessions));
        foreach (var folder in new[] { _folder.At(".aws"), _folder.At(".aws", "cli"), _folder.At(".aws", "cli", "cache") })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                System.IO.File.GetUnixFileMode(folder));
        }
        Assert.Equal(["paco-sessions.json"], Directory.GetFiles(_folder.At(".aws", "cli", "cache")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Roles_that_are_over_are_assumed_again_without_a_question()
    {
        await Command();
        _clock.Now = SignInFolder.Noon.AddMinutes(50);

        await Command();

        Assert.Single(_person.Questions);
        Assert.Equal(4, _aws.Count("AssumeRole"));
    }

    [Fact]
    public async Task A_session_about_to_end_is_not_begun_with()
    {
        await Command();
        _clock.Now = SignInFolder.Noon.AddHours(11.5);

        await Command();

        Assert.Equal(2, _person.Questions.Count);
    }

    [Fact]
    public async Task A_session_that_was_revoked_is_opened_anew()
    {
        await Command();
        _aws.Else = sent => sent.Action != "AssumeRole" && sent.KeyId.EndsWith("0002", StringComparison.Ordinal)
            ? Canned.Error(403, "ExpiredToken", "The security token included in the request is expired")
            : null;

        await Command();

        Assert.Equal(3, _aws.Count("AssumeRole"));
    }

    [Fact]
    public async Task A_session_of_another_account_is_not_used()
    {
        await Command();
        foreach (var key in _aws.Requests.Where(r => r.Action == "DescribeStacks").Select(r => r.KeyId))
            _aws.Knows(key, "999999999999");
        _aws.Requests.Clear();

        await Command();

        Assert.Equal(2, _aws.Count("AssumeRole"));
    }

    [Fact]
    public async Task Sessions_of_other_keys_are_not_used()
    {
        await Command();
        _aws.Knows("AKIAOTHER00000000000", StubAws.Master);

        await Command(File with { AccessKeyId = "AKIAOTHER00000000000" });

        Assert.Equal(2, _person.Questions.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing of ours")]
    [InlineData("[]")]
    [InlineData("{\"sessions\": {\"x\": {\"AccessKeyId\": 1}}}")]
    [InlineData("{\"format\": 1, \"sessions\": []}")]
    public async Task What_cannot_be_read_is_written_anew(string text)
    {
        _folder.Write(text, ".aws", "cli", "cache", "paco-sessions.json");

        await Command();
        await Command();

        Assert.Single(_person.Questions);
    }

    [Fact]
    public async Task A_link_is_neither_read_nor_written_through()
    {
        if (OperatingSystem.IsWindows())
            return;
        await Command();
        var elsewhere = _folder.At("elsewhere.json");
        System.IO.File.Move(_folder.Sessions, elsewhere);
        System.IO.File.CreateSymbolicLink(_folder.Sessions, elsewhere);
        var before = await System.IO.File.ReadAllTextAsync(elsewhere);

        await Command();

        Assert.Equal(2, _person.Questions.Count);
        Assert.Equal(before, await System.IO.File.ReadAllTextAsync(elsewhere));
        Assert.Equal(elsewhere, new FileInfo(_folder.Sessions).LinkTarget);
    }

    [Fact]
    public async Task Without_a_place_to_keep_them_everything_works_all_the_same()
    {
        _folder.Write("a file", ".aws");

        await Command();
        await Command();

        Assert.Equal(2, _person.Questions.Count);
    }

    private async Task Command(CredentialsFile? file = null)
    {
        using var canned = new Canned(_aws.Answer);
        using var cloud = AwsCloud.Create(_folder.Options(_clock) with
        {
            Handler = canned,
            Dialog = _person,
            CredentialsFile = file ?? File,
        });
        await cloud.SignIn(["dev", "prod"], None);
        await cloud.CloudFormation(new Place("dev", "us-west-2")).DescribeStacks(None);
        await cloud.CloudFormation(new Place("prod", "us-west-2")).DescribeStacks(None);
    }
}
