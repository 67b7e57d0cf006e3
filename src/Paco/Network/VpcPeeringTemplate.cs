using System.Text;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>
/// The connections a VPC asks for and the routes through them, in one stack; the roles that let others connect, in one each.
/// </summary>
internal sealed class VpcPeeringTemplate(BuildScope scope, Vpc vpc, StackBuilder stack)
{
    public static void Build(BuildScope scope, Vpc vpc)
    {
        var roles = vpc.Peerings.Where(p => p.IsAccepter).Select(p => AccepterRole.Build(scope, vpc, p)).OfType<NodeId>().ToArray();
        var requesters = vpc.Peerings.Where(p => p is { IsEnabled: true, IsRequester: true }).ToArray();
        var named = scope with { Label = $"{scope.Label}/peering" };
        var stack = named.Stack(vpc, "VPCPeering", path: $"{vpc.Path}.peering", enabled: requesters.Length > 0);
        stack.After.AddRange(roles);
        var template = new VpcPeeringTemplate(scope, vpc, stack);
        foreach (var peering in requesters)
            template.Add(peering);
    }

    private void Add(VpcPeering peering)
    {
        var peer = TitleCase(peering.Name);
        var remote = Remote(scope, peering);
        var account = Account(peering, remote);
        stack.Resource($"VPCPeeringConnection{peer}", "AWS::EC2::VPCPeeringConnection", new MapValue
        {
            ["VpcId"] = stack.Input("VpcId", vpc.ToRef().Output("id")),
            ["PeerOwnerId"] = account,
            ["PeerRegion"] = remote is null ? Value.Of(peering.PeerRegion) : peering.NetworkEnvironment!.Path.Last,
            ["PeerVpcId"] = remote?.Vpc is { } other
                ? stack.Input($"PeerVpcId{peer}", other.ToRef().Output("id"))
                : Value.Of(peering.PeerVpcId),
            ["PeerRoleArn"] = RoleArn(peering, remote, account, peer),
        }, peering.Location);
        AddRoutes(peering, remote, peer);
    }

    // The role this project makes for the accepter is waited for, whether its name is written here or not. Within one account
    // none is needed.
    private Value? RoleArn(VpcPeering peering, Network? remote, Value account, string peer)
    {
        var accepter = remote?.Vpc?.Peerings.FirstOrDefault(p =>
            p is { IsEnabled: true, IsAccepter: true } && p.NetworkEnvironment?.Path == scope.Environment!.Path);
        var isMade = accepter is not null && AccepterRole.IsNeeded(scope, remote!);
        if (isMade && (peering.PeerRoleName is null || peering.PeerRoleName == AccepterRole.NameOf(accepter!)))
            return stack.Input($"PeerRoleArn{peer}", AccepterRole.Of(accepter!).Output("arn"));
        return peering.PeerRoleName is { } name
            ? Fn.Sub($"arn:${{AWS::Partition}}:iam::${{Account}}:role/{name}", new MapValue { ["Account"] = account })
            : null;
    }

    // The first routing's names, and those of its segment's route tables, hold no segment: deployed stacks have them so.
    private void AddRoutes(VpcPeering peering, Network? remote, string peer)
    {
        var first = peering.Routing.FirstOrDefault()?.LocalSegment?.Path;
        foreach (var (route, i) in peering.Routing.Select((r, i) => (r, i)))
        {
            if (route.LocalSegment is not { } local)
                continue;
            var name = i == 0 ? "" : Names.Camel(Segment.NameOf(local), Far(route));
            var table = local.Path == first ? "" : Segment.CamelOf(local);
            for (var zone = 1; zone <= scope.Environment!.AvailabilityZones; zone++)
            {
                var routeTable = stack.Input($"PeerRouteTableId{peer}{table}AZ{zone}", Segment.RouteTable(local, zone));
                AddRoutes(route, remote, peer, $"{peer}{name}AZ{zone}", routeTable);
            }
        }
    }

    private void AddRoutes(VpcPeeringRoute route, Network? remote, string peer, string name, Value routeTable)
    {
        foreach (var (suffix, destination) in Destinations(route, remote))
        {
            stack.Resource($"PeeringRoute{name}{suffix}", "AWS::EC2::Route", new MapValue
            {
                ["DestinationCidrBlock"] = destination,
                ["RouteTableId"] = routeTable,
                ["VpcPeeringConnectionId"] = Fn.Ref($"VPCPeeringConnection{peer}"),
            }, route.Location);
        }
    }

    private static string Far(VpcPeeringRoute route) =>
        route.RemoteSegment is { } segment ? Segment.NameOf(segment) : Names.ShortHash(route.Cidr?.Ref?.Text ?? route.Cidr?.Text ?? "");

    private IEnumerable<(string Suffix, Value Destination)> Destinations(VpcPeeringRoute route, Network? remote)
    {
        if (route.Cidr is { } cidr)
            return [("", cidr.Ref is { } reference ? new InputValue(reference) : cidr.Text!)];
        var ranges = scope.Build.Index.Find<ISegment>(route.RemoteSegment)?.Cidrs ?? [];
        return ranges.Take(remote?.AvailabilityZones ?? ranges.Count).Select((range, i) => ($"RemoteAZ{i + 1}", (Value)range));
    }

    /// <summary>The account at the other end.</summary>
    internal static Value Account(VpcPeering peering, Network? remote) =>
        remote?.AwsAccount is { } known ? new InputValue(known) : peering.PeerAccountId ?? "";

    /// <summary>The network at the other end, where it is one of the project.</summary>
    internal static Network? Remote(BuildScope scope, VpcPeering peering) =>
        peering.NetworkEnvironment is { } environment ? scope.Build.Index.Find($"{environment.Path}.network") as Network : null;

    // As Python's str.title: every run of letters begins with a capital and goes on in small letters.
    private static string TitleCase(string name)
    {
        var title = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
            title.Append(i > 0 && char.IsAsciiLetter(name[i - 1]) ? char.ToLowerInvariant(name[i]) : char.ToUpperInvariant(name[i]));
        return Names.LogicalId(title.ToString());
    }
}
