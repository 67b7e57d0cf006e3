using System.ComponentModel;
using System.Diagnostics;

// The one program we start of our own accord: the browser of whoever signs in.
#pragma warning disable RS0030

namespace Paco.Cli;

/// <summary>Opens a page where a person will see it.</summary>
internal static class Browser
{
    /// <summary>False where there is no browser, or none that this person looks at.</summary>
    public static bool Open(Terminal terminal, Uri page)
    {
        if (Opener(terminal) is not { } opener || page.Scheme is not ("https" or "http"))
            return false;
        try
        {
            // Its own words would stand in the middle of ours.
            var start = new ProcessStartInfo(opener, [page.AbsoluteUri])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            };
            using var process = Process.Start(start);
            return process is not null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    // A browser on the other end of ssh, or without a screen, is nobody's.
    private static string? Opener(Terminal terminal)
    {
        if (!terminal.IsInTerminal || Has("SSH_CONNECTION"))
            return null;
        if (OperatingSystem.IsMacOS())
            return OnPath("open");
        if (OperatingSystem.IsWindows())
            return OnPath("explorer.exe");
        return Has("DISPLAY") || Has("WAYLAND_DISPLAY") ? OnPath("xdg-open") : null;

        bool Has(string variable) => terminal.Environment(variable) is { Length: > 0 };

        string? OnPath(string program) => (terminal.Environment("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }
}
