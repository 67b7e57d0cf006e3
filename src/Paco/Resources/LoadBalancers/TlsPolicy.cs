using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Resources.LoadBalancers;

/// <summary>Elastic Load Balancing's TLS policies. Their names say which versions they accept, so no list grows old here.</summary>
internal static class TlsPolicy
{
    /// <summary>
    /// What AWS recommends and its console takes: TLS 1.3 and 1.2, forward secrecy, key exchange that withstands quantum computers.
    /// </summary>
    public const string Default = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

    public static readonly DiagnosticCode Old = new("PACO3021", Severity.Warning, "an old TLS policy",
        "The listener's `ssl_policy` accepts versions of TLS that are broken or lacks TLS 1.3. It is kept as written; without the field the policy is the one AWS recommends.");

    public static readonly Check Check = Check.Of("a known TLS policy such as " + Default,
        t => t.Length == 0 || t.StartsWith("ELBSecurityPolicy-", StringComparison.Ordinal), open: true);

    /// <summary>What is wrong with a policy, or null.</summary>
    public static string? Weakness(string policy) => policy switch
    {
        "" => "an empty \"ssl_policy\" means ELBSecurityPolicy-2016-08, which accepts TLS 1.0",
        _ when !policy.StartsWith("ELBSecurityPolicy-", StringComparison.Ordinal) => null,
        _ when policy.Contains("-TLS13-1-0-", StringComparison.Ordinal) || policy.Contains("-TLS13-1-1-", StringComparison.Ordinal) =>
            $"{policy} accepts TLS 1.1 or 1.0",
        _ when policy.Contains("-TLS13-", StringComparison.Ordinal) => null,
        _ when policy.Contains("-1-2-", StringComparison.Ordinal) => $"{policy} lacks TLS 1.3",
        _ => $"{policy} accepts TLS 1.1 or 1.0 and lacks TLS 1.3",
    };
}
