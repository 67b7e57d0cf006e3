namespace Paco.Resources.LoadBalancers;

/// <summary>What tells application and network load balancers apart.</summary>
internal sealed record LoadBalancerKind(string Type, string Suffix, string[] ListenerProtocols, string[] SecureProtocols,
    string[] TargetProtocols, string[] TargetTypes, string Namespace)
{
    public static readonly LoadBalancerKind Application = new("application", "ALB",
        ["HTTP", "HTTPS"], ["HTTPS"], ["HTTP", "HTTPS"], ["instance", "ip", "lambda"], "AWS/ApplicationELB");

    public static readonly LoadBalancerKind Network = new("network", "NLB",
        ["TCP", "TLS", "UDP", "TCP_UDP"], ["TLS"], ["TCP", "TLS", "UDP", "TCP_UDP"], ["instance", "ip", "alb"], "AWS/NetworkELB");

    public bool IsApplication => ReferenceEquals(this, Application);

    /// <summary>
    /// Whether AWS lets a listener of one protocol send to targets of another; words it does not know are reported elsewhere.
    /// </summary>
    public static bool Forwards(string listener, string target) => (listener, target) switch
    {
        ("TCP", "TLS" or "UDP") => false,
        ("TLS", "UDP" or "TCP_UDP") => false,
        ("UDP", "TCP" or "TLS") => false,
        ("TCP_UDP", "TCP" or "TLS" or "UDP") => false,
        _ => true,
    };
}
