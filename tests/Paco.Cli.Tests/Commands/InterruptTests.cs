using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Commands;

/// <summary>
/// Ctrl-C, sent to the program itself. Linux only: elsewhere there is no way to undo that whoever runs the tests ignores it.
/// </summary>
public sealed class InterruptTests
{
    [Fact]
    public async Task The_first_interrupt_waits_for_what_runs_however_long_that_takes()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var project = await Starter.WithGlobals();
        var start = new ProcessStartInfo("env", ["--default-signal=INT", .. PacoProgram.Line,
            "provision", "netenv.mynet.dev.us-west-2.network", "--sandbox", "--yes", "--json", "--pace", "0.25"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = project.Home,
            };
        using var process = Process.Start(start)!;

        var lines = new List<JsonObject>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(JsonNode.Parse(line)!.AsObject());
            if (lines.Count(l => l["type"]!.ToString() == "node-started") == 1 && lines[^1]["type"]!.ToString() == "node-started")
                await Programs.Run("kill", ["-INT", $"{process.Id}"]);
        }
        await process.WaitForExitAsync();

        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Schemas.Run(string.Join('\n', lines.Select(l => l.ToJsonString())));
        var ended = lines[^1];
        Assert.Equal("run-ended", ended["type"]!.ToString());
        Assert.Equal(lines.Count(l => l["type"]!.ToString() == "node-started"), ended["outcomes"]!["created"]!.GetValue<int>());
        Assert.NotEqual(0, ended["outcomes"]!["skipped"]!.GetValue<int>());
        Assert.Contains("nothing new is started", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_in_a_run_the_program_leaves_at_once_and_says_by_its_code_that_it_was_ended()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var project = await Starter.WithGlobals();
        var start = PacoProgram.Command(project.Home, new Dictionary<string, string>(),
            ["provision", "netenv.mynet.dev.us-west-2.network", "--sandbox", "--yes", "--json", "--pace", "10"]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;

        var lines = new List<JsonObject>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(JsonNode.Parse(line)!.AsObject());
            if (lines.Count(l => l["type"]!.ToString() == "node-started") == 1 && lines[^1]["type"]!.ToString() == "node-started")
                await Programs.Run("kill", ["-TERM", $"{process.Id}"]);
        }
        await process.WaitForExitAsync();

        Assert.Equal(ExitCode.Terminated, process.ExitCode);
        Assert.NotEqual(0, lines[^1]["outcomes"]!["still-running"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Ended_at_a_question_the_program_leaves(string signal, int exitCode)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("env", ["--default-signal=INT", .. PacoProgram.Line, "init", "project", "shop"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        using var process = Process.Start(start)!;
        // The question is there; nobody answers it.
        await process.StandardOutput.ReadBlockAsync(new char["Project title".Length]);
        await Programs.Run("kill", [$"-{signal}", $"{process.Id}"]);
        await process.WaitForExitAsync();

        Assert.Equal(exitCode, process.ExitCode);
        Assert.DoesNotContain("Stopping", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_command_that_only_looks_has_nothing_to_wait_for_and_says_so()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var project = await Starter.WithGlobals();
        // An AWS that takes connections and never answers.
        using var aws = new TcpListener(IPAddress.Loopback, 0);
        aws.Start();
        var start = new ProcessStartInfo("env", ["--default-signal=INT", $"AWS_ENDPOINT_URL=http://{aws.LocalEndpoint}",
            "AWS_ACCESS_KEY_ID=jane", "AWS_SECRET_ACCESS_KEY=sandbox", .. PacoProgram.Line, "list", "netenv.mynet.dev", "--no-sandbox"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = project.Home,
            };
        using var process = Process.Start(start)!;

        using (await aws.AcceptTcpClientAsync())
            await Programs.Run("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync();

        var error = await process.StandardError.ReadToEndAsync();
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.Contains("Stopping.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("AWS then goes on", error, StringComparison.Ordinal);
    }
}
