using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>A server as it is at this moment.</summary>
/// <param name="Title">Its group's stack, as people read it.</param>
/// <param name="State">Where in its life it is: <c>InService</c>.</param>
public sealed record Server(ServerGroup Group, string Title, string Id, string AvailabilityZone, string State)
{
    /// <summary>Null where it has none (any more).</summary>
    public string? PrivateAddress { get; init; }

    public string? PublicAddress { get; init; }

    /// <summary>Lines for a shell that lead to it.</summary>
    public ImmutableArray<WayIn> Ways { get; init; } = [];
}

/// <summary>How somebody gets to a server.</summary>
public enum WayInKind
{
    Ssh,

    /// <summary>A session of Systems Manager.</summary>
    Session,
}

/// <summary>A line for a shell that leads to a server.</summary>
/// <param name="Through">The group of servers it leads through; null where it leads there directly.</param>
public sealed record WayIn(WayInKind Kind, string Command, ServerGroup? Through = null);

/// <summary>Asks for the servers of a scope: two questions an account and region.</summary>
internal sealed class Servers(StackGraph graph, KnownValues values, ICloud cloud)
{
    private const int Ssh = 22;

    /// <summary>The servers, and who did not answer: what is deployed is shown all the same.</summary>
    public async Task<(ImmutableArray<Server> Servers, ImmutableArray<StackFinding> Unasked)> Of(Scope scope, CancellationToken cancel)
    {
        var wanted = graph.Within(scope).ServerGroups.Where(g => values.Has(g.Node)).ToList();
        var doors = graph.ServerGroups.Where(g => g.IsPublic && g.User is not null && values.Has(g.Node)).ToList();
        var places = wanted.Select(g => g.Node.Place).Distinct();
        var found = await CloudException.WhenAll(places.Select(place => Allowed(place,
            [.. wanted.Union(doors).Where(g => g.Node.Place == place)], cancel)));
        var all = found.SelectMany(f => f.Servers).ToLookup(s => s.Group);
        return ([.. wanted.SelectMany(g => all[g]).Select(s => s with { Ways = [.. Ways(s, doors, all)] })],
            [.. found.Select(f => f.Unasked).OfType<StackFinding>()]);
    }

    private async Task<(ImmutableArray<Server> Servers, StackFinding? Unasked)> Allowed(Place place, ImmutableArray<ServerGroup> groups,
        CancellationToken cancel)
    {
        try
        {
            return (await In(place, groups, cancel), null);
        }
        catch (CloudException e)
        {
            return ([], new StackFinding(groups[0].Node, new Finding(e.Operation, $"was not answered: {e.Message}")));
        }
    }

    private async Task<ImmutableArray<Server>> In(Place place, ImmutableArray<ServerGroup> groups, CancellationToken cancel)
    {
        var names = new Dictionary<string, ServerGroup>(StringComparer.Ordinal);
        foreach (var servers in groups)
        {
            if (await servers.Name.Value(values) is { Length: > 0 } name)
                names.TryAdd(name, servers);
        }
        if (names.Count == 0)
            return [];
        var members = await cloud.AutoScaling(place).DescribeInstances(names.Keys, cancel);
        if (members.IsEmpty)
            return [];
        var instances = (await cloud.Ec2(place).DescribeInstances([.. members.Select(m => m.Id)], cancel)).ToDictionary(i => i.Id);
        var known = ImmutableArray.CreateBuilder<Server>();
        foreach (var member in members.Where(m => names.ContainsKey(m.GroupName)))
        {
            var servers = names[member.GroupName];
            var instance = instances.GetValueOrDefault(member.Id);
            known.Add(new Server(servers, graph.Find(servers.Node)?.Title ?? "", member.Id, member.AvailabilityZone, member.LifecycleState)
            {
                PrivateAddress = instance?.PrivateAddress,
                PublicAddress = await Fixed(servers) ?? instance?.PublicAddress,
            });
        }
        return known.DrainToImmutable();
    }

    private async Task<string?> Fixed(ServerGroup servers) =>
        servers.FixedAddress is { } source && await source.Value(values) is { Length: > 0 } address ? address : null;

    private IEnumerable<WayIn> Ways(Server server, List<ServerGroup> doors, ILookup<ServerGroup, Server> all)
    {
        if (server.Group.User is { } user && server.PublicAddress is { } open)
        {
            yield return new(WayInKind.Ssh, $"ssh {user}@{open}");
        }
        else if (server.Group.User is { } name && server.PrivateAddress is { } address
            && DoorTo(server.Group, doors, all) is { PublicAddress: { } door } through)
        {
            yield return new(WayInKind.Ssh, $"ssh -J {through.Group.User}@{door} {name}@{address}", through.Group);
        }
        if (server.Group.TakesSessions)
        {
            yield return new(WayInKind.Session,
                $"aws ssm start-session --region {server.Group.Node.Place.Region} --target {server.Id}");
        }
    }

    // The bastion is the group whose servers the security groups let in.
    private Server? DoorTo(ServerGroup servers, List<ServerGroup> doors, ILookup<ServerGroup, Server> all) => (
        from door in doors
        where door.Node.Place == servers.Node.Place && door != servers && LetIn(servers, door)
        from one in all[door]
        where one.PublicAddress is not null
        select one).FirstOrDefault();

    private bool LetIn(ServerGroup servers, ServerGroup door) => servers.SecurityGroups.Any(g =>
        graph.Objects?.Find<ISecurityGroup>(g)?.LetsIn(Ssh, [.. door.SecurityGroups.Select(d => d.Path)], []) == true);
}
