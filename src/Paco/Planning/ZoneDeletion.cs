using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Resources.Acm;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// What stands in hosted zones that a plan deletes and that CloudFormation does not take with them; Route 53 deletes no zone with
/// records in it. Validation records go first, by an action of their own. Those of stacks that go are no obstacle, all others are.
/// </summary>
internal sealed class ZoneDeletion(StackGraph all, ICloud cloud, ImmutableDictionary<NodeId, DeployedStack> deployed, OutputConsumers uses,
    ImmutableArray<PlannedNode> nodes)
{
    private const string ZoneType = "AWS::Route53::HostedZone";
    private const int Named = 5;

    private readonly Dictionary<NodeId, PlannedNode> _nodes = nodes.ToDictionary(n => n.Id);

    /// <summary>The plan's nodes with what must go before its zones, and why a zone cannot.</summary>
    public async Task<(ImmutableArray<PlannedNode> Nodes, ImmutableArray<PlanProblem> Problems)> Look(bool isDelete,
        CancellationToken cancel)
    {
        var zones = from stack in nodes.OfType<PlannedStack>()
                    where stack is { HasWork: true, Deployed: not null }
                    from change in stack.Changes
                    where change is { Type: ZoneType, Kind: ChangeKind.Delete }
                        && change.DeletionPolicy is not ("Retain" or "RetainExceptOnCreate")
                    select Look(stack, change.LogicalId, cancel);
        var found = (await Task.WhenAll(zones)).OfType<Contents>().ToList();
        var planned = nodes;
        foreach (var zone in found.Where(z => z.Action is not null))
            planned = isDelete ? DeletedBefore(planned, zone) : DoneBefore(planned, zone);
        return (planned, [.. found.SelectMany(z => z.Problems)]);
    }

    private async Task<Contents?> Look(PlannedStack stack, string logicalId, CancellationToken cancel)
    {
        try
        {
            var resources = await cloud.CloudFormation(stack.Id.Place).DescribeStackResources(stack.Deployed!.StackId, cancel);
            return resources.FirstOrDefault(r => r.LogicalResourceId == logicalId)?.PhysicalResourceId is { Length: > 0 } id
                ? await Sort(stack, id, await cloud.Route53(stack.Id.Place).ListRecords(id, cancel), cancel)
                : null;
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            // Gone since it was listed, or deleted by hand.
            return null;
        }
    }

    private async Task<Contents> Sort(PlannedStack stack, string zoneId, ImmutableArray<DnsRecord> records, CancellationToken cancel)
    {
        var apex = records.FirstOrDefault(r => r.Type == "SOA")?.Name ?? stack.Node.Title;
        var owners = await uses.RecordSets(stack.Id, zoneId, cancel);
        var standing = records.Where(r => r.Name != apex || r.Type is not ("NS" or "SOA"))
            .Select(r => (Record: r, Owner: owners.GetValueOrDefault((DomainNames.Normal(r.Name), r.Type)))).ToList();
        var left = standing.Where(s => s.Owner is null && LeftValidationRecords.IsOne(s.Record)).Select(s => s.Record).ToImmutableArray();
        return new Contents(stack, left.IsEmpty ? null : Deletion(stack, zoneId, apex, left),
            [.. Problems(stack, apex, standing.Where(s => !left.Contains(s.Record)))]);
    }

    private IEnumerable<PlanProblem> Problems(PlannedStack stack, string zone, IEnumerable<(DnsRecord Record, RecordOwner? Owner)> standing)
    {
        var others = standing.Where(s => s.Owner is not { } owner || !Goes(owner)).ToLookup(s => s.Owner?.Stack, s => s.Record);
        foreach (var records in others)
        {
            var what = string.Join(", ", records.Take(Named).Select(r => $"{r.Name} ({r.Type})"))
                + (records.Count() > Named ? $" and {records.Count() - Named} more" : "");
            var (whose, hint) = records.Key is { } owner
                ? ($"of {all.Find(owner)?.Title ?? owner.Name}, which stays", WayOut(owner))
                : ("which nothing of the project made", "delete it in Route 53, then run this again");
            yield return new PlanProblem(stack.Id, $"the zone {zone} holds {what}, {whose}; Route 53 deletes no zone with records in it",
                hint);
        }
    }

    private string WayOut(NodeId owner) => (all.Find(owner)?.Ref ?? UnreadStacks.EnvironmentOf(deployed[owner], all)) switch
    {
        null => "delete that stack first",
        { First: "netenv", Environment: null } netenv => $"delete that first: paco delete {netenv.Below("ENVIRONMENT")}",
        { } path => $"delete that first: paco delete {path}",
    };

    private bool Goes(RecordOwner owner) => _nodes.GetValueOrDefault(owner.Stack) switch
    {
        { Action: NodeAction.Delete } => true,
        PlannedStack { HasWork: true } stack => stack.Changes.Any(c => c.LogicalId == owner.LogicalId
            && c.Kind is ChangeKind.Delete or ChangeKind.Replace),
        _ => false,
    };

    private static PlannedAction Deletion(PlannedStack stack, string zoneId, string zone, ImmutableArray<DnsRecord> records)
    {
        var action = new LeftValidationRecords(zoneId, records)
        {
            Id = new NodeId(stack.Id.Place, $"ValidationRecords-{zoneId}"),
            Ref = stack.Node.Ref,
            Title = $"validation records left in {zone}",
        };
        return new PlannedAction(new ActionNode(action), NodeAction.Delete, action.State) { Reason = action.State.Detail };
    }

    // Who uses the zone goes first, and the certificates that the records prove.
    private static ImmutableArray<PlannedNode> DeletedBefore(ImmutableArray<PlannedNode> nodes, Contents zone)
    {
        var (id, action) = (zone.Stack.Id, zone.Action!);
        var certificates = nodes.OfType<PlannedAction>().Where(a => a.Node.DependsOn.Contains(id)).Select(a => a.Work.During).ToHashSet();
        return
        [
            .. nodes.SelectMany(IEnumerable<PlannedNode> (n) => n.Id == id
                ? [action with { Node = action.Node with { DependsOn = [id] } }, n]
                : [n.Node.DependsOn.Contains(id) || certificates.Contains(n.Id) ? WaitedFor(n, action.Id) : n]),
        ];
    }

    private static ImmutableArray<PlannedNode> DoneBefore(ImmutableArray<PlannedNode> nodes, Contents zone)
    {
        var action = zone.Action!;
        return
        [
            .. nodes.SelectMany(IEnumerable<PlannedNode> (n) => n.Id == zone.Stack.Id
                ? [action with { Node = action.Node with { DependsOn = n.Node.DependsOn } }, WaitedFor(n, action.Id)]
                : [n]),
        ];
    }

    private static PlannedNode WaitedFor(PlannedNode node, NodeId other) =>
        node with { Node = node.Node with { DependsOn = [.. node.Node.DependsOn, other] } };

    private sealed record Contents(PlannedStack Stack, PlannedAction? Action, ImmutableArray<PlanProblem> Problems);
}

/// <summary>The resource of a deployed stack that a DNS record belongs to.</summary>
internal sealed record RecordOwner(NodeId Stack, string LogicalId);
