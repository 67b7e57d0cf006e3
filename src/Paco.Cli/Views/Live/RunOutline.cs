using System.Collections.Immutable;
using Paco.Applying;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Views.Live;

/// <summary>One node of a run, as far as a view has to know it.</summary>
internal sealed record RunNode(NodeId Id, string Title)
{
    public bool HasWork { get; init; } = true;

    /// <summary>Logical ids of the resources that change.</summary>
    public ImmutableHashSet<string> Changed { get; init; } = [];

    /// <summary>Nodes whose end it waits for.</summary>
    public ImmutableArray<NodeId> Needs { get; init; } = [];

    /// <summary>The stack it works for, whose start it waits for.</summary>
    public NodeId? Host { get; init; }

    public string Where => $"{Id.Place.Account} {Id.Place.Region}";
}

/// <summary>What is going to happen, before anything has: what a run's events are held against.</summary>
/// <param name="Verb">Provision, Delete or Recover.</param>
internal sealed record RunOutline(string Verb, Scope Scope, ImmutableArray<RunNode> Nodes)
{
    public Estimate? Estimate { get; init; }

    /// <summary>The share of the estimated time it takes here; 0 where there is no telling.</summary>
    public double Pace { get; init; }

    /// <summary>What has nothing to do waits for its needs all the same, and whatever needs it waits with it.</summary>
    public bool IdleNodesWait { get; init; }

    public static RunOutline Of(Plan plan, double pace)
    {
        var (waits, hosts) = (RunDependencies.Of(plan), RunDependencies.Hosts(plan));
        return new RunOutline(plan.IsDelete ? "Delete" : "Provision", plan.Scope,
        [
            .. plan.Nodes.Select(n => new RunNode(n.Id, n.Node.Title)
            {
                HasWork = n.HasWork,
                Changed = n is PlannedStack stack ? [.. stack.Changes.Select(c => c.LogicalId)] : [],
                Needs = waits[n.Id],
                Host = hosts.TryGetValue(n.Id, out var host) ? host : null,
            }),
        ]) { Estimate = Estimate.Of(plan), Pace = pace, IdleNodesWait = !plan.IsDelete };
    }

    /// <summary>A recovery: every stack by itself, and nobody knows how long that takes.</summary>
    public static RunOutline Of(Scope scope, ImmutableArray<StackRecovery> found) =>
        new("Recover", scope, [.. found.Select(f => new RunNode(f.Id, f.Node.Title))]);
}
