using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>A VPC with its gateway and everything in it.</summary>
public sealed class Vpc(Fields f) : Model(f), IVpc
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public string Cidr { get; } = f.Text("cidr", "Its IPv4 range, /16 to /28.", "", AddressPlan.CidrOrBlank);

    public Given<bool> EnableDnsHostnames { get; } = f.Flag("enable_dns_hostnames", "Give instances DNS names.", false);

    public Given<bool> EnableDnsSupport { get; } = f.Flag("enable_dns_support", "Resolve names inside the VPC.", false);

    public Given<bool> EnableInternetGateway { get; } = f.Flag("enable_internet_gateway", "Connect it to the internet.", false);

    public PrivateHostedZone? PrivateHostedZone { get; } =
        f.Object("private_hosted_zone", "A DNS zone that only resolves inside the VPC.", x => new PrivateHostedZone(x));

    public ImmutableArray<Segment> Segments { get; } =
        f.Map("segments", "Its segments: one subnet in every availability zone.", x => new Segment(x));

    public ImmutableArray<SecurityGroupSet> SecurityGroups { get; } =
        f.Map("security_groups", "Sets of security groups, usually one an application.", x => new SecurityGroupSet(x));

    public ImmutableArray<NatGateway> NatGateways { get; } =
        f.Map("nat_gateway", "Ways out to the internet for segments without one of their own.", x => new NatGateway(x));

    public ImmutableArray<VpcPeering> Peerings { get; } = f.Map("peering", "Connections to other VPCs.", x => new VpcPeering(x));

    public ImmutableArray<VpcEndpoint> Endpoints { get; } =
        f.Map("endpoints", "Private connections to AWS's services.", x => new VpcEndpoint(x));

    public ImmutableArray<VpnGateway> VpnGateways { get; } =
        f.Map("vpn_gateway", "Read, but nothing is made of it.", x => new VpnGateway(x));

    /// <summary>Where the range is written.</summary>

    /// <summary>The sets written by the user, then the one EC2 NAT gateways need.</summary>
    internal IEnumerable<SecurityGroupSet> AllSecurityGroups => _natGroups is null ? SecurityGroups : SecurityGroups.Append(_natGroups);

    private SecurityGroupSet? _natGroups;

    /// <summary>The segment a reference names, or null where it is none of this VPC.</summary>
    internal Segment? SegmentOf(Ref? reference) => Segments.FirstOrDefault(s => s.Path == reference?.Path);

    public IEnumerable<NodeId> InternetRoutes(BuildScope scope, string segment) =>
        NatGateways.Select(nat => nat.InternetRoutes(scope, segment)).OfType<NodeId>();

    public Ref? ZoneName(int zone) =>
        Segments.FirstOrDefault(s => s.RangeIn(zone) is not null)?.ToRef().Output($"az{zone}.availability_zone");

    /// <summary>Takes over what only the network around it knows.</summary>
    internal void Adopt(Ref? account, SecurityGroupSet? natGroups)
    {
        _natGroups = natGroups;
        if (PrivateHostedZone is { } zone && account?.Path.Account is { } name)
            zone.AccountName = name;
    }

    internal void Build(BuildScope scope)
    {
        BuildVpc(scope with { Label = $"{scope.Label}/vpc" });
        foreach (var segment in Segments)
            segment.Build(scope, this);
        foreach (var set in AllSecurityGroups)
            SecurityGroupTemplates.BuildGroups(scope, this, set);
        foreach (var set in AllSecurityGroups)
            SecurityGroupTemplates.BuildRules(scope, set);
        VpcPeeringTemplate.Build(scope, this);
        NatGateway.BuildAll(scope, this);
        VpcEndpointTemplate.Build(scope, this);
    }

    // Never emptied, whatever its flag: nothing in it could be left.
    private void BuildVpc(BuildScope scope)
    {
        var stack = scope.Stack(this, "VPC");
        stack.Resource("VPC", "AWS::EC2::VPC", new MapValue
        {
            ["CidrBlock"] = stack.Parameter("CidrBlock", Cidr),
            ["EnableDnsSupport"] = stack.Parameter("EnableDnsSupport", EnableDnsSupport ? "true" : "false"),
            ["EnableDnsHostnames"] = stack.Parameter("EnableDnsHostnames", EnableDnsHostnames ? "true" : "false"),
        });
        stack.Output("VPC", Fn.Ref("VPC"), Path, $"{Path}.id");
        scope.Build.Offers.Add($"{Path}.cidr", Cidr);
        if (EnableInternetGateway)
        {
            stack.Resource("InternetGateway", "AWS::EC2::InternetGateway", []);
            stack.Resource("InternetGatewayAttachment", "AWS::EC2::VPCGatewayAttachment", new MapValue
            {
                ["InternetGatewayId"] = Fn.Ref("InternetGateway"),
                ["VpcId"] = Fn.Ref("VPC"),
            });
            stack.Output("InternetGateway", Fn.Ref("InternetGateway"), $"{Path}.internet_gateway");
        }
        if (PrivateHostedZone is { IsEnabled: true } zone)
            zone.Build(stack);
    }
}

/// <summary>Read only: what it would connect to was never part of the original.</summary>
public sealed class VpnGateway(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(false);
}
