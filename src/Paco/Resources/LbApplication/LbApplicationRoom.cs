using Paco.Binding;
using Paco.Resources.LoadBalancers;
using Paco.Stacks;

namespace Paco.Resources.LbApplication;

public sealed class LbApplicationRoom : Room
{
    public override string Type => "LBApplication";

    public override string Summary => "An application load balancer: HTTP and HTTPS, redirects, rules by host and path.";

    public override IEnumerable<Diagnostics.DiagnosticCode> Codes => [TlsPolicy.Old];

    public override AppResource Bind(Fields f) => new LbApplication(f);
}

/// <summary>A load balancer that understands HTTP.</summary>
public sealed class LbApplication(Fields f) : LoadBalancer(f, LoadBalancerKind.Application);
