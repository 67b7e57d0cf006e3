using System.Diagnostics;

namespace Paco.Tests.Network;

/// <summary>A program that ran: how it ended and what it said.</summary>
internal sealed record Ran(int ExitCode, string Text)
{
    public static Ran Of(string program, params string[] arguments)
    {
        using var process = Begin(program, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Ran(process.ExitCode, text + errors.Result);
    }

    public static Process Begin(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Where Debian keeps what only root may use.
        start.Environment["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";
        return Process.Start(start)!;
    }
}
