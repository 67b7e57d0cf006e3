using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Paco.Cli.Views;

namespace Paco.Cli.Tests.Commands;

/// <summary>Files that are none, plans nobody kept, a sandbox that breaks in the middle: a sentence each, and soon.</summary>
public class HostileFileTests
{
    [Fact]
    public async Task A_pipe_or_a_device_is_no_plan_and_no_answers()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var project = await Starter.New();
        await Programs.Run("mkfifo", [Path.Combine(project.Home, "pipe")]);

        Assert.Contains("pipe cannot be read as a plan: it is a pipe; a file is expected",
            (await project.Run("provision", "./pipe", "--sandbox")).Fails().Error, StringComparison.Ordinal);
        Assert.Contains("/dev/zero cannot be read as a plan: it is a device; a file is expected",
            (await project.Run("provision", "/dev/zero", "--sandbox")).Fails().Error, StringComparison.Ordinal);
        Assert.Contains("pipe is a pipe; a file is expected",
            (await project.Run("init", "project", "other", "--answers", "pipe")).Fails().Error, StringComparison.Ordinal);
        project.Variables["AWS_CONFIG_FILE"] = Path.Combine(project.Home, "pipe");
        Assert.Contains("pipe cannot be read: it is a pipe; a file is expected", (await project.Run("plan", "accounts")).Fails().Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_was_changed_is_refused_in_a_sentence()
    {
        using var project = await Starter.New();
        (await project.Run("plan", "accounts", "--sandbox", "--out", "kept.json")).Ends(ExitCode.Changes);
        var whole = Encoding.UTF8.GetBytes(project.Read("kept.json"));
        var random = new Random(20261129);
        for (var i = 0; i < 120; i++)
        {
            var bytes = whole.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes = random.Next(4) switch { 0 => bytes[..random.Next(bytes.Length)], 1 => [.. bytes, .. bytes], _ => bytes };
            File.WriteAllBytes(Path.Combine(project.Home, "kept.json"), bytes);

            var ran = await project.Run("provision", "kept.json", "--sandbox");

            Assert.True(ran.Exit is ExitCode.Success or ExitCode.Failure, $"{i}: {ran.Error}\n{Encoding.UTF8.GetString(bytes)}");
        }
    }

    [Fact]
    public async Task A_sandbox_that_stops_ends_the_run_at_once_and_the_next_one_goes_on()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes", "--fault", "stop:60"))
            .Ends(ExitCode.Interrupted);

        Assert.Contains("left running", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("does not answer", ran.Out, StringComparison.Ordinal);
        (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes")).Succeeds();
    }

    [Fact]
    public async Task A_sandbox_file_that_breaks_in_the_middle_of_a_run_is_named()
    {
        using var project = await Starter.WithGlobals();
        var file = Path.Combine(project.Home, ".paco-work", "sandbox.db");
        using (var other = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            // The first stack that goes on is the first that cannot be read.
            command.CommandText =
                "CREATE TRIGGER damage AFTER UPDATE ON stacks BEGIN UPDATE stacks SET head = '{' WHERE seq = NEW.seq; END";
            command.ExecuteNonQuery();
        }

        var ran = (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes")).Fails();

        Assert.Contains($"error: The sandbox file {file} cannot be used (a row of it is damaged). Delete it to start anew", ran.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_none_or_is_taken_is_said()
    {
        using var project = await Starter.New();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        Assert.Contains($"error: port {port} cannot be opened",
            (await project.Run("sandbox", "serve", "--port", $"{port}")).Fails().Error, StringComparison.Ordinal);
        foreach (var none in (string[])["abc", "99999", "-1", "1e3", "99999999999999999999", ""])
            Assert.DoesNotContain("bug", (await project.Run("sandbox", "serve", "--port", none)).Fails().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_known_of_a_bug_is_private_and_goes_where_nothing_is()
    {
        using var folder = new TemporaryFolder();
        var victim = Path.Combine(folder.Path, "victim");
        File.WriteAllText(victim, "mine");
        File.CreateSymbolicLink(Path.Combine(folder.Path, $"paco-error-{Environment.ProcessId}.txt"), victim);

        var path = CrashFile.Write(folder.Path, "trace")!;

        Assert.Equal(("trace", "mine"), (File.ReadAllText(path), File.ReadAllText(victim)));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Null(CrashFile.Write(Path.Combine(folder.Path, "nowhere"), "trace"));
    }

    [Theory]
    [InlineData("sh")]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Words_for_a_shell_are_read_back_as_they_were(string shell)
    {
        if (Programs.Find(shell) is not { } program)
            return;
        foreach (var word in (string[])["/plain/path-1.yaml", "/with a blank/it's", "$HOME `id` \"q\" \\ * ~ # ;&|<>", "", "-n", "grün"])
        {
            var ran = (await Programs.Run(program, ["-c", $"printf %s {ShellWord.Of(word)}"])).Succeeds();
            Assert.Equal(word, ran.Out);
        }
    }

    [AwsCliFact]
    public async Task The_commands_that_serve_prints_work_as_they_are_printed()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var project = new ProjectFolder();
        project.At = Path.Combine(project.Above, "it's a place");
        Directory.CreateDirectory(project.At);
        var made = (await project.Run("init", "project", "shop", "--defaults")).Succeeds();
        var home = made.Out.Split('\n').Single(l => l.StartsWith("  export PACO_HOME=", StringComparison.Ordinal));
        project.Variables["PACO_HOME"] = (await Programs.Run("sh", ["-c", $"{home}; printf %s \"$PACO_HOME\""])).Succeeds().Out;
        (await project.Run("provision", "accounts", "--sandbox", "--yes")).Succeeds();
        string[] line = [.. PacoProgram.Line, "sandbox", "serve", "--port", "0"];
        var start = new ProcessStartInfo(line[0], line.Skip(1)) { RedirectStandardOutput = true };
        start.Environment["PACO_HOME"] = project.Variables["PACO_HOME"];
        using var server = Process.Start(start)!;
        try
        {
            var commands = new List<string>();
            while (commands is not [.., "  aws cloudformation list-stacks"] && await server.StandardOutput.ReadLineAsync() is { } said)
            {
                if (said.StartsWith("  ", StringComparison.Ordinal))
                    commands.Add(said);
            }
            commands.RemoveAll(c => c.Contains("list-accounts", StringComparison.Ordinal));
            var ran = (await Programs.Run("sh", ["-c", string.Join(" &&\n", commands)])).Succeeds();
            Assert.Contains("\"StackSummaries\"", ran.Out, StringComparison.Ordinal);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }
}
