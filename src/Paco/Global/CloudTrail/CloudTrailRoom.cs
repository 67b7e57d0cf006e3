using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.CloudTrail;

public sealed class CloudTrailRoom : GlobalRoom
{
    public override string FileStem => "cloudtrail";

    public override string Summary => "Trails: what happens in every account, kept in a bucket of one of them.";

    public override IEnumerable<DiagnosticCode> Codes => [Trail.TooManyTrails];

    public override GlobalResource Bind(Fields f) => new CloudTrail(f);

    protected internal override ObjectPath? PathOf(string stackName) =>
        stackName.StartsWith("Resource-CloudTrail-", StringComparison.Ordinal) ? new("resource.cloudtrail") : null;
}

/// <summary>What <c>resource/cloudtrail.yaml</c> holds: for each trail a bucket, a key where asked, and a stack in every account.</summary>
public sealed class CloudTrail(Fields f) : GlobalResource(f)
{
    // What AWS lets an account have in a region.
    private const int MaxTrails = 5;

    public ImmutableArray<Trail> Trails { get; } = f.Map("trails", "Trails.", x => new Trail(x));

    protected internal override void Rules(Fields f)
    {
        if (Trails.Length > MaxTrails)
        {
            f.Report(Trail.TooManyTrails, Trails[MaxTrails].Location,
                $"{Trails.Length} trails; AWS allows an account {MaxTrails} in a region",
                "one trail that covers all accounts and regions is what most need");
        }
    }

    protected internal override void Build(GlobalScope scope)
    {
        for (var i = 0; i < Trails.Length; i++)
            new TrailStacks(Trails[i], scope, isFirst: i == 0).Build();
    }
}
