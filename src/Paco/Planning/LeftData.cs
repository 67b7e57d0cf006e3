using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;

namespace Paco.Planning;

/// <summary>
/// What stays behind in stacks that left the configuration and cannot be made again: the old bucket of a trail that writes to another one
/// now, and the key to read it with.
/// </summary>
internal static class LeftData
{
    public static IEnumerable<PlanProblem> In(IEnumerable<PlannedStack> left) =>
        from stack in left
        let held = stack.Changes.Where(c => ResourceFacts.Of(c.Type).HoldsDataWith(c.Before)).Select(Words).ToImmutableArray()
        where held.Length > 0
        select new PlanProblem(stack.Id,
            $"{stack.Id.Name} ({stack.Id.Place}), which left the configuration, keeps {string.Join(" and ", held)}",
            "delete it only when you no longer want that");

    private static string Words(ResourceChange change)
    {
        var facts = ResourceFacts.Of(change.Type);
        var name = facts.NameProperty is { } property && change.Before?[property] is TextValue { Text: { Length: > 0 } text }
            ? text
            : change.LogicalId;
        return $"{facts.Holds} ({name})";
    }
}
