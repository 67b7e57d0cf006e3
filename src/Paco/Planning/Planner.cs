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
public sealed record PlanOptions(IReadOnlyDictionary<string, string> AccountIds, bool RefreshImages = false);

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
    private readonly Dictionary<NodeId, PlannedNode> _planned = [];
    private readonly List<PlanProblem> _problems = [];
    private readonly HashSet<(NodeId, string)> _moved = [];
    private readonly Values _values;
    private ImmutableDictionary<NodeId, DeployedStack> _deployed = ImmutableDictionary<NodeId, DeployedStack>.Empty;

    private Planner(StackGraph all, Scope scope, ICloud cloud, PlanOptions options)
    {
        (_all, _selected, _scope, _cloud, _options) = (all, all.Within(scope), scope, cloud, options);
        _values = new Values(cloud, options.AccountIds, OutputOf, _problems);
    }

    /// <summary>Plans bringing the scope to what the project says. Throws <see cref="CloudException"/> where the cloud cannot be read.</summary>
    public static Task<Plan> Plan(StackGraph graph, Scope scope, ICloud cloud, PlanOptions options, CancellationToken cancel) =>
        new Planner(graph, scope, cloud, options).Plan(cancel);

    /// <summary>Plans deleting everything in the scope, in reverse order.</summary>
    public static Task<Plan> PlanDelete(StackGraph graph, Scope scope, ICloud cloud, PlanOptions options, CancellationToken cancel) =>
        new Planner(graph, scope, cloud, options).PlanDelete(cancel);

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
        _deployed = await Sweep.Read(_cloud, Places(_all, _selected), cancel).ConfigureAwait(false);
        var templates = await Templates(cancel).ConfigureAwait(false);
        foreach (var node in _selected.Nodes)
        {
            _planned[node.Id] = node switch
            {
                StackNode stack => await PlanStack(stack, templates.GetValueOrDefault(node.Id), cancel).ConfigureAwait(false),
                ActionNode action => await PlanAction(action, cancel).ConfigureAwait(false),
                _ => throw new InvalidOperationException($"{node.GetType().Name} is no node"),
            };
        }
        return Finished([.. _selected.Nodes.Select(n => _planned[n.Id])], isDelete: false);
    }

    private Plan Finished(ImmutableArray<PlannedNode> nodes, bool isDelete) => new()
    {
        Scope = _scope,
        IsDelete = isDelete,
        Nodes = nodes,
        Problems = [.. _problems.Distinct()],
        Deployed = _deployed,
    };

    // Read at once, before any stack is compared: what is compared must not wait for what is read.
    private async Task<ImmutableDictionary<NodeId, string>> Templates(CancellationToken cancel)
    {
        var reads = _selected.Nodes.OfType<StackNode>()
            .Where(n => !n.Stack.ChangeProtected && _deployed.TryGetValue(n.Id, out var d) && StatusDecisions.Of(d.Status) is StatusDecision.Update or StatusDecision.Attach or StatusDecision.ContinueRollback)
            .Select(async n => KeyValuePair.Create(n.Id, await _cloud.CloudFormation(n.Id.Place).GetTemplate(n.Id.Name, cancel).ConfigureAwait(false)));
        return (await Task.WhenAll(reads).ConfigureAwait(false)).ToImmutableDictionary();
    }

    private async Task<PlannedStack> PlanStack(StackNode node, string? deployedBody, CancellationToken cancel)
    {
        var stack = node.Stack;
        var deployed = _deployed.GetValueOrDefault(node.Id);
        var decision = StatusDecisions.Of(deployed?.Status);
        if (decision == StatusDecision.Create && !stack.Enabled)
            return Simple(node, NodeAction.Absent, deployed);
        if (stack.ChangeProtected && deployed is not null)
            return Simple(node, NodeAction.Protected, deployed);
        if (decision == StatusDecision.Refuse)
            return Simple(node, NodeAction.Refused, deployed) with { Reason = $"{deployed!.Status.ToWire()}: {StatusDecisions.WayOut(deployed.Status)}" };
        var before = Side(deployedBody, deployed);
        var images = ImmutableArray.CreateBuilder<(string, string, string)>();
        var parameters = await Parameters(stack, deployed, before, images, cancel).ConfigureAwait(false);
        var value = stack.Template.ToValue();
        var body = TemplateWriter.ToYaml(value);
        var changes = Changes(stack, before, new TemplateSide(value, parameters));
        if (decision == StatusDecision.Recreate)
            changes = OnTopOf(await Remains.Of(_cloud.CloudFormation(node.Id.Place), deployed!, cancel).ConfigureAwait(false), changes);
        _moved.UnionWith(stack.Template.Outputs.Where(o => !TemplateDiff.SameOutput(o.Key, before, new TemplateSide(value, parameters))).Select(o => (stack.Id, o.Key)));
        var tagsChange = deployed is not null && !SameTags(stack, deployed);
        var isSame = changes.IsEmpty && !tagsChange && deployedBody == body && SameParameters(parameters, deployed);
        var action = decision switch
        {
            StatusDecision.Create => NodeAction.Create,
            StatusDecision.Recreate => NodeAction.Recreate,
            StatusDecision.Attach or StatusDecision.ContinueRollback => NodeAction.Settle,
            _ => isSame ? NodeAction.None : NodeAction.Update,
        };
        return new PlannedStack(node, action)
        {
            Deployed = deployed,
            Body = body,
            Parameters = parameters,
            Changes = changes,
            TagsChange = tagsChange,
            NewerImages = images.DrainToImmutable(),
            Reason = action == NodeAction.Settle ? $"{deployed!.Status.ToWire()}: waits for its end first" : null,
        };
    }

    // What a failed creation left behind goes first, and may hold data by now.
    private static ImmutableArray<ResourceChange> OnTopOf(ImmutableArray<ResourceChange> remains, ImmutableArray<ResourceChange> made)
    {
        var left = remains.ToDictionary(r => r.LogicalId, StringComparer.Ordinal);
        return
        [
            .. made.Select(m => left.Remove(m.LogicalId, out var old) ? m with { Kind = ChangeKind.Replace, DeletionPolicy = old.DeletionPolicy } : m),
            .. left.Values,
        ];
    }

    private static PlannedStack Simple(StackNode node, NodeAction action, DeployedStack? deployed) => new(node, action)
    {
        Deployed = deployed,
        Body = "",
        Parameters = ImmutableSortedDictionary<string, string?>.Empty,
    };

    private static TemplateSide Side(string? body, DeployedStack? deployed) =>
        body is null || deployed is null || TemplateReader.Read(body) is not { } template
            ? TemplateSide.Empty
            : new TemplateSide(template, deployed.Parameters.ToDictionary(p => p.Key, p => (string?)p.Value));

    private static ImmutableArray<ResourceChange> Changes(Stack stack, TemplateSide before, TemplateSide after) =>
    [
        .. TemplateDiff.Compare(before, after, ResourceSchemas.Shared)
            .Select(change => change with { Source = stack.Template.Find(change.LogicalId)?.Source ?? default }),
    ];

    private async Task<ImmutableSortedDictionary<string, string?>> Parameters(
        Stack stack, DeployedStack? deployed, TemplateSide before, ImmutableArray<(string, string, string)>.Builder images, CancellationToken cancel)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        foreach (var parameter in stack.Parameters)
        {
            if (parameter.Source is KeepDeployedSource && deployed?.Parameters.GetValueOrDefault(parameter.Name) is { } stays)
            {
                values[parameter.Name] = stays;
                continue;
            }
            var value = await _values.Of(parameter.Source, stack.Id, cancel).ConfigureAwait(false);
            if (parameter.Source is ImageSource image && KeptImage(parameter.Name, image, deployed, before) is { } kept && kept != value)
            {
                if (value is { Length: > 0 } newest)
                    images.Add((parameter.Name, kept, newest));
                value = _options.RefreshImages ? value : kept;
            }
            values[parameter.Name] = value;
        }
        return values.ToImmutable();
    }

    // Once deployed, an image is kept until the reference itself changes: a new image would replace instances nobody asked to replace.
    private static string? KeptImage(string parameter, ImageSource image, DeployedStack? deployed, TemplateSide before) =>
        deployed?.Parameters.GetValueOrDefault(parameter) is { } value
        && before.Template["Metadata"] is MapValue metadata && metadata[Stack.ImagesKey] is MapValue images
        && images[parameter] is TextValue { Text: var name } && name == image.ParameterName
            ? value
            : null;

    private static bool SameTags(Stack stack, DeployedStack deployed) =>
        stack.Tags.Length == deployed.Tags.Count && stack.Tags.All(t => deployed.Tags.GetValueOrDefault(t.Key) == t.Value);

    private static bool SameParameters(ImmutableSortedDictionary<string, string?> parameters, DeployedStack? deployed) =>
        deployed is not null && parameters.All(p => p.Value is not null && deployed.Parameters.GetValueOrDefault(p.Key) is { } known && (known == p.Value || known == Values.Masked));

    // ---- outputs of other nodes --------------------------------------------------------------------------------------

    private Known OutputOf(NodeId node, string key)
    {
        if (_planned.TryGetValue(node, out var planned))
            return planned switch
            {
                PlannedStack stack => OutputOf(stack, key),
                PlannedAction { Action: NodeAction.None } action => new Known(action.State.Outputs.GetValueOrDefault(key)),
                _ => new Known(null),
            };
        if (_deployed.TryGetValue(node, out var deployed) && deployed.Outputs.TryGetValue(key, out var value))
            return new Known(value);
        if (_selected.Find(node) is null)
            _problems.Add(new PlanProblem(node, $"{node.Name} in {node.Place} is not provisioned yet, and its {key} is needed", Hint(node)));
        return new Known(null);
    }

    private string? Hint(NodeId node) => _all.Find(node) is { } missing ? $"paco provision {ScopeOf(missing.Ref)}" : null;

    private static string ScopeOf(string reference) => reference.Split('.') switch
    {
        ["netenv", var ne, var environment, ..] => $"netenv.{ne}.{environment}",
        ["resource", "ec2", ..] => "resource.ec2.keypairs",
        ["resource", var type, ..] => $"resource.{type}",
        var parts => parts[0],
    };

    // A deployed output is good as long as nothing it is made of changes.
    private Known OutputOf(PlannedStack stack, string key)
    {
        if (stack.Deployed is null || stack.Action is not (NodeAction.None or NodeAction.Update or NodeAction.Protected))
            return new Known(null);
        if (!stack.Deployed.Outputs.TryGetValue(key, out var value))
            return new Known(null);
        var source = stack.Stack.Template.Outputs.FirstOrDefault(o => o.Key == key)?.Value;
        if (_moved.Contains((stack.Id, key)))
            return new Known(null);
        var touched = stack.Changes.Where(c => c.Kind != ChangeKind.Delete).ToDictionary(c => c.LogicalId, StringComparer.Ordinal);
        return new Known(source is not null && touched.Count > 0 && MayMove(source, touched) ? null : value);
    }

    // A new resource has other attributes; a changed one only those that are the changed properties themselves.
    private static bool MayMove(Value value, Dictionary<string, ResourceChange> touched) => value switch
    {
        RefValue r => IsNew(r.LogicalId, touched),
        GetAttValue g => IsNew(g.LogicalId, touched)
            || (touched.TryGetValue(g.LogicalId, out var change) && change.Properties.Any(p => p.Path == g.Attribute || p.Path.StartsWith(g.Attribute + ".", StringComparison.Ordinal))),
        FunctionValue { Name: "Fn::Sub", Argument: TextValue t } => touched.Keys.Any(id => IsNew(id, touched) && t.Text.Contains($"${{{id}", StringComparison.Ordinal)),
        FunctionValue f => MayMove(f.Argument, touched),
        ListValue l => l.Items.Any(i => MayMove(i, touched)),
        MapValue m => m.Any(e => MayMove(e.Value, touched)),
        _ => false,
    };

    private static bool IsNew(string id, Dictionary<string, ResourceChange> touched) =>
        touched.TryGetValue(id, out var change) && change.Kind is ChangeKind.Replace or ChangeKind.Create;

    // ---- actions and deletions ---------------------------------------------------------------------------------------

    private async Task<PlannedNode> PlanAction(ActionNode node, CancellationToken cancel)
    {
        if (!node.Enabled)
            return new PlannedAction(node, NodeAction.Absent, ActionState.Absent);
        var inputs = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var (name, source) in node.Action.Inputs)
        {
            if (await _values.Of(source, node.Id, cancel).ConfigureAwait(false) is { } value)
                inputs[name] = value;
        }
        // What it works with is not there yet, so neither is its result.
        var during = node.Action.During is { } host && _planned.TryGetValue(host, out var stack) && stack.Action is NodeAction.Create or NodeAction.Recreate;
        var after = node.Action.After.Any(id => _planned.TryGetValue(id, out var n) && n.Action is NodeAction.Create or NodeAction.Recreate);
        if (inputs.Count < node.Action.Inputs.Length || during || after)
            return new PlannedAction(node, NodeAction.Create, ActionState.Absent);
        var state = await node.Action.Read(_cloud, inputs.ToImmutable(), cancel).ConfigureAwait(false);
        return new PlannedAction(node, state.IsCurrent ? NodeAction.None : state.Exists ? NodeAction.Update : NodeAction.Create, state) { Reason = state.Detail };
    }

    private async Task<Plan> PlanDelete(CancellationToken cancel)
    {
        _deployed = await Sweep.Read(_cloud, _selected.Nodes.Select(n => n.Id.Place), cancel).ConfigureAwait(false);
        var nodes = ImmutableArray.CreateBuilder<PlannedNode>();
        foreach (var node in _selected.Nodes.Reverse())
        {
            nodes.Add(node switch
            {
                StackNode stack => await PlanDelete(stack, cancel).ConfigureAwait(false),
                ActionNode action => await PlanDelete(action, cancel).ConfigureAwait(false),
                _ => throw new InvalidOperationException($"{node.GetType().Name} is no node"),
            });
        }
        return Finished(nodes.DrainToImmutable(), isDelete: true);
    }

    private async Task<PlannedStack> PlanDelete(StackNode node, CancellationToken cancel)
    {
        if (_deployed.GetValueOrDefault(node.Id) is not { } deployed)
            return Simple(node, NodeAction.Absent, null);
        if (node.Stack.ChangeProtected)
            return Simple(node, NodeAction.Protected, deployed);
        var body = await _cloud.CloudFormation(node.Id.Place).GetTemplate(node.Id.Name, cancel).ConfigureAwait(false);
        var changes = TemplateDiff.Compare(Side(body, deployed), TemplateSide.Empty, ResourceSchemas.Shared);
        return Simple(node, NodeAction.Delete, deployed) with { Changes = changes };
    }

    private async Task<PlannedNode> PlanDelete(ActionNode node, CancellationToken cancel)
    {
        var inputs = node.Action.Inputs
            .Select(i => (i.Key, Value: i.Value is OutputSource o && _deployed.TryGetValue(o.Node, out var d) ? d.Outputs.GetValueOrDefault(o.Key) : (i.Value as LiteralSource)?.Text))
            .Where(i => i.Value is not null)
            .ToImmutableDictionary(i => i.Key, i => i.Value!);
        var state = inputs.Count < node.Action.Inputs.Length ? ActionState.Absent : await node.Action.Read(_cloud, inputs, cancel).ConfigureAwait(false);
        return new PlannedAction(node, state.Exists ? NodeAction.Delete : NodeAction.Absent, state);
    }
}
