using System.Collections.Immutable;
using Paco.CloudFormation.Types;

namespace Paco.CloudFormation;

/// <summary>
/// An update makes or moves something to where another is, or its own predecessor: CloudFormation makes and changes everything before
/// it deletes anything, and what it changes in no order one could rely on.
/// </summary>
/// <param name="Change">What is made, replaced or moved.</param>
/// <param name="Holder">The logical id of what is there; that of the change, where it is replaced and stays in its place.</param>
/// <param name="Unique">What there can be one of.</param>
public sealed record Collision(ResourceChange Change, string Holder, Uniqueness Unique)
{
    /// <summary>It is replaced and meets the one it takes the place of.</summary>
    public bool IsWithItself => Holder == Change.LogicalId;

    /// <summary>What it meets does not go away: the project asks for the same thing twice.</summary>
    public bool IsTwice { get; init; }

    /// <summary>What both would have is a name somebody gave.</summary>
    public bool IsByName => ResourceFacts.Of(Change.Type).NameProperty is { } name && Unique.Keys.Contains(name);

    /// <summary>What both would have, for people: <c>Priority 1</c>.</summary>
    public string Place => Unique.Place(Change.After);

    /// <summary>The collisions of an update, in the order of its changes.</summary>
    /// <param name="before">What is deployed.</param>
    internal static ImmutableArray<Collision> In(TemplateSide before, ImmutableArray<ResourceChange> changes) =>
        [.. Meeting(before, changes), .. changes.Where(TakesAlong).Select(c => new Collision(c, c.LogicalId, Belonging(c)))];

    private static IEnumerable<Collision> Meeting(TemplateSide before, ImmutableArray<ResourceChange> changes)
    {
        var known = changes.ToDictionary(c => c.LogicalId, StringComparer.Ordinal);
        var there = new Lazy<ILookup<string, (string Id, MapValue Properties)>>(() => Deployed(before));
        return
            from change in changes
            where change.After is not null && change.Kind is ChangeKind.Create or ChangeKind.Update or ChangeKind.Replace
                && !change.IsRecreated && !change.MayBeReplaced
            let facts = ResourceFacts.Of(change.Type)
            from line in facts.Unique.Select(u => (Unique: u, IsAmongOthers: true)).Concat(Named(facts))
            let unique = line.Unique
            where Moves(change, unique)
            from holder in there.Value[change.Type]
            where (line.IsAmongOthers || holder.Id == change.LogicalId)
                && (holder.Id != change.LogicalId || (change.Kind == ChangeKind.Replace && !facts.GoesFirst))
                && Meet(facts, unique, change.After!, holder.Properties)
            select new Collision(change, holder.Id, unique)
            {
                IsTwice = holder.Id != change.LogicalId
                    && (known.GetValueOrDefault(holder.Id) is not { } other || Stays(facts, unique, other, holder.Properties)),
            };
    }

    // It goes to another parent, and what only one parent may have goes with it.
    private static bool TakesAlong(ResourceChange change) => change is { Kind: ChangeKind.Replace, MayBeReplaced: false }
        && ResourceFacts.Of(change.Type).Lone is var (parent, property)
        && Key(change.Before?[parent]) != Key(change.After?[parent])
        && TemplateReferences.In(change.After?[property]).Intersect(TemplateReferences.In(change.Before?[property])).Any();

    private static Uniqueness Belonging(ResourceChange change) =>
        new(UniqueIn.Region, [], [ResourceFacts.Of(change.Type).Lone!.Value.Property]);

    // The name of what may have the same name as another: it cannot be replaced under it all the same.
    private static IEnumerable<(Uniqueness Unique, bool IsAmongOthers)> Named(ResourceFacts facts) =>
        facts.Naming is { } naming && !facts.Unique.Any(u => u.Keys.Contains(facts.NameProperty!)) ? [(naming, false)] : [];

    // Whether it comes to a place where it was not.
    private static bool Moves(ResourceChange change, Uniqueness unique) =>
        change.Kind != ChangeKind.Update || change.MovesBy(unique);

    private static bool Stays(ResourceFacts facts, Uniqueness unique, ResourceChange holder, MapValue before) =>
        holder.Kind is ChangeKind.Update or ChangeKind.Replace && holder.After is { } after && Meet(facts, unique, after, before);

    private static bool Meet(ResourceFacts facts, Uniqueness unique, MapValue one, MapValue other) =>
        facts.Meet(unique, property => Key(one[property]), property => Key(other[property]));

    private static ILookup<string, (string Id, MapValue Properties)> Deployed(TemplateSide before) =>
        (from entry in before.Resources
            let resource = entry.Value as MapValue
            let type = TemplateDiff.Text(resource?["Type"])
            where type is not null
            select (type, entry.Key, Properties: TemplateDiff.Resolve(resource!["Properties"] as MapValue ?? [], before)))
        .ToLookup(r => r.type, r => (r.Key, r.Properties), StringComparer.Ordinal);

    // What nobody knows yet is nothing that is there.
    private static string? Key(Value? value) => value switch
    {
        null => null,
        _ when EffectiveValue.Causes(value).Any() || value is UnknownValue => "\0",
        _ => TemplateDiff.Text(value) ?? value.ToJson().ToJsonString(),
    };
}
