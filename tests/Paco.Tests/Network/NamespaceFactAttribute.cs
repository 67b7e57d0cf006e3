namespace Paco.Tests.Network;

/// <summary>
/// A fact that needs network namespaces of one's own, and so the rights and programs for them; skipped, with what is missing, where they
/// are not to be had.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NamespaceFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Trouble = new(Find);

    public NamespaceFactAttribute()
    {
        if (Trouble.Value is { } trouble)
            Skip = trouble;
    }

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux())
            return "Network namespaces are Linux's.";
        string[] missing = [.. new[] { "ip", "iptables-restore", "unshare", "perl", "timeout" }.Where(p => !IsThere(p))];
        if (missing.Length > 0)
            return $"{string.Join(", ", missing)} cannot be found (apt-get install iproute2 iptables util-linux perl).";
        var probe = $"paco-probe-{Environment.ProcessId}";
        var made = Ran.Of("sh", "-c",
            $"ip netns add {probe} && ip netns exec {probe} iptables -t nat -A POSTROUTING -o lo -j MASQUERADE && unshare -m true");
        Ran.Of("ip", "netns", "delete", probe);
        return made.ExitCode == 0
            ? null
            : $"No network namespaces here, which needs root (CAP_NET_ADMIN, CAP_SYS_ADMIN): {made.Text.Trim()}";
    }

    private static bool IsThere(string program) => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}

/// <summary>A fact that needs shellcheck; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellCheckFactAttribute : FactAttribute
{
    public ShellCheckFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("PATH")?.Split(':').Any(folder => File.Exists(Path.Combine(folder, "shellcheck"))) != true)
            Skip = "shellcheck is not on PATH.";
    }
}
