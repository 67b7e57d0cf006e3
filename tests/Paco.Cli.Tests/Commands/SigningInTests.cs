using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Commands;

/// <summary>Credentials are asked for, written and used, and shown to nobody.</summary>
public sealed class SigningInTests
{
    private const string Key = "AKIAIOSFODNN7EXAMPLE";
    internal const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    [Fact]
    public async Task Keys_that_are_none_are_asked_for_again_and_not_repeated()
    {
        using var project = await Starter.New();
        project.Variables["PACO_SANDBOX"] = "1";

        var ran = (await project.RunWith($"\n{Secret}\nASIAIOSFODNN7EXAMPLE\n{Key}\nnot-a-secret-key\n{Secret}\n", "init", "credentials"))
            .Succeeds();

        Assert.Contains("That looks like the secret key", ran.Out, StringComparison.Ordinal);
        Assert.Contains("Keys that begin with ASIA are a session's", ran.Out, StringComparison.Ordinal);
        Assert.Contains("A secret key is 40 letters, digits, + and /.", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, ran.All, StringComparison.Ordinal);
        Assert.DoesNotContain("not-a-secret-key", ran.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_written_over()
    {
        using var project = await Starter.New();
        project.Write(".credentials.yaml", "admin_iam_role_name: Mine\n");

        var refused = (await project.RunWith($"\n{Key}\n{Secret}\n", "init", "credentials")).Fails();

        Assert.Contains("is there already; nothing was changed", refused.Error, StringComparison.Ordinal);
        Assert.Equal("admin_iam_role_name: Mine\n", project.Read(".credentials.yaml"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData($"\n{Key}\n")]
    public async Task Answers_that_end_too_early_write_nothing(string answers)
    {
        using var project = await Starter.New();

        (await project.RunWith(answers, "init", "credentials")).Fails();

        Assert.False(File.Exists(Path.Combine(project.Home, ".credentials.yaml")));
    }

    [Fact]
    public async Task Keys_of_another_account_are_not_written()
    {
        using var project = await Starter.New();
        await using var cloud = new Sandbox(project.Home, "999999999999");
        await using var aws = await Listening.Start(cloud.Local);
        aws.Serve(project);

        var refused = (await project.RunWith($"\n{Key}\n{Secret}\n", "init", "credentials")).Fails();

        Assert.Contains("these are keys of account 999999999999, and accounts/master.yaml says 111111111111; nothing was written",
            refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(project.Home, ".credentials.yaml")));
    }

    [Fact]
    public async Task Where_AWS_cannot_be_reached_they_are_written_as_they_are()
    {
        using var project = await Starter.New();
        project.Variables["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";

        var ran = (await project.RunWith($"\n{Key}\n{Secret}\n", "init", "credentials")).Succeeds();

        Assert.Contains("AWS could not be asked whose keys these are", ran.Out, StringComparison.Ordinal);
        Assert.Contains(Key, project.Read(".credentials.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_asked_for_once_and_the_next_command_asks_for_none()
    {
        using var project = await WithCredentials();
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        project.Variables["AWS_ENDPOINT_URL"] = aws.Address;

        var first = await Typed(project, "123456\n", "plan", "netenv.mynet.dev");
        var next = await project.Run("plan", "netenv.mynet.dev");

        Assert.True(first.Exit == ExitCode.Success, first.All);
        Assert.Equal(ExitCode.Success, next.Exit);
        Assert.Single(aws.Calls, "sts:GetSessionToken");
        Assert.Single(Regex.Matches(first.All, "MFA code of"));
        Assert.Equal(aws.Calls.Count(c => c.StartsWith("sts:AssumeRole", StringComparison.Ordinal)),
            aws.Calls.Where(c => c.StartsWith("sts:AssumeRole", StringComparison.Ordinal)).Distinct().Count());
    }

    [Fact]
    public async Task Nothing_secret_is_shown_or_written_but_in_the_two_files()
    {
        using var project = await WithCredentials();
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        project.Variables["AWS_ENDPOINT_URL"] = aws.Address;

        var ran = await Typed(project, "123456\n", "doctor", "--json");

        var sessions = Path.Combine(project.Above, ".aws", "cli", "cache", "paco-sessions.json");
        var secrets = Regex.Matches(await File.ReadAllTextAsync(sessions), "\"(?:SecretAccessKey|SessionToken)\": \"([^\"]+)\"")
            .Select(m => Regex.Unescape(m.Groups[1].Value)).Append(Secret).ToList();
        Assert.True(secrets.Count > 4);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, ran.All, StringComparison.Ordinal));
        var files = Directory.EnumerateFiles(project.Above, "*", SearchOption.AllDirectories)
            .Where(f => f != sessions && !f.EndsWith(".credentials.yaml", StringComparison.Ordinal)
                && !f.Contains("sandbox.db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var text = await File.ReadAllTextAsync(file);
            Assert.All(secrets, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal), file));
        }
    }

    [Theory]
    [InlineData("abc\r", "abc")]
    [InlineData("abX\u007Fc\r", "abc")]
    [InlineData("wrong\u0015abc\n", "abc")]
    [InlineData("a\u0001bc\r", "abc")]
    [InlineData("\u0004", null)]
    public void A_hidden_line_is_typed_as_any_other(string typed, string? line)
    {
        var keys = new Queue<char>(typed);

        Assert.Equal(line, HiddenLine.Read(() => new ConsoleKeyInfo(keys.Dequeue(), ConsoleKey.None, false, false, false)));
    }

    /// <summary>A command of somebody at a terminal, in this process.</summary>
    internal static async Task<Ran> Typed(ProjectFolder project, string typed, params string[] args)
    {
        using var interrupts = new Interrupts();
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await CommandRunner.Command(args, new Terminal
        {
            In = new StringReader(typed),
            Out = output,
            Error = error,
            IsInTerminal = true,
            Environment = name => project.Variables.GetValueOrDefault(name),
            Directory = project.Home,
        }, interrupts);
        return new Ran(exit, output.ToString(), error.ToString());
    }

    /// <summary>The starter, provisioned, with credentials whose user has an MFA device, and a home directory of its own.</summary>
    internal static async Task<ProjectFolder> WithCredentials()
    {
        var project = await Starter.Provisioned();
        project.Write(".credentials.yaml", $"""
            master_account_id: "{Starter.Accounts["master"]}"
            master_admin_iam_username: paco-admin
            admin_iam_role_name: Paco-Admin-Delegate-Role
            aws_access_key_id: {Key}
            aws_secret_access_key: {Secret}
            mfa_session_expiry_secs: 43200
            assume_role_session_expiry_secs: 3600
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(project.Home, ".credentials.yaml"), UnixFileMode.UserRead);
        project.Variables["HOME"] = project.Above;
        return project;
    }
}
