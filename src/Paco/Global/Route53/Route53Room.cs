using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Global.Route53;

public sealed class Route53Room : GlobalRoom
{
    public override string FileStem => "route53";

    public override string Summary => "Hosted zones of the project's domains, with the records that belong to no resource.";

    public override GlobalResource Bind(Fields f) => new Route53(f);
}

/// <summary>What <c>resource/route53.yaml</c> holds: one stack a zone, in the zone's account.</summary>
public sealed class Route53(Fields f) : GlobalResource(f), IHostedZones
{
    public ImmutableArray<HostedZone> HostedZones { get; } = f.Map("hosted_zones",
        "Hosted zones. References leave this word out: resource.route53.ZONE.", x => new HostedZone(x), inPath: false);

    public IEnumerable<IHostedZone> Zones => HostedZones.Where(z => z.IsEnabled || z.External is not null);

    protected internal override void Build(GlobalScope scope)
    {
        foreach (var zone in HostedZones)
            zone.Build(scope);
    }
}
