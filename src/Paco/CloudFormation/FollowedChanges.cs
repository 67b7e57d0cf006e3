using System.Collections.Immutable;
using Paco.CloudFormation.Schemas;

namespace Paco.CloudFormation;

/// <summary>
/// What follows from changes inside a stack: whoever refers to something that moves is changed too, and may be replaced by it, and so on
/// until nothing moves any more. Only those are looked at again who refer to what has moved.
/// </summary>
internal static class FollowedChanges
{
    /// <summary>The same comparison with all that follows from its changes and from parameters whose values this run makes.</summary>
    public static TemplateComparison Of(TemplateComparison compared, ResourceSchemas schemas)
    {
        var moving = compared.Changes.Where(IsMoving).ToList();
        // One that has no value so far is written anew, wherever it is used.
        var parameters = compared.After.Parameters
            .Where(p => p.Value is null && compared.Before.Parameters.GetValueOrDefault(p.Key) is not null).Select(p => p.Key).ToList();
        if (moving.Count + parameters.Count == 0)
            return compared;
        var written = compared.Changes.ToDictionary(c => c.LogicalId, StringComparer.Ordinal);
        var all = new Dictionary<string, ResourceChange>(written, StringComparer.Ordinal);
        var users = Users(compared.After);
        var (after, open) = (compared.After, parameters.Concat(moving.Select(c => c.LogicalId)).ToList());
        while (open.Count > 0)
        {
            after = after with { Changes = after.Changes.SetItems(moving.Select(c => KeyValuePair.Create(c.LogicalId, c))) };
            moving = [];
            foreach (var id in open.SelectMany(name => users[name]).Distinct())
            {
                if (Again(id, written.GetValueOrDefault(id), compared.Before, after, schemas) is not { } change)
                    continue;
                var known = all.GetValueOrDefault(id);
                all[id] = known is null ? change : Joined(known, change);
                if (IsMoving(all[id]) && MovesMore(known, all[id]))
                    moving.Add(all[id]);
            }
            open = [.. moving.Select(c => c.LogicalId)];
        }
        return compared with { After = after, Changes = InOrder(compared, all) };
    }

    // What is new moves nothing: who refers to it says something else than before.
    private static bool IsMoving(ResourceChange change) => change.Kind is ChangeKind.Update or ChangeKind.Replace || change.IsRecreated;

    // Who refers to whom.
    private static ILookup<string, string> Users(TemplateSide side) =>
        (from resource in side.Resources
            from used in TemplateReferences.In(resource.Value).Distinct()
            where used != resource.Key
            select (used, user: resource.Key)).ToLookup(u => u.used, u => u.user, StringComparer.Ordinal);

    // What the files write anew does not only follow, though what it now refers to may move besides.
    private static ResourceChange? Again(string id, ResourceChange? written, TemplateSide before, TemplateSide after,
        ResourceSchemas schemas)
    {
        var now = (MapValue)after.Resources[id]!;
        if (before.Resources[id] is not MapValue was)
            return TemplateDiff.Created(id, now, after);
        if (TemplateDiff.Changed(id, was, before, now, after, schemas) is not { } change)
            return null;
        var own = (written?.Properties ?? []).Where(p => p.Follows.IsEmpty).Select(p => p.Path).ToHashSet(StringComparer.Ordinal);
        return change with { Properties = [.. change.Properties.Select(p => own.Contains(p.Path) ? p.Written : p)] };
    }

    // What somebody else knows of it (CloudFormation, that it is replaced, or another property of it) stays.
    private static ResourceChange Joined(ResourceChange known, ResourceChange change) => known with
    {
        Kind = known.Kind == ChangeKind.Replace ? ChangeKind.Replace : change.Kind,
        Properties =
        [
            .. change.Properties.Select(p => known.Properties.FirstOrDefault(k => k.Path == p.Path) is { } placed
                ? p with { Source = p.Follows.IsEmpty ? placed.Source : default }
                : p),
            .. known.Properties.Where(k => change.Properties.All(p => p.Path != k.Path)),
        ],
        DeletionPolicy = known.Kind == ChangeKind.Replace ? known.DeletionPolicy : change.DeletionPolicy,
        After = change.After,
        UpdatePolicy = change.UpdatePolicy,
    };

    private static bool MovesMore(ResourceChange? known, ResourceChange now) => known is null || known.Kind != now.Kind
        || known.Properties.Length != now.Properties.Length
        || known.Properties.Zip(now.Properties).Any(p => (p.First.Path, p.First.MayStay) != (p.Second.Path, p.Second.MayStay));

    private static ImmutableArray<ResourceChange> InOrder(TemplateComparison compared, Dictionary<string, ResourceChange> all)
    {
        var resources = compared.After.Resources;
        return
        [
            .. resources.Where(r => all.ContainsKey(r.Key)).Select(r => all[r.Key]),
            .. compared.Changes.Where(c => resources[c.LogicalId] is null),
        ];
    }
}
