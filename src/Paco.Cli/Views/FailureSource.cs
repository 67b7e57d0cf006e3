using System.Collections.Immutable;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>Finds the lines of the project that a failure comes from.</summary>
internal sealed class FailureSource
{
    private const int MostChanges = 3;
    private readonly Dictionary<NodeId, (Stack Stack, ImmutableArray<ResourceChange> Changes)> _stacks;

    public FailureSource(Plan plan) =>
        _stacks = plan.Nodes.OfType<PlannedStack>().ToDictionary(n => n.Id, n => (n.Stack, n.Changes));

    /// <summary>Of a recovery, which changes no property.</summary>
    public FailureSource(ImmutableArray<StackRecovery> found) =>
        _stacks = found.ToDictionary(f => f.Id, f => (f.Node.Stack, ImmutableArray<ResourceChange>.Empty));

    /// <summary>The best place there is: the changed property that is to blame, else what made the resource.</summary>
    public Location? Of(NodeResult failed) =>
        Changes(failed) is [var (_, only)] ? only : Made(failed) is { } resource ? resource.Source : null;

    /// <summary>The resource that failed, where a line of the project made it.</summary>
    public Resource? Made(NodeResult failed) =>
        _stacks.TryGetValue(failed.Node, out var of)
        && of.Stack.Template.Find(failed.Failure?.LogicalId ?? "") is { Source.IsNone: false } resource ? resource : null;

    /// <summary>Properties of it that this run changes, each with its line: the one that AWS's reason names, else a few.</summary>
    public ImmutableArray<(string Path, Location Source)> Changes(NodeResult failed)
    {
        var changes = _stacks.TryGetValue(failed.Node, out var of) ? of.Changes : [];
        var properties = changes.FirstOrDefault(c => c.LogicalId == failed.Failure?.LogicalId)?.Properties ?? [];
        var known = properties.Where(p => !p.Source.IsNone).ToList();
        var named = known.Where(p => failed.Failure!.Message.Contains(p.Path.Split('.', '[')[^1].TrimEnd(']'),
            StringComparison.OrdinalIgnoreCase)).ToList();
        return [.. (named.Count > 0 ? named : known).Take(MostChanges).Select(p => (p.Path, p.Source))];
    }
}
