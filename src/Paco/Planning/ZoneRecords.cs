using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Resources.Acm;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Route 53 deletes no zone with records in it. Validation records that are left in one go first; those of stacks that go before it are no
/// obstacle, all others are.
/// </summary>
internal sealed class ZoneRecords(StackGraph all, ICloud cloud, ImmutableDictionary<NodeId, DeployedStack> deployed, OutputConsumers uses,
    ImmutableArray<PlannedNode> nodes) : IObstacle
{
    private const int Named = 5;

    private readonly Dictionary<NodeId, PlannedNode> _nodes = nodes.ToDictionary(n => n.Id);

    public string Type => "AWS::Route53::HostedZone";

    public async Task<Standing> Look(DoomedResource zone, CancellationToken cancel)
    {
        var records = await cloud.Route53(zone.Stack.Id.Place).ListRecords(zone.PhysicalId, cancel);
        var apex = records.FirstOrDefault(r => r.Type == "SOA")?.Name ?? zone.Stack.Node.Title;
        var owners = await uses.RecordSets(zone.Stack.Id, zone.PhysicalId, cancel);
        var standing = records.Where(r => r.Name != apex || r.Type is not ("NS" or "SOA"))
            .Select(r => (Record: r, Owner: owners.GetValueOrDefault((DomainNames.Normal(r.Name), r.Type)))).ToList();
        var left = standing.Where(s => s.Owner is null && LeftValidationRecords.IsOne(s.Record)).Select(s => s.Record).ToImmutableArray();
        var clearing = left.IsEmpty ? null : new LeftValidationRecords(zone.PhysicalId, left)
        {
            Id = new NodeId(zone.Stack.Id.Place, $"ValidationRecords-{zone.PhysicalId}"),
            Ref = zone.Stack.Node.Ref,
            Title = $"validation records left in {apex}",
        };
        return new Standing(clearing, clearing?.State ?? ActionState.Absent,
            [.. Problems(zone, apex, standing.Where(s => !left.Contains(s.Record)))]);
    }

    private IEnumerable<PlanProblem> Problems(DoomedResource zone, string apex,
        IEnumerable<(DnsRecord Record, RecordOwner? Owner)> standing)
    {
        foreach (var records in standing.Where(s => s.Owner is not { } owner || !GoesBefore(zone, owner))
            .ToLookup(s => s.Owner?.Stack, s => s.Record))
        {
            var what = string.Join(", ", records.Take(Named).Select(r => $"{r.Name} ({r.Type})"))
                + (records.Count() > Named ? $" and {records.Count() - Named} more" : "");
            var owner = records.Key is { } id ? $"of {all.Find(id)?.Title ?? id.Name}" : null;
            yield return zone.IsReplaced
                ? new PlanProblem(zone.Stack.Id, $"the zone {apex} is replaced, and the old one holds {what}"
                    + $"{(owner is null ? "" : $", {owner}")}; Route 53 deletes no zone with records in it, so the old one stays",
                    $"afterwards delete it in Route 53 ({zone.PhysicalId}), when nothing asks it any more: it costs")
                : new PlanProblem(zone.Stack.Id, $"the zone {apex} holds {what}, "
                    + $"{(owner is null ? "which nothing of the project made" : $"{owner}, which stays")}; "
                    + "Route 53 deletes no zone with records in it",
                    records.Key is { } stays ? WayOut(stays) : "delete it in Route 53, then run this again");
        }
    }

    private string WayOut(NodeId owner) => (all.Find(owner)?.Ref ?? UnreadStacks.EnvironmentOf(deployed[owner], all)) switch
    {
        null => "delete that stack first",
        { First: "netenv", Environment: null } netenv => $"delete that first: paco delete {netenv.Below("ENVIRONMENT")}",
        { } path => $"delete that first: paco delete {path}",
    };

    // Of a zone that is replaced the records follow to the new one when the old one should be gone.
    private bool GoesBefore(DoomedResource zone, RecordOwner owner) => !zone.IsReplaced && _nodes.GetValueOrDefault(owner.Stack) switch
    {
        { Action: NodeAction.Delete } => true,
        PlannedStack { HasWork: true } stack => stack.Changes.Any(c => c.LogicalId == owner.LogicalId
            && c.Kind is ChangeKind.Delete or ChangeKind.Replace),
        _ => false,
    };
}

/// <summary>The resource of a deployed stack that a DNS record belongs to.</summary>
internal sealed record RecordOwner(NodeId Stack, string LogicalId);
