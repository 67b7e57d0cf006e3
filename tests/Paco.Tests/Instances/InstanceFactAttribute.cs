using System.Diagnostics;

namespace Paco.Tests.Instances;

/// <summary>Whether this machine lets a test have name spaces of its own, in which <c>machine</c> runs the scripts of instances.</summary>
internal static class NameSpaces
{
    private static readonly Lazy<bool> Allowed = new(() =>
    {
        try
        {
            var start = new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "true"]) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    public static string? Refused => Allowed.Value ? null : "unshare (util-linux) is missing, or not allowed to make name spaces";
}

/// <summary>A fact about what the scripts of an instance do; skipped where they cannot be run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InstanceFactAttribute : FactAttribute
{
    public InstanceFactAttribute() => Skip = NameSpaces.Refused!;
}

/// <summary>The same, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InstanceTheoryAttribute : TheoryAttribute
{
    public InstanceTheoryAttribute() => Skip = NameSpaces.Refused!;
}
