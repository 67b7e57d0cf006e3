using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>An environment's network: the account it lives in and its VPC.</summary>
public sealed class Network(Fields f) : Model(f)
{
    public static readonly DiagnosticCode FewerZones = new("PACO3039", Severity.Warning, "more zones than a region may have",
        "How many availability zones of a region an account sees depends on when it was opened: accounts of today have two in us-west-1. Where the account has fewer than `availability_zones`, its subnets cannot be made. `aws ec2 describe-availability-zones --region REGION` says how many there are.");

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
        CheckRegion(scope);
        Vpc?.Build(scope);
    }

    private void CheckRegion(BuildScope scope)
    {
        var there = Clouds.Regions.Zones(scope.Place.Region);
        if (IsEnabled && AvailabilityZones > there)
        {
            scope.Build.Bag.Add(FewerZones, PlaceOf("availability_zones"),
                $"the network spans {AvailabilityZones.Value} availability zones; in {scope.Place.Region} an account is only sure to have {there}",
                $"availability_zones: {there}, below the region", subject: Path);
        }
    }
}
