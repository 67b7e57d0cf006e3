using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>What a plan is made with.</summary>
/// <param name="AccountIds">The ids of the project's accounts by name.</param>
/// <param name="RefreshImages">Take over newer machine images instead of keeping the deployed ones.</param>
/// <param name="Prune">Delete stacks of the scope that the configuration no longer makes.</param>
public sealed record PlanOptions(IReadOnlyDictionary<string, string> AccountIds, bool RefreshImages = false, bool Prune = false)
{
    /// <summary>Ask CloudFormation for its opinion on every update whose values are known.</summary>
    public bool ChangeSets { get; init; } = true;

    /// <summary>Take over what exists already under a name of the project instead of failing on it.</summary>
    public bool ImportExisting { get; init; }

    /// <summary>Objects whose secret values are sent where nobody could say whether they changed; and those of all below them.</summary>
    public ImmutableArray<string> SendSecrets { get; init; } = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>
/// Compares the project with what is deployed, over the whole scope: one listing an account and region, one template a
/// deployed stack, nothing changed. Values that only this run will make stay unknown and are carried through references.
/// </summary>
public sealed class Planner
{
    private readonly StackGraph _all;
    private readonly StackGraph _selected;
    private readonly Scope _scope;
    private readonly ICloud _cloud;
    private readonly PlanOptions _options;
    private readonly ConcurrentBag<PlanProblem> _problems = [];
    private readonly OutputValues _producers;
    private readonly PlannedValues _values;
    private readonly PlannedValues _deployedValues;
    private readonly NameCheck _names;
    private readonly SecretComparison _secrets;

    private Planner(StackGraph all, Scope scope, ICloud cloud, PlanOptions options)
    {
        (_all, _selected, _scope, _cloud, _options) = (all, all.Within(scope), scope, cloud, options);
        _producers = new OutputValues(all, _selected, _problems);
        _names = new NameCheck(cloud, options);
        _secrets = new SecretComparison(cloud, options);
        _values = new PlannedValues(cloud, options.AccountIds, _producers.OutputOf, _problems);
        _deployedValues = new PlannedValues(cloud, options.AccountIds, _producers.DeployedOf, _problems);
    }

    /// <summary>
    /// Plans bringing the scope to what the project says. Throws <see cref="CloudException"/> where the cloud cannot be read.
    /// </summary>
    public static Task<Plan> Plan(StackGraph graph, Scope scope, ICloud cloud, PlanOptions options, CancellationToken cancel) =>
        new Planner(graph, scope, cloud, options).Plan(cancel);

    /// <summary>The accounts a plan of the scope talks to, in a stable order.</summary>
    public static ImmutableArray<string> AccountsOf(StackGraph graph, Scope scope) =>
        [.. Places(graph, graph.Within(scope)).Select(p => p.Account).Distinct().Order(StringComparer.Ordinal)];

    // Producers outside the scope are read too: their outputs are needed.
    private static IEnumerable<Place> Places(StackGraph all, StackGraph selected) =>
        selected.Nodes.Select(n => n.Id.Place)
            .Concat(selected.Nodes.SelectMany(n => n.DependsOn).Where(id => all.Find(id) is not null).Select(id => id.Place))
            .Distinct();

    private async Task<Plan> Plan(CancellationToken cancel)
    {
        var listing = await new Reach(_all, [.. Places(_all, _selected)], _options.AccountIds)
            .Read(_scope, Reach.Of(_scope), _cloud, _options.Time, cancel);
        _producers.Deployed = listing.Stacks;
        // Read at once, before any stack is compared: what is compared must not wait for what is read.
        (_producers.Deployed, var templates) = await DeployedStacks.WithTemplates(_cloud, _producers.Deployed,
            _selected.Nodes.OfType<StackNode>().Where(IsCompared).Select(n => n.Id), cancel);
        var nodes = await PlanNodes(templates, cancel);
        var orphans = Orphans.Find(_all, _scope, _producers.Deployed, _options.AccountIds);
        var uses = new OutputConsumers(_all, _cloud, _producers.Deployed, templates);
        var own = orphans.Where(o => o.IsOwn).ToImmutableArray();
        var left = _options.Prune || nodes.Any(n => n.HasWork) ? await Orphans.Plan(own, _cloud, cancel) : [];
        nodes = HeldByLeft.Mark(nodes, own.Join(left, o => o.Id, l => l.Stack.Id, (o, l) => (o, l.Before)), _options.AccountIds);
        var doomed = _options.Prune ? left : [];
        var pruned = await Orphans.Free(nodes, doomed, uses, cancel);
        var order = await DeletionOrder.Of(pruned, uses, cancel);
        var keeping = new RetainedOutputs([.. nodes, .. pruned.Select(p => p.Stack)], uses);
        nodes = [.. await Task.WhenAll(nodes.Select(async n => n is PlannedStack { Action: NodeAction.Update } stack
            ? await keeping.Keep(stack, DeployedStacks.Side(templates.GetValueOrDefault(n.Id), stack.Deployed), cancel)
            : n))];
        var unread = await ExternalConsumers.KeepOldValues(_all, _producers, keeping, templates, cancel);
        ImmutableArray<PlannedNode> whole = [.. nodes, .. order.After([.. nodes.Select(n => n.Id)])];
        var (planned, standing) = await new ZoneDeletion(_all, _cloud, _producers.Deployed, uses, whole).Look(isDelete: false, cancel);
        return new Plan
        {
            Scope = _scope,
            IsDelete = false,
            Nodes = planned,
            Problems = [.. InOrder(), .. standing],
            Warnings =
            [
                .. ExternalConsumers.KeepOldValues(_all, _selected, _producers),
                .. unread,
                .. ExternalConsumers.HoldOutputs(_all, nodes, _producers.Deployed),
                .. ExternalConsumers.HoldOrphans(doomed.Except(pruned).Select(d => d.Stack)),
                .. SecretRotation.KeepOldValues(_all, nodes, _producers.Deployed),
            ],
            NotBuilt = _selected.NotBuilt,
            Orphans = _options.Prune ? [] : [.. own.Select(o => o.Id)],
            Unclaimed = [.. orphans.Where(o => !o.IsOwn).Select(o => o.Id)],
            Unseen = listing.Unseen,
            Deployed = _producers.Deployed,
        };
    }

    // Each node as soon as what gives it values is planned: what CloudFormation is asked for one is not waited for by the others.
    private async Task<ImmutableArray<PlannedNode>> PlanNodes(ImmutableDictionary<NodeId, string> templates, CancellationToken cancel)
    {
        var running = new Dictionary<NodeId, Task<PlannedNode>>();
        foreach (var node in _selected.Nodes)
        {
            running[node.Id] = PlanAfter(node, [.. Before(node).Where(running.ContainsKey).Select(id => running[id])],
                templates.GetValueOrDefault(node.Id), cancel);
        }
        return [.. await Task.WhenAll(_selected.Nodes.Select(n => running[n.Id]))];
    }

    private static IEnumerable<NodeId> Before(GraphNode node) => node is ActionNode { Action: var action }
        ? node.DependsOn.Concat(action.After).Concat(action.During is { } host ? [host] : [])
        : node.DependsOn;

    private async Task<PlannedNode> PlanAfter(GraphNode node, Task[] needs, string? template, CancellationToken cancel)
    {
        await Task.WhenAll(needs);
        PlannedNode planned = node switch
        {
            StackNode stack => await PlanStack(stack, template, cancel),
            ActionNode action => await PlanAction(action, cancel),
            _ => throw new InvalidOperationException($"{node.GetType().Name} is no node"),
        };
        _producers.Planned[node.Id] = planned;
        return planned;
    }

    private ImmutableArray<PlanProblem> InOrder()
    {
        var order = _all.Nodes.Select((n, i) => (n.Id, i)).ToDictionary(n => n.Id, n => n.i);
        return
        [
            .. _problems.Distinct().OrderBy(p => order.GetValueOrDefault(p.Node, int.MaxValue))
                .ThenBy(p => p.Message, StringComparer.Ordinal),
        ];
    }

    private bool IsCompared(StackNode node) =>
        !node.Stack.ChangeProtected && _producers.Deployed.TryGetValue(node.Id, out var deployed)
        && StatusDecisions.Of(deployed.Status) is StatusDecision.Update or StatusDecision.Attach or StatusDecision.ContinueRollback;

    private async Task<PlannedStack> PlanStack(StackNode node, string? deployedBody, CancellationToken cancel)
    {
        var stack = node.Stack;
        var deployed = _producers.Deployed.GetValueOrDefault(node.Id);
        var decision = StatusDecisions.Of(deployed?.Status);
        if (decision == StatusDecision.Create && !stack.Enabled)
            return DeployedStacks.Planned(node, NodeAction.Absent, deployed);
        if (stack.ChangeProtected && deployed is not null)
            return DeployedStacks.Planned(node, NodeAction.Protected, deployed);
        if (decision == StatusDecision.Refuse)
        {
            return DeployedStacks.Planned(node, NodeAction.Refused,
                deployed) with { Reason = $"{deployed!.Status.ToWire()}: {StatusDecisions.Remedy(deployed.Status)}" };
        }
        var before = SecretComparison.Masked(DeployedStacks.Side(deployedBody, deployed), stack);
        var images = ImmutableArray.CreateBuilder<(string, string, string)>();
        var revealed = _values.Revealed(node.Id, cancel);
        var secrets = deployedBody is null ? [] : await _secrets.Compare(stack, deployed!, revealed, cancel);
        var parameters = (await Parameters(stack, deployed, before, images, cancel))
            .SetItems(secrets.Select(s => KeyValuePair.Create(s.Parameter, (string?)s.Shown)));
        var value = stack.Template.ToValue();
        var body = TemplateWriter.ToYaml(value);
        var inputs = MovedInputs.Of(stack.Parameters.Where(p => parameters[p.Name] is null).Select(p => (p.Name, p.Source)), _producers);
        var compared = TemplateDiff.Whole(before, new TemplateSide(value, parameters) { Undecided = inputs.Undecided },
            ResourceSchemas.Shared);
        var changes = SecretComparison.Placed(Placed(stack, compared.Changes), secrets);
        if (decision == StatusDecision.Recreate)
        {
            changes = RemainingResources.Below(await RemainingResources.Of(_cloud.CloudFormation(node.Id.Place), deployed!, cancel),
                changes);
        }
        changes = await _names.Mark(node.Id, changes, compared.After, cancel);
        var tagsChange = deployed is not null && !StackTags.AreSame(stack.Tags, deployed.Tags);
        var isSame = changes.IsEmpty && !tagsChange && deployedBody == body && SameParameters(parameters, deployed);
        var action = decision switch
        {
            StatusDecision.Create => NodeAction.Create,
            StatusDecision.Recreate => NodeAction.Recreate,
            StatusDecision.Attach or StatusDecision.ContinueRollback => NodeAction.Settle,
            _ => isSame ? NodeAction.None : NodeAction.Update,
        };
        var planned = new PlannedStack(node, action)
        {
            Deployed = deployed,
            Body = body,
            Parameters = parameters,
            Changes = changes,
            Secrets = secrets,
            TagsChange = tagsChange,
            NewerImages = images.DrainToImmutable(),
            Reason = action == NodeAction.Settle ? $"{deployed!.Status.ToWire()}: waits for its end first" : Emptied(stack, action),
        };
        if (action == NodeAction.Update && _options.ChangeSets)
            planned = await ChangeSetCheck.Ask(_cloud, planned, revealed, _options.Time, cancel);
        return Followed(planned, compared, inputs);
    }

    private static string? Emptied(Stack stack, NodeAction action) =>
        action == NodeAction.Update && !stack.Enabled && stack.Template.Resources.All(r => r.LogicalId == Resource.Placeholder.LogicalId)
            ? "disabled: emptied"
            : null;

    // What CloudFormation alone sees to be replaced moves others as well.
    private PlannedStack Followed(PlannedStack planned, TemplateComparison compared, MovedInputs inputs)
    {
        var known = compared.Changes.Where(c => c.Kind == ChangeKind.Replace).Select(c => c.LogicalId).ToHashSet(StringComparer.Ordinal);
        if (planned.Changes.Any(c => c.Kind == ChangeKind.Replace && !known.Contains(c.LogicalId)))
        {
            compared = FollowedChanges.Of(compared with { Changes = planned.Changes }, ResourceSchemas.Shared);
            planned = planned with { Changes = Placed(planned.Stack, compared.Changes) };
        }
        _producers.NoteMoved(planned.StackNode, compared, inputs);
        return planned with { Changes = [.. planned.Changes.Select(inputs.Named)] };
    }

    private ImmutableArray<ResourceChange> Placed(Stack stack, ImmutableArray<ResourceChange> changes) =>
    [
        .. changes.Select(change => change.Source.IsNone
            ? SourceLines.Place(change with { Source = stack.Template.Find(change.LogicalId)?.Source ?? default }, stack, _all.Objects)
            : change),
    ];

    private async Task<ImmutableSortedDictionary<string, string?>> Parameters(
        Stack stack, DeployedStack? deployed, TemplateSide before, ImmutableArray<(string, string, string)>.Builder images,
        CancellationToken cancel)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        var known = _values.For(stack.Id, cancel);
        foreach (var parameter in stack.Parameters)
        {
            var stays = deployed?.Parameters.GetValueOrDefault(parameter.Name) is { } value
                && parameter.Source.Keeps(OriginOf(parameter.Name, before))
                ? value
                : null;
            // What is kept for good is not even asked for; of what is looked up, people want to know that there is something newer.
            var wanted = stays is not null && parameter.Source.Origin is null ? stays : await parameter.Source.Value(known);
            if (stays is not null && wanted is { Length: > 0 } newest && newest != stays)
                images.Add((parameter.Name, stays, newest));
            values[parameter.Name] = stays is not null && !(_options.RefreshImages && wanted is { Length: > 0 }) ? stays : wanted;
        }
        return values.ToImmutable();
    }

    private static string? OriginOf(string parameter, TemplateSide before) =>
        ((before.Template["Metadata"] as MapValue)?[Stack.ImagesKey] as MapValue)?[parameter] is TextValue { Text: var origin }
            ? origin
            : null;

    private static bool SameParameters(ImmutableSortedDictionary<string, string?> parameters, DeployedStack? deployed) =>
        deployed is not null
        && parameters.All(p => p.Value is not null && deployed.Parameters.GetValueOrDefault(p.Key) == p.Value);

    // ---- actions ---------------------------------------------------------------------------------------------

    private async Task<PlannedAction> PlanAction(ActionNode node, CancellationToken cancel)
    {
        if (!node.Enabled)
            return new PlannedAction(node, NodeAction.Absent, ActionState.Absent);
        var inputs = await node.Action.Values(_values.For(node.Id, cancel));
        // What it works with is not there yet, or at work with something else, so its result is not what is there now.
        var during = node.Action.During is { } host && _producers.Planned.TryGetValue(host, out var stack)
            && stack.Action is NodeAction.Create or NodeAction.Recreate or NodeAction.Settle;
        var after = node.Action.After.Any(id => _producers.Planned.TryGetValue(id, out var n)
            && n.Action is NodeAction.Create or NodeAction.Recreate);
        if (during || after)
            return new PlannedAction(node, NodeAction.Create, ActionState.Absent);
        if (inputs.Count < node.Action.Inputs.Length)
            return await PlanMoved(node, inputs, cancel);
        var state = await node.Action.Read(_cloud, inputs, cancel);
        return new PlannedAction(node, state.IsCurrent ? NodeAction.None : state.Exists ? NodeAction.Update : NodeAction.Create,
            state) { Reason = state.Detail };
    }

    // It is done with what the run gives it; whether that makes it anew is told by what it finds with what it was given before.
    private async Task<PlannedAction> PlanMoved(ActionNode node, ImmutableDictionary<string, string> known, CancellationToken cancel)
    {
        var before = await node.Action.Values(_deployedValues.For(node.Id, cancel));
        if (before.Count < node.Action.Inputs.Length || await node.Action.Read(_cloud, before, cancel) is not { Exists: true } state)
            return new PlannedAction(node, NodeAction.Create, ActionState.Absent);
        var moved = MovedInputs.Of(node.Action.Inputs.Where(i => !known.ContainsKey(i.Key)).Select(i => (i.Key, i.Value)), _producers);
        return new PlannedAction(node, NodeAction.Update, state with { IsCurrent = false })
        {
            Reason = $"follows from {string.Join(", ", moved.Causes)}",
        };
    }
}
