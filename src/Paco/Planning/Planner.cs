using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.CloudFormation;
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

    /// <summary>
    /// What earlier commands saw of deployed templates; null where nothing is kept. It changes nothing but the number of calls.
    /// </summary>
    public IKeptDigests? Digests { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>
/// Compares the project with what is deployed, over the whole scope: one listing an account and region, one template a
/// deployed stack that nobody has seen before, nothing changed. Values that only this run will make stay unknown and are carried
/// through references.
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
    private readonly StackPlanner _stacks;
    private readonly ActionPlanner _actions;

    private Planner(StackGraph all, Scope scope, ICloud cloud, PlanOptions options)
    {
        (_all, _selected, _scope, _cloud, _options) = (all, all.Within(scope), scope, cloud, options);
        _producers = new OutputValues(all, _selected, _problems);
        var values = new PlannedValues(cloud, options.AccountIds, _producers.OutputOf, _problems);
        _stacks = new StackPlanner(all.Objects, cloud, options, _producers, values);
        _actions = new ActionPlanner(cloud, _producers, values,
            new PlannedValues(cloud, options.AccountIds, _producers.DeployedOf, _problems));
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
        (_producers.Deployed, var templates) = await Templates(cancel);
        var nodes = await PlanNodes(templates, cancel);
        var orphans = Orphans.Find(_all, _scope, _producers.Deployed, _options.AccountIds);
        var uses = new OutputConsumers(_all, _cloud, _producers.Deployed, templates);
        var own = orphans.Where(o => o.IsOwn).ToImmutableArray();
        var goes = own.Where(o => _options.Prune || o.GoesUnasked).Select(o => o.Id).ToHashSet();
        var left = await Orphans.Plan(own, _cloud, cancel);
        nodes = TakenPlaces.Settle(nodes, own.Join(left, o => o.Id, l => l.Stack.Id, (o, l) => (o, l.Before)), _options.AccountIds);
        ImmutableArray<(PlannedStack Stack, TemplateSide Before)> doomed = [.. left.Where(l => goes.Contains(l.Stack.Id))];
        var pruned = await Orphans.Free(nodes, doomed, uses, cancel);
        var order = await DeletionOrder.Of(pruned, uses, cancel);
        var keeping = new RetainedOutputs([.. nodes, .. pruned.Select(p => p.Stack)], uses);
        nodes = [.. await Task.WhenAll(nodes.Select(async n => n is PlannedStack { Action: NodeAction.Update } stack
            ? await Used(stack, DeployedStacks.Side(templates.GetValueOrDefault(n.Id), stack.Deployed), keeping, uses, cancel)
            : n))];
        nodes = BlockedNodes.Refuse(TakenPlaces.RefuseCircles(nodes));
        var unread = await ExternalConsumers.KeepOldValues(_all, _producers, keeping, templates, cancel);
        ImmutableArray<PlannedNode> whole = [.. nodes, .. order.After([.. nodes.Select(n => n.Id)])];
        var needs = await new PolicyNeeds(_all, _selected, _cloud, _producers.Deployed).Of(nodes, cancel);
        var leftActions = await LeftActions.Find(_all, _selected, _scope, Reach.Of(_scope), _cloud, _options, cancel);
        if (_options.Prune)
            whole = [.. whole, .. leftActions.After([.. whole.Select(n => n.Id)])];
        var cleared = await new Obstacles(_cloud, whole, new ZoneRecords(_all, _cloud, _producers.Deployed, uses, whole),
            new UserAccess(_cloud), new BucketContents(_cloud), new VaultContents(_cloud), new RepositoryContents(_cloud))
            .Look(isDelete: false, cancel);
        var (unset, unknown) = await UnsetSecrets.Find(nodes, _cloud, cancel);
        return new Plan
        {
            Scope = _scope,
            IsDelete = false,
            Part = _selected,
            AccountIds = _options.AccountIds,
            UnsetSecrets = unset,
            Nodes = cleared.Nodes,
            Problems = [.. InOrder(), .. needs, .. cleared.Problems],
            Warnings =
            [
                .. ExternalConsumers.KeepOldValues(_all, _selected, _producers),
                .. unread,
                .. ExternalConsumers.HoldOutputs(_all, nodes, _producers.Deployed),
                .. ExternalConsumers.HoldOrphans(doomed.Except(pruned).Select(d => d.Stack)),
                .. SecretRotation.KeepOldValues(_all, nodes, _producers.Deployed),
                .. await GuessablePasswords.Find(nodes, _cloud, cancel),
                .. cleared.Warnings,
                .. unknown,
            ],
            NotBuilt = _selected.NotBuilt,
            Orphans = _options.Prune ? [] : [.. own.Select(o => o.Id).Except(goes), .. leftActions.Ids],
            HeldBack = [.. doomed.Except(pruned).Select(d => d.Stack.Id)],
            LeftData = _options.Prune
                ? []
                : [.. LeftData.In(left.Select(l => l.Stack).Where(s => !goes.Contains(s.Id))), .. leftActions.Data],
            KeptLogs = [.. Planning.KeptLogs.Of(own.Where(o => goes.Contains(o.Id)), _selected, _producers.Deployed)],
            Unclaimed = [.. orphans.Where(o => !o.IsOwn).Select(o => o.Id)],
            Unseen = leftActions.AndUnseen(listing.Unseen),
            Deployed = _producers.Deployed,
            Findings = await Findings.Of(
                cleared.Nodes.OfType<PlannedStack>().Where(s => s is { Deployed: not null, Action: not NodeAction.Delete })
                    .Select(s => (s.Stack, (IReadOnlyDictionary<string, string>)s.Deployed!.Outputs)), _cloud, cancel),
        };
    }

    private async Task<(ImmutableDictionary<NodeId, DeployedStack>, ImmutableDictionary<NodeId, string>)> Templates(
        CancellationToken cancel)
    {
        var compared = _selected.Nodes.OfType<StackNode>().Where(IsCompared).ToList();
        var seen = new SeenTemplates(_options.Digests, _producers.Deployed, _options.Time);
        var known = seen.Known(compared.Select(n => (n.Id, (Func<string>)(() => TemplateWriter.ToYaml(n.Stack.Template)))));
        var (deployed, read) = await DeployedStacks.WithTemplates(_cloud, _producers.Deployed,
            compared.Select(n => n.Id).Where(id => !known.ContainsKey(id)), cancel);
        seen.Note(read);
        return (deployed, known.AddRange(read));
    }

    // What it has to keep for others, and whom it takes the ground from.
    private static async Task<PlannedStack> Used(PlannedStack stack, TemplateSide before, RetainedOutputs keeping, OutputConsumers uses,
        CancellationToken cancel)
    {
        if (stack.First is { Gone: { IsEmpty: false } gone }
            && await uses.Of(stack, before, cancel, gone) is { IsEmpty: false } users)
        {
            return DeployedStacks.Refused(stack, $"{string.Join(", ", gone)} would have to go before it can come anew, and is used by "
                + $"{string.Join(", ", users.Select(u => u.Name))}: write it anew under another name, then take the old one out");
        }
        var kept = await keeping.Keep(stack, before, cancel);
        if (stack.First is not null && kept.First != stack.First)
        {
            return DeployedStacks.Refused(stack, "what leaves it is still used, and something else in it has to give way: "
                + "make the two changes in two runs");
        }
        return kept.ReplacedCarriers.ToList() is { Count: > 0 } carriers
            ? kept with { UsedBy = await uses.Of(kept, before, cancel, carriers) }
            : kept;
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
            StackNode stack => await _stacks.Plan(stack, template, cancel),
            ActionNode action => await _actions.Plan(action, cancel),
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
}
