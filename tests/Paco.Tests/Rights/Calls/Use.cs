using System.Collections.Immutable;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Calls;

/// <summary>Somebody who does a thing of the table, in one project.</summary>
/// <param name="Who">As the table says: <c>CodeCommit source</c>.</param>
/// <param name="Where">The pipeline it is for, and its action.</param>
internal sealed record Use(string Who, Caller Caller, string Where)
{
    /// <summary>What the table's names stand for here.</summary>
    public ImmutableDictionary<string, ImmutableArray<Target>> On { get; init; } = [];

    /// <summary>What is so here, of what a row of the table may ask for.</summary>
    public ImmutableHashSet<string> When { get; init; } = [];

    public Use With(string name, params IEnumerable<Target> targets) => this with { On = On.SetItem(name, [.. targets]) };

    public Use If(bool isSo, string condition) => isSo ? this with { When = When.Add(condition) } : this;
}

/// <summary>What something is done to.</summary>
/// <param name="Arn">One of those it may be: an object, a stream.</param>
/// <param name="Widest">What a statement may name for it at most.</param>
internal sealed record Target(string Arn, string Widest)
{
    public Target(string arn)
        : this(arn, arn)
    {
    }

    /// <summary>Keys that the call sets.</summary>
    public Context Context { get; init; } = Context.Empty;
}
