using Paco.Binding;
using Paco.Resources.LoadBalancers;
using Paco.Stacks;

namespace Paco.Resources.LbNetwork;

public sealed class LbNetworkRoom : Room
{
    public override string Type => "LBNetwork";

    public override string Summary => "A network load balancer: TCP, TLS and UDP, without a look inside.";

    public override IEnumerable<Diagnostics.DiagnosticCode> Codes => [TlsPolicy.Old];

    public override AppResource Bind(Fields f) => new LbNetwork(f);
}

/// <summary>A load balancer that passes connections on.</summary>
public sealed class LbNetwork(Fields f) : LoadBalancer(f, LoadBalancerKind.Network);
