namespace Paco.Resources.LoadBalancers;

/// <summary>What tells application and network load balancers apart.</summary>
internal sealed record LoadBalancerKind(string Type, string Suffix, string Title, string[] ListenerProtocols, string[] SecureProtocols, string[] TargetProtocols, string[] TargetTypes)
{
    public static readonly LoadBalancerKind Application = new("application", "ALB", "an application load balancer",
        ["HTTP", "HTTPS"], ["HTTPS"], ["HTTP", "HTTPS"], ["instance", "ip", "lambda"]);

    public static readonly LoadBalancerKind Network = new("network", "NLB", "a network load balancer",
        ["TCP", "TLS", "UDP", "TCP_UDP"], ["TLS"], ["TCP", "TLS", "UDP", "TCP_UDP"], ["instance", "ip", "alb"]);

    public bool IsApplication => this == Application;
}
