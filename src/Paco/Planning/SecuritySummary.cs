using System.Collections.Immutable;
using Paco.Planning.Security;

namespace Paco.Planning;

/// <summary>
/// What a plan opens and closes: ports, statements of policies, who may assume a role, what faces the public; the deployed
/// templates beside the new ones. The stack with the gravest change comes first, and in a stack the gravest change.
/// </summary>
public static class SecuritySummary
{
    /// <summary>Nothing for a deletion of everything: that is no door left open.</summary>
    public static ImmutableArray<SecurityChange> Of(Plan plan)
    {
        if (plan.IsDelete || !plan.HasWork)
            return [];
        var outputs = new OutputNames(plan);
        return
        [
            .. plan.Nodes.OfType<PlannedStack>().Where(s => s.HasWork)
                .Select(s => StackComparison.Of(s, outputs).OrderByDescending(c => c.Danger).ToList())
                .OrderByDescending(changes => changes.FirstOrDefault()?.Danger)
                .SelectMany(changes => changes),
        ];
    }
}
