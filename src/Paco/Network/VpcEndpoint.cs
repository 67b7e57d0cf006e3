using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>
/// A private connection to a service of AWS: an interface in a segment's subnets, or, for S3 and DynamoDB and free of charge, a
/// gateway in a segment's route tables.
/// </summary>
public sealed class VpcEndpoint(Fields f) : Model(f)
{
    private static readonly string[] WithGateway = ["s3", "dynamodb"];

    // Their private names would hide the public ones that gateways and other regions need; the original left them off.
    private static readonly string[] WithoutPrivateNames = ["s3", "ec2"];

    public Enablement Enabled { get; } = f.Enabled(false);

    public string Service { get; } = f.RequiredText("service", "The service's name in its endpoint: ssm, ecr.api, s3.");

    public string? Type { get; } =
        f.Text("type", "Interface or Gateway; Gateway for s3 and dynamodb without a security group, else Interface.",
            Check.OneOf("Interface", "Gateway"));

    public RefOrText? SecurityGroup { get; } =
        f.RefOrText("security_group", "Who may use an interface: a reference, or a group's id.", "SecurityGroup",
            SecurityGroupRule.GroupId);

    public ImmutableArray<RefOrText> Segments { get; } = f.RefsOrTexts("segments", "Names of the segments it serves.", "Segment");

    public string AvailabilityZone { get; } = f.Text("availability_zone", "\"all\", or the number of one zone.", "all", Check.Zone);

    internal bool IsGateway => Type == "Gateway" || (Type is null && SecurityGroup is null && WithGateway.Contains(Service));

    internal bool HasPrivateNames => !WithoutPrivateNames.Contains(Service);

    internal IEnumerable<int> Zones(int zones) => ZoneRules.Chosen(AvailabilityZone, zones);

    /// <summary>Its segments, once each.</summary>
    internal IEnumerable<Ref> SegmentRefs => Segments.Select(Reference).DistinctBy(s => s.Path);

    protected internal override void Rules(Fields f)
    {
        foreach (var name in Segments.Where(s => s.Ref is null))
            f.Context.Index.Add(new RefUse(Reference(name), Path, "segments", [nameof(Segment)]));
        if (IsGateway && !WithGateway.Contains(Service))
            f.Broken("type", $"{Service} has no gateway; only s3 and dynamodb have", "write type: Interface");
        if (!IsGateway && SecurityGroup is null)
            f.Lacks("security_group", "an interface endpoint needs a \"security_group\"");
        if (Segments.Length == 0)
        {
            f.Lacks("segments", "an endpoint needs the \"segments\" it serves");
        }
        else if (!IsGateway && SegmentRefs.Count() > 1)
        {
            f.Broken("segments", "an interface endpoint takes one subnet a zone, so it takes one segment",
                "the others reach it all the same");
        }
    }

    // A bare name is a segment of this VPC.
    private Ref Reference(RefOrText written)
    {
        var vpc = Path.Parent.Parent;
        return written.Ref ?? new Ref(vpc.Below($"segments.{written.Text}"), written.Text!, written.Location);
    }
}

/// <summary>All endpoints of a VPC in one stack.</summary>
internal static class VpcEndpointTemplate
{
    public static void Build(BuildScope scope, Vpc vpc)
    {
        var enabled = vpc.Endpoints.Where(e => e.IsEnabled).ToArray();
        var named = scope with { OwnNames = ["vpc"], Label = $"{scope.Label}/endpoints" };
        var stack = named.Stack(vpc, "Endpoints", enabled: enabled.Length > 0);
        foreach (var endpoint in enabled)
        {
            var service = EndpointServices.Name(endpoint.Service, scope.Place.Region, endpoint.IsGateway);
            var vpcId = stack.Input("VpcId", vpc.ToRef().Output("id"));
            var properties = endpoint.IsGateway
                ? Gateway(scope, stack, endpoint, service, vpcId)
                : Interface(scope, stack, endpoint, service, vpcId);
            stack.Resource(Names.LogicalId(endpoint.Name), "AWS::EC2::VPCEndpoint", properties, endpoint.Location);
        }
    }

    private static MapValue Interface(BuildScope scope, StackBuilder stack, VpcEndpoint endpoint, string service, Value vpcId) => new()
    {
        ["VpcEndpointType"] = "Interface",
        ["ServiceName"] = service,
        ["VpcId"] = vpcId,
        ["PrivateDnsEnabled"] = endpoint.HasPrivateNames,
        ["SubnetIds"] = InZones(scope, endpoint,
            (segment, name, zone) => stack.Input($"SubnetId{name}AZ{zone}", Segment.Subnet(segment, zone))),
        ["SecurityGroupIds"] = endpoint.SecurityGroup is { } group
            ? Value.List(stack.RefOrText($"SecurityGroupId{Names.Md5(group.Ref?.Text ?? "")}", group, "id"))
            : null,
    };

    private static MapValue Gateway(BuildScope scope, StackBuilder stack, VpcEndpoint endpoint, string service, Value vpcId) => new()
    {
        ["VpcEndpointType"] = "Gateway",
        ["ServiceName"] = service,
        ["VpcId"] = vpcId,
        ["RouteTableIds"] = InZones(scope, endpoint,
            (segment, name, zone) => stack.Input($"RouteTableId{name}AZ{zone}", Segment.RouteTable(segment, zone))),
    };

    private static Value? InZones(BuildScope scope, VpcEndpoint endpoint, Func<Ref, string, int, Value> make) => Value.OfMany(
        from segment in endpoint.SegmentRefs
        from zone in endpoint.Zones(scope.Environment!.AvailabilityZones)
        select make(segment, Segment.CamelOf(segment), zone));
}
