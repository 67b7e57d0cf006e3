using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning;

/// <summary>How a stack, or what an action made, stands to the project.</summary>
public enum StackState
{
    /// <summary>The project makes it, and it is there.</summary>
    Deployed,

    /// <summary>The project makes it, and it is not there yet.</summary>
    Missing,

    /// <summary>It is disabled, and not there.</summary>
    Disabled,

    /// <summary>It is there, of a part of the project that this version does not build.</summary>
    NotBuilt,

    /// <summary>It is there and left the configuration.</summary>
    Left,

    /// <summary>It is there, the configuration does not make it, and it may be another project's.</summary>
    Unclaimed,
}

/// <summary>A stack of the project, or one that was.</summary>
/// <param name="Ref">The object it is made for; of what left, as far as the stack says it.</param>
/// <param name="Deployed">Null where it is not there.</param>
public sealed record InventoryStack(NodeId Id, ObjectPath Ref, string Title, StackState State, DeployedStack? Deployed);

/// <summary>What an action made, or is to make, where people look for it by itself: a key pair.</summary>
/// <param name="Detail">What it is told from others by: a fingerprint. Null where there is nothing to say.</param>
public sealed record InventoryAction(NodeId Id, ObjectPath Ref, string Title, StackState State, string? Detail)
{
    internal ImmutableSortedDictionary<string, string> Outputs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>An output of a deployed stack.</summary>
/// <param name="Name">Its key in the template: <c>LoadBalancerDNSName</c>.</param>
/// <param name="Value">Null where it is secret.</param>
/// <param name="Refs">What references lead to it: <c>netenv.mynet.dev.….alb.dnsname</c>.</param>
public sealed record InventoryOutput(InventoryStack Stack, string Name, string? Value, ImmutableArray<ObjectPath> Refs);

/// <summary>What there is of a scope: what the project makes, what is deployed of it, what left.</summary>
public sealed record Inventory
{
    public required Scope Scope { get; init; }

    /// <summary>Those the project makes in the order of the graph, then what is not built yet, then what left, the newest first.</summary>
    public required ImmutableArray<InventoryStack> Stacks { get; init; }

    /// <summary>What actions make, in the order of the graph, then what they once made and left.</summary>
    public required ImmutableArray<InventoryAction> Actions { get; init; }

    /// <summary>How people reach what is there.</summary>
    public required ImmutableArray<KnownAddress> Addresses { get; init; }

    /// <summary>The log groups that what is there, or is to be, writes to.</summary>
    public required ImmutableArray<KnownLog> Logs { get; init; }

    /// <summary>What is deployed, as far as it was read.</summary>
    internal KnownValues Values { get; init; } = new(_ => null, ImmutableDictionary<string, string>.Empty);

    /// <summary>Parts of the scope that are not built yet, deployed or not.</summary>
    public required ImmutableArray<NotBuiltStack> NotBuilt { get; init; }

    /// <summary>Where nobody could look for what has left.</summary>
    public required ImmutableArray<UnseenPlace> Unseen { get; init; }

    /// <summary>Throws <see cref="CloudException"/> where an account or region that the scope needs cannot be read.</summary>
    /// <param name="everywhere">Look for what left also in regions that the project no longer uses.</param>
    public static async Task<Inventory> Of(StackGraph graph, Scope scope, ICloud cloud, PlanOptions options, bool everywhere,
        CancellationToken cancel)
    {
        var selected = graph.Within(scope);
        var places = selected.Nodes.OfType<StackNode>().Select(n => n.Id.Place).Distinct().ToImmutableArray();
        var width = everywhere ? Reach.Width.Everywhere : Reach.Of(scope);
        var looking = LeftActions.Find(graph, selected, scope, width, cloud, options, cancel);
        var listing = await new Reach(graph, places, options.AccountIds).Read(scope, width, cloud, options.Time, cancel);
        var deployed = listing.Stacks;
        var values = new KnownValues(deployed, options.AccountIds);
        var made = await Task.WhenAll(selected.Nodes.OfType<ActionNode>().Where(n => n.Action.IsListed)
            .Select(n => Configured(n, cloud, values, cancel)));
        var there = made.Where(m => m.State == StackState.Deployed).ToDictionary(m => m.Id, m => m.Outputs);
        var left = await looking;
        var notBuilt = selected.NotBuilt.DistinctBy(n => (n.Name, n.Region)).ToDictionary(n => (n.Name, n.Region));
        return new Inventory
        {
            Scope = scope,
            Stacks =
            [
                .. selected.Nodes.OfType<StackNode>().Select(n => Configured(n.Stack, deployed.GetValueOrDefault(n.Id))),
                .. from one in deployed.OrderBy(d => d.Key)
                   let part = notBuilt.GetValueOrDefault((one.Key.Name, one.Key.Place.Region))
                   where part is not null
                   select new InventoryStack(one.Key, part.Ref, part.Title, StackState.NotBuilt, one.Value),
                .. from orphan in Orphans.Find(graph, scope, deployed, options.AccountIds)
                   let state = orphan.IsOwn ? StackState.Left : StackState.Unclaimed
                   select new InventoryStack(orphan.Id, orphan.Ref, orphan.Id.Name, state, orphan.Stack),
            ],
            Actions =
            [
                .. made,
                .. from one in left.All
                   let action = one.Action
                   select new InventoryAction(action.Id, action.Ref, action.Title, StackState.Left, one.State.Detail),
            ],
            Addresses = await KnownAddress.Of(selected, new KnownValues(
                id => there.GetValueOrDefault(id) ?? deployed.GetValueOrDefault(id)?.Outputs, options.AccountIds)),
            Logs = await KnownLog.Of(selected, values),
            Values = values,
            NotBuilt = selected.NotBuilt,
            Unseen = left.AndUnseen(listing.Unseen),
        };
    }

    /// <summary>The outputs of what is deployed. Of a stack that left, its template says which are secret, and is read for it.</summary>
    public async Task<ImmutableArray<InventoryOutput>> Outputs(StackGraph graph, ICloud cloud, CancellationToken cancel)
    {
        var there = Stacks.Where(s => s.Deployed is { Outputs.Count: > 0 }).ToList();
        var templates = await DeployedStacks.Templates(cloud, there.Where(s => graph.Find(s.Id) is null).Select(s => s.Id), cancel);
        return
        [
            .. from stack in there
               let made = (graph.Find(stack.Id) as StackNode)?.Stack
               let template = made?.Template.ToValue() ?? TemplateReader.Read(templates[stack.Id])
               from output in stack.Deployed!.Outputs
               let refs = made?.Outputs.Where(o => o.Key == output.Key).SelectMany(o => o.Refs).Select(r => new ObjectPath(r)) ?? []
               select new InventoryOutput(stack, output.Key, SecretOutputs.IsSecret(template, output.Key) ? null : output.Value, [.. refs]),
        ];
    }

    /// <summary>What somebody must see to about what is deployed.</summary>
    public Task<ImmutableArray<StackFinding>> Findings(StackGraph graph, ICloud cloud, CancellationToken cancel) => Planning.Findings.Of(
        from one in Stacks
        where one.Deployed is not null
        let node = graph.Find(one.Id) as StackNode
        where node is not null
        select (node.Stack, (IReadOnlyDictionary<string, string>)one.Deployed!.Outputs), cloud, cancel);

    /// <summary>The servers of the scope as they are at this moment.</summary>
    public Task<(ImmutableArray<Server> Servers, ImmutableArray<StackFinding> Unasked)> Servers(StackGraph graph, ICloud cloud,
        CancellationToken cancel) =>
        new Servers(graph, Values, cloud).Of(Scope, cancel);

    private static InventoryStack Configured(Stack stack, DeployedStack? deployed) => new(stack.Id, stack.Ref, stack.Title,
        deployed is not null ? StackState.Deployed : stack.Enabled ? StackState.Missing : StackState.Disabled, deployed);

    private static async Task<InventoryAction> Configured(ActionNode node, ICloud cloud, KnownValues values,
        CancellationToken cancel)
    {
        var action = node.Action;
        var inputs = await action.Values(values);
        var state = inputs.Count < action.Inputs.Length ? ActionState.Absent : await action.Read(cloud, inputs, cancel);
        var stands = state.Exists ? StackState.Deployed : node.Enabled ? StackState.Missing : StackState.Disabled;
        return new InventoryAction(action.Id, action.Ref, action.Title, stands, state.Detail) { Outputs = state.Outputs };
    }
}
