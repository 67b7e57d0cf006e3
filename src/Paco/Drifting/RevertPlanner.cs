using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Drifting;

/// <summary>
/// Plans bringing drifted stacks back. CloudFormation itself is asked what a drift-aware change set would do, and what a
/// normal one would: what is only in the first and has not drifted is a fault of such sets, of which a person is told. The
/// sets are dropped again; nothing is changed by looking.
/// </summary>
public sealed class RevertPlanner
{
    private readonly Plan _plan;
    private readonly ICloud _cloud;
    private readonly DriftOptions _options;
    private readonly Func<NodeId, string, CancellationToken, Task<TemplateSource>> _source;

    private RevertPlanner(Plan plan, ICloud cloud, DriftOptions options,
        Func<NodeId, string, CancellationToken, Task<TemplateSource>> source) =>
        (_plan, _cloud, _options, _source) = (plan, cloud, options, source);

    /// <summary>The plan in which every drifted stack is brought back. Stacks that have not drifted are as they were.</summary>
    /// <param name="plan">With its <see cref="Plan.Drift"/>.</param>
    /// <param name="cloud">Where the change sets are made.</param>
    /// <param name="options">How long to wait between two looks.</param>
    /// <param name="source">Gives CloudFormation a template that may be too large to send.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static async Task<Plan> Revert(
        Plan plan, ICloud cloud, DriftOptions options, Func<NodeId, string, CancellationToken, Task<TemplateSource>> source,
        CancellationToken cancel)
    {
        var planner = new RevertPlanner(plan, cloud, options, source);
        var outcomes = await Task.WhenAll(plan.Nodes.Select(n => planner.Node(n, cancel)));
        var notes = outcomes.Where(o => o.Note is not null).ToDictionary(o => o.Node.Id, o => o.Note);
        return plan with
        {
            Nodes = [.. outcomes.Select(o => o.Node)],
            Drift = new DriftReport([.. plan.Drift!.Stacks.Select(d => notes.TryGetValue(d.Node, out var note)
                ? d with { Note = note }
                : d)]),
        };
    }

    private async Task<(PlannedNode Node, string? Note)> Node(PlannedNode node, CancellationToken cancel)
    {
        if (node is not PlannedStack stack || _plan.Drift!.Find(node.Id) is not { HasDrift: true } drift)
            return (node, null);
        if (stack.Action == NodeAction.Protected)
            return (node, "it is change_protected: nothing is changed");
        if (stack.Action is not (NodeAction.None or NodeAction.Update))
            return (node, $"it is {stack.Deployed!.Status.ToWire()}: run this again when it is at rest");
        if (stack.Parameters.ContainsValue(null))
            return Unasked(stack, drift);
        try
        {
            return await Ask(stack, drift, cancel);
        }
        catch (CloudException e)
        {
            return Refused(stack, $"{e.Operation}: {e.Message}");
        }
    }

    // CloudFormation can be asked when all values are known. What it would then lose and nobody has agreed to, is not done.
    private static (PlannedNode Node, string? Note) Unasked(PlannedStack stack, StackDrift drift) =>
        drift.Resources.Any(r => r.IsDeleted && r.HoldsData)
            ? (stack, "it needs what this run makes first, and lost something that held data: run this again afterwards")
            : (stack with { RevertWarnings =
            [
                "it needs what this run makes first, so CloudFormation could not be asked what else bringing it back does; should that lose data, it is not done",
            ] }, null);

    private async Task<(PlannedNode Node, string? Note)> Ask(PlannedStack stack, StackDrift drift, CancellationToken cancel)
    {
        var sets = new ChangeSetMaker(_cloud.CloudFormation(stack.Id.Place), _options.Time, _options.PollInterval);
        var request = await Request(stack, cancel);
        var aware = await sets.Make(sets.Request(request, "revert") with { RevertDrift = true }, cancel);
        await sets.Drop(aware.Id, cancel);
        if (DriftAwareChangeSet.Obstacle(aware) is { } obstacle)
            return Refused(stack, obstacle);
        if (aware.IsEmpty)
            return (stack, "CloudFormation leaves it alone (tags that somebody added, values AWS manages)");
        var normal = await sets.Make(sets.Request(request, "compare"), cancel);
        await sets.Drop(normal.Id, cancel);
        var reverted = Reverted(stack, drift, aware, normal);
        return FixedProperties.Reason(reverted.Changes) is { } reason ? (stack, $"{reason}; or write into the project what is there")
            : (reverted, null);
    }

    private static (PlannedNode, string?) Refused(PlannedStack stack, string why) =>
        (stack with { Action = NodeAction.Refused, Reason = $"its drift cannot be reverted: {why}" },
            "CloudFormation cannot bring it back");

    private async Task<StackRequest> Request(PlannedStack stack, CancellationToken cancel) => new()
    {
        StackName = stack.Id.Name,
        Template = await _source(stack.Id, stack.Body, cancel),
        Parameters =
        [
            .. stack.Parameters.Select(p => new StackParameter(p.Key, p.Value,
                UsePreviousValue: PlannedValues.IsMasked(p.Value) && stack.Deployed!.Parameters.ContainsKey(p.Key))),
        ],
        Tags = stack.Stack.Tags,
        Capabilities = stack.Stack.Capabilities,
        ClientRequestToken = "",
    };

    private PlannedStack Reverted(PlannedStack stack, StackDrift drift, ChangeSet aware, ChangeSet normal)
    {
        var planned = stack.Changes.ToDictionary(c => c.LogicalId, StringComparer.Ordinal);
        var drifted = drift.Resources.ToDictionary(r => r.LogicalId, StringComparer.Ordinal);
        var changes = aware.Changes.Where(e => e.Action != "SyncWithActual" && !DriftAwareChangeSet.IsVague(e))
            .Select(e => Change(stack, e, planned.GetValueOrDefault(e.LogicalResourceId), drifted.GetValueOrDefault(e.LogicalResourceId)))
            .ToImmutableArray();
        // What CloudFormation does not count as a change of its own (a policy, metadata) is still the project's.
        var rest = stack.Changes.Where(c => changes.All(e => e.LogicalId != c.LogicalId));
        return stack with
        {
            Action = NodeAction.Update,
            Changes = Followed(stack, [.. changes, .. rest]),
            RevertWarnings = [.. Phantoms(stack, drifted, aware, normal), .. Consumers(stack, changes)],
        };
    }

    // What is brought back moves others, as any change does.
    private static ImmutableArray<ResourceChange> Followed(PlannedStack stack, ImmutableArray<ResourceChange> changes)
    {
        var side = new TemplateSide(stack.Stack.Template.ToValue(), stack.Parameters);
        return FollowedChanges.Of(new TemplateComparison(side, side, changes), ResourceSchemas.Shared).Changes;
    }

    private static ResourceChange Change(PlannedStack stack, ChangeSetChange entry, ResourceChange? planned, DriftedResource? drifted)
    {
        var kind = entry switch
        {
            { Action: "Add" or "Import" } => ChangeKind.Create,
            { Action: "Remove" } => ChangeKind.Delete,
            { Replacement: "True" } => ChangeKind.Replace,
            _ => planned?.Kind ?? ChangeKind.Update,
        };
        var sides = (drifted?.Properties ?? []).Where(p => p.Actual != p.Wanted)
            .Select(p => new PropertyChange(p.Path, p.Actual, p.Wanted, ForcesReplacement: false)).ToList();
        var whole = planned ?? Whole(stack, entry.LogicalResourceId);
        planned ??= kind == ChangeKind.Create ? whole : null;
        var others = planned?.Properties.Where(p => sides.TrueForAll(s => s.Path != p.Path)
            && !(drifted?.Properties ?? []).Any(d => d.Path == p.Path && d.IsAdopted)) ?? [];
        return new ResourceChange(entry.LogicalResourceId, entry.ResourceType, kind, [.. sides, .. others])
        {
            DeletionPolicy = entry.PolicyAction switch
            {
                "Retain" or "ReplaceAndRetain" => "Retain",
                "Snapshot" or "ReplaceAndSnapshot" => "Snapshot",
                _ => planned?.DeletionPolicy,
            },
            Source = planned?.Source ?? stack.Stack.Template.Find(entry.LogicalResourceId)?.Source ?? default,
            Before = kind == ChangeKind.Create || (planned is null ? whole?.After : planned.Before) is not { } deployed
                ? null
                : ActualValues.Of(deployed, drifted?.Properties ?? []),
            After = kind == ChangeKind.Delete ? null : whole?.After,
            UpdatePolicy = whole?.UpdatePolicy,
            IsRecreated = DriftAwareChangeSet.Recreates(entry) || (drifted?.IsDeleted == true && kind == ChangeKind.Create),
        };
    }

    // A resource made anew, with everything the template says of it.
    private static ResourceChange? Whole(PlannedStack stack, string logicalId) =>
        TemplateDiff.Compare(TemplateSide.Empty, new TemplateSide(stack.Stack.Template.ToValue(), stack.Parameters), ResourceSchemas.Shared)
            .FirstOrDefault(c => c.LogicalId == logicalId);

    // What is made anew has another id, and whoever was given the old one is updated after it.
    private IEnumerable<string> Consumers(PlannedStack stack, ImmutableArray<ResourceChange> changes)
    {
        var others = changes.Where(c => c.IsRecreated || c.Kind == ChangeKind.Replace).Select(c => c.LogicalId)
            .ToHashSet(StringComparer.Ordinal);
        if (others.Count == 0 || !stack.Stack.Template.Outputs.Any(o => TemplateReferences.In(o.Value).Any(others.Contains)))
            return [];
        var consumers = _plan.Nodes.Where(n => n.Node.DependsOn.Contains(stack.Id)).Select(n => n.Node.Title).ToList();
        return consumers.Count == 0
            ? []
            : [$"what is made anew gets another id or address: {string.Join(", ", consumers)} may be updated after it"];
    }

    // What would be changed though nobody changed it, unless it refers to something that will be another.
    private static IEnumerable<string> Phantoms(PlannedStack stack, Dictionary<string, DriftedResource> drifted, ChangeSet aware,
        ChangeSet normal)
    {
        var expected = normal.Changes.Select(e => e.LogicalResourceId).Concat(drifted.Keys).Concat(stack.Changes.Select(c => c.LogicalId))
            .ToHashSet(StringComparer.Ordinal);
        var others = aware.Changes.Where(e => DriftAwareChangeSet.Recreates(e) || e.Replacement == "True").Select(e => e.LogicalResourceId)
            .ToHashSet(StringComparer.Ordinal);
        return aware.Changes.Where(e => e.Action != "SyncWithActual" && !DriftAwareChangeSet.IsVague(e)
            && !expected.Contains(e.LogicalResourceId)
            && !RefersTo(stack.Stack, e.LogicalResourceId, others))
            .Select(e =>
                $"CloudFormation would change {e.LogicalResourceId} ({e.ResourceType}) too, which has not drifted and the project does not change: a known fault of drift-aware change sets. Look at it before you agree");
    }

    private static bool RefersTo(Stack stack, string logicalId, HashSet<string> others) =>
        others.Count > 0 && stack.Template.Find(logicalId) is { } resource
        && TemplateReferences.In(resource.ToValue()).Any(others.Contains);
}
