using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// What cannot be made again of something that left the configuration: a database, the old bucket of a trail that writes to another one
/// now, and the key to read it with.
/// </summary>
/// <param name="Holds">Each in words: <c>the objects (paco-s3-logs)</c>.</param>
public sealed record LeftData(NodeId Node, ImmutableArray<string> Holds)
{
    internal static IEnumerable<LeftData> In(IEnumerable<PlannedStack> left) =>
        from stack in left
        let held = stack.Changes.Where(c => ResourceFacts.Of(c.Type).HoldsDataWith(c.Before)).Select(Words).ToImmutableArray()
        where held.Length > 0
        select new LeftData(stack.Id, held);

    private static string Words(ResourceChange change)
    {
        var facts = ResourceFacts.Of(change.Type);
        var name = facts.NameProperty is { } property && change.Before?[property] is TextValue { Text: { Length: > 0 } text }
            ? text
            : change.LogicalId;
        return $"{facts.Holds} ({name})";
    }
}
