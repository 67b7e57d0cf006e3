using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>What a user has permitted to lose: the objects named, and all below them.</summary>
public sealed record DestroyPermissions(ImmutableArray<string> AllowDestroy)
{
    public static readonly DestroyPermissions None = new([]);

    public bool Allow(string reference) => AllowDestroy.Any(a => a.Length > 0 && new Scope(a).Covers(reference));

    /// <summary>The nodes of a plan that would lose data nobody permitted to lose.</summary>
    public ImmutableArray<PlannedNode> Refused(Plan plan) => [.. plan.Destructive.Where(n => !Allow(n.Node.Ref))];

    /// <summary>
    /// A stack policy for one update that keeps CloudFormation itself from deleting or replacing what holds data, should the
    /// plan have been wrong about it; null where there is nothing to keep or losing it is permitted.
    /// </summary>
    public string? PolicyFor(PlannedStack planned)
    {
        if (Allow(planned.Node.Ref))
            return null;
        // What the plan shows to be replaced, and the old one stays (Retain), loses nothing and needed no permission.
        var replaced = planned.Changes.Where(c => c.Kind == ChangeKind.Replace && !c.DestroysData).Select(c => c.LogicalId);
        var kept = planned.Stack.Template.Resources.Where(r => r.HoldsData).Select(r => r.LogicalId)
            .Concat(planned.Changes.Where(c => c.HoldsData && c.Kind != ChangeKind.Delete).Select(c => c.LogicalId))
            .Distinct()
            .Except(replaced)
            .Select(id => $"\"LogicalResourceId/{id}\"")
            .ToArray();
        return kept.Length == 0
            ? null
            : "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"Update:*\",\"Resource\":\"*\"},"
                + $"{{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":[\"Update:Replace\",\"Update:Delete\"],\"Resource\":[{string.Join(',', kept)}]}}]}}";
    }
}
