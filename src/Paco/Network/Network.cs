using Paco.Binding;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>An environment's network: the account it lives in and its VPC.</summary>
public sealed class Network(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people; the network environment's title.", "");

    public Enablement Enabled { get; } = f.Enabled(false, WhenDisabled.Kept);

    public Given<int> AvailabilityZones { get; } =
        f.Int("availability_zones", "How many availability zones it spans.", 0, min: 0, max: Segment.MostZones);

    public Ref? AwsAccount { get; } =
        f.Ref("aws_account", "The account everything of the environment lives in.", "Account", required: true);

    public Vpc? Vpc { get; } = f.Object("vpc", "The VPC. Without one there is no network: a serverless environment.", x => new Vpc(x));

    /// <summary>The zones it spans: 1 to n.</summary>
    internal IEnumerable<int> Zones => Enumerable.Range(1, AvailabilityZones);

    protected internal override void Rules(Fields f)
    {
        f.Obsolete("region", "an environment's regions are named below it");
        f.WarnOfRest();
        if (Vpc is not { } vpc)
            return;
        AddressPlan.Check(f, this, vpc);
        NatRules.Check(f, this, vpc);
        foreach (var endpoint in vpc.Endpoints.Where(e => e.IsEnabled))
            ZoneRules.Check(f, this, endpoint.AvailabilityZone, endpoint.PlaceOf("availability_zone"));
        vpc.Adopt(AwsAccount, NatSecurityGroups.Bind(f, this, vpc));
    }

    /// <summary>Makes the network's stacks, in the order the original made them.</summary>
    internal void Build(BuildScope scope)
    {
        scope.Build.Offers.Add($"{Path}.aws_account", AwsAccount?.Path.Account ?? scope.Place.Account);
        scope.Build.Offers.Add($"{Path}.availability_zones", $"{AvailabilityZones}");
        Vpc?.Build(scope);
    }
}
