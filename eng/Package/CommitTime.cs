using System.Diagnostics;

namespace Paco.Package;

/// <summary>The time that files in an archive have: the commit's.</summary>
internal static class CommitTime
{
    // What a zip can hold begins here.
    private static readonly DateTimeOffset None = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What SOURCE_DATE_EPOCH says, else Git; a fixed time where neither does.</summary>
    public static DateTimeOffset Of(string repository)
    {
        var said = Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH") is { Length: > 0 } given ? given : OfGit(repository);
        return long.TryParse(said.Trim(), out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : None;
    }

    private static string OfGit(string repository)
    {
        try
        {
            var start = new ProcessStartInfo("git", ["-C", repository, "log", "-1", "--format=%ct"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using var git = Process.Start(start)!;
            return git.StandardOutput.ReadToEnd();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
