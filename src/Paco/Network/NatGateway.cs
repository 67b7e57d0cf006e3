using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>The way out to the internet for segments without one: AWS's own gateways, or small instances that pass packets on.</summary>
public sealed class NatGateway(Fields f) : Model(f)
{
    private const string Suffix = "NGW";

    public Enablement Enabled { get; } = f.Enabled(false);

    public string Type { get; } = f.Text("type", "Managed: AWS's gateway. EC2: an instance.", "Managed", Check.OneOf("Managed", "EC2"));

    public string AvailabilityZone { get; } =
        f.Text("availability_zone", "\"all\": one gateway in every zone; a zone's number: one gateway there for all.", "all", Check.Zone);

    public Ref? Segment { get; } = f.Ref("segment", "The public segment it stands in.", "Segment");

    public ImmutableArray<Ref> DefaultRouteSegments { get; } =
        f.Refs("default_route_segments", "The segments it is the way out for.", "Segment");

    public ImmutableArray<Ref> SecurityGroups { get; } =
        f.Refs("security_groups", "EC2: further security groups of the instances.", "SecurityGroup");

    public Ref? Ec2KeyPair { get; } = f.Ref("ec2_key_pair", "EC2: the key pair to log in with.", "KeyPair");

    public string Ec2InstanceType { get; } =
        f.Text("ec2_instance_type", "EC2: the instances' type; Arm types (t4g.nano) work too.", "t3.nano");

    internal bool IsEc2 => Type == "EC2";

    /// <summary>Every segment once, also where overrides name one twice.</summary>
    internal IEnumerable<Ref> Routed => DefaultRouteSegments.DistinctBy(s => s.Path);

    /// <summary>The zone of the only gateway; null where every zone has one.</summary>
    internal int? OnlyZone => int.TryParse(AvailabilityZone, out var zone) ? zone : null;

    protected internal override void Rules(Fields f)
    {
        if (Segment is null)
            f.Lacks("segment", "a NAT gateway needs the public \"segment\" it stands in");
    }

    /// <summary>The zones with a gateway, in a network of so many.</summary>
    internal IEnumerable<int> Zones(int zones) => ZoneRules.Chosen(AvailabilityZone, zones);

    /// <summary>The zone of the gateway that a zone's subnets go out through.</summary>
    internal int ServedFrom(int zone) => OnlyZone ?? zone;

    /// <summary>Its stack, where it is the way out of a segment.</summary>
    internal NodeId? InternetRoutes(BuildScope scope, string segment) =>
        IsEnabled && Segment is not null && Routed.Any(s => s.Path == segment) && scope.Environment is { } environment
            ? new NodeId(scope.Place, Names.Stack(environment.NetworkPrefix, Name, Suffix))
            : null;

    /// <summary>Disabled ones first give back the routes that another one may be about to take.</summary>
    internal static void BuildAll(BuildScope scope, Vpc vpc)
    {
        var emptied = new List<NodeId>();
        foreach (var nat in vpc.NatGateways.OrderBy(n => n.IsEnabled))
        {
            var stack = (scope with { OwnNames = [nat.Name], Label = $"{scope.Label}/nat_gateway/{nat.Name}" }).Stack(nat, Suffix);
            stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
            if (nat.IsEnabled)
                nat.Build(scope, stack, emptied);
            else
                emptied.Add(stack.Id);
        }
    }

    private void Build(BuildScope scope, StackBuilder stack, IEnumerable<NodeId> emptied)
    {
        if (Segment is null)
            return;
        stack.After.AddRange(emptied);
        if (IsEc2)
            Ec2Nat.Build(scope, this, stack);
        else
            ManagedNat.Build(scope, this, stack);
    }
}
