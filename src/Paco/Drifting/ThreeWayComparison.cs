using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Planning;

namespace Paco.Drifting;

/// <summary>Puts what the project wants beside what was deployed and what is there.</summary>
internal static class ThreeWayComparison
{
    public static StackDrift Of(StackDrift drift, PlannedStack planned)
    {
        var changes = planned.Changes.ToDictionary(c => c.LogicalId, StringComparer.Ordinal);
        return drift with { Resources =
        [
            .. drift.Resources.Select(r => changes.TryGetValue(r.LogicalId, out var change) ? Of(r, change) : r),
        ] };
    }

    private static DriftedResource Of(DriftedResource resource, ResourceChange change) => resource with
    {
        Properties = change.Kind == ChangeKind.Delete
            ? [.. resource.Properties.Select(p => p with { Wanted = null })]
            : [.. resource.Properties.Select(p => Of(p, change.Properties))],
    };

    private static PropertyDrift Of(PropertyDrift drift, ImmutableArray<PropertyChange> changes)
    {
        if (drift.Deployed == SecretProperties.Shown || drift.Actual == SecretProperties.Shown)
            return drift;
        var change = changes.FirstOrDefault(c => c.Path == drift.Path)
            ?? changes.FirstOrDefault(c => Contains(c.Path, drift.Path) || Contains(drift.Path, c.Path));
        return change is null ? drift : drift with { Wanted = change.After };
    }

    private static bool Contains(string whole, string part) =>
        part.StartsWith(whole, StringComparison.Ordinal) && part.Length > whole.Length && part[whole.Length] is '.' or '[';
}
