using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Why values that a stack or an action is given are not known: the outputs of other nodes that this run moves.</summary>
internal sealed class MovedInputs
{
    private readonly ImmutableDictionary<string, ImmutableArray<string>> _causes;

    private MovedInputs(ImmutableDictionary<string, ImmutableArray<string>> causes, ImmutableHashSet<string> undecided) =>
        (_causes, Undecided) = (causes, undecided);

    /// <summary>Those whose value may turn out to be the deployed one.</summary>
    public ImmutableHashSet<string> Undecided { get; }

    /// <param name="unknown">The inputs without a value, with where it comes from.</param>
    public static MovedInputs Of(IEnumerable<(string Name, Source Source)> unknown, OutputValues producers)
    {
        var causes = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var undecided = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var (name, source) in unknown)
        {
            var moved = source.Outputs.Distinct().Where(o => producers.MovementOf(o) != Movement.Stays).ToList();
            causes[name] = [.. moved.SelectMany(o => producers.CausesOf(o)).Distinct()];
            if (moved.Count > 0 && moved.TrueForAll(o => producers.MovementOf(o) == Movement.MayMove))
                undecided.Add(name);
        }
        return new MovedInputs(causes.ToImmutable(), undecided.ToImmutable());
    }

    /// <summary>What moves an input; empty for one whose value is known.</summary>
    public ImmutableArray<string> CausesOf(string name) => _causes.GetValueOrDefault(name, []);

    /// <summary>Everything that moves any of them.</summary>
    public IEnumerable<string> Causes => _causes.Values.SelectMany(c => c).Distinct();

    /// <summary>A change that follows from a parameter follows from what gives that its value.</summary>
    public ResourceChange Named(ResourceChange change) => _causes.IsEmpty || change.Properties.All(p => p.Follows.IsEmpty)
        ? change
        : change with { Properties = [.. change.Properties.Select(p => p with { Follows = Named(p.Follows) })] };

    private ImmutableArray<string> Named(ImmutableArray<string> references) =>
        [.. references.SelectMany(r => CausesOf(r) is { IsEmpty: false } outside ? outside : [r]).Distinct()];
}
