using System.Collections.Immutable;
using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;

namespace Paco.CloudFormation;

/// <summary>What becomes of a resource.</summary>
public enum ChangeKind
{
    Create,
    Update,

    /// <summary>A property changes that Amazon's schema calls create-only: a new one is made, the old one goes.</summary>
    Replace,
    Delete,

    /// <summary>It exists already, outside of CloudFormation, and becomes the stack's as it is.</summary>
    Import,
}

/// <summary>A resource's change, with the properties that cause it.</summary>
public sealed record ResourceChange(string LogicalId, string Type, ChangeKind Kind, ImmutableArray<PropertyChange> Properties)
{
    /// <summary>What its template says becomes of it when it goes: Retain keeps it, so nothing is lost.</summary>
    public string? DeletionPolicy { get; init; }

    /// <summary>Its template retains it, and says that it is to be emptied and deleted with its stack all the same.</summary>
    internal bool IsEmptiedOnDelete { get; init; }

    /// <summary>All its properties as they are deployed, parameters filled in; null for one that is made.</summary>
    internal MapValue? Before { get; init; }

    /// <summary>All its properties as they are to be, as far as they are known; null for one that goes.</summary>
    internal MapValue? After { get; init; }

    /// <summary>How a group rolls, as its template will say; null for what has no such policy.</summary>
    internal MapValue? UpdatePolicy { get; init; }

    /// <summary>
    /// What makes it change, where nothing is written anew about it: references whose values move, in the order of its properties.
    /// </summary>
    public ImmutableArray<string> Follows => Properties.Length > 0 && Properties.All(p => !p.Follows.IsEmpty)
        ? [.. Properties.SelectMany(p => p.Follows).Distinct()]
        : [];

    /// <summary>What there can be one of is another one afterwards.</summary>
    internal bool MovesBy(Uniqueness unique) => Properties.Any(p => unique.IsBy(p.Top) && !p.MayStay);

    /// <summary>It is replaced only if a value moves of which nobody can say before whether it does.</summary>
    public bool MayBeReplaced => Kind == ChangeKind.Replace && Properties.Any(p => p.ForcesReplacement)
        && Properties.All(p => !p.ForcesReplacement || p.MayStay);

    /// <summary>What it does to those who use the resource.</summary>
    public ImmutableArray<Consequence> Consequences => Consequence.Of(this);

    /// <summary>What else is to be said of it: where two sources disagree about a replacement.</summary>
    public string? Remark { get => field ?? Wait; init; }

    // What AWS lets wait before it goes can be had back meanwhile.
    private string? Wait => Kind == ChangeKind.Delete && DeletionPolicy is not ("Retain" or "RetainExceptOnCreate")
        && ResourceFacts.Of(Type).Waits is var (property, days)
            ? $"unusable at once, gone for good after {TemplateDiff.Text(Before?[property]) ?? $"{days}"} days: until then it can be had back"
            : null;

    /// <summary>Where in the project's files it comes from; nowhere for one that goes.</summary>
    public Diagnostics.Location Source { get; init; }

    /// <summary>It was deleted behind CloudFormation's back and is made anew: with nothing in it.</summary>
    public bool IsRecreated { get; init; }

    /// <summary>Something else has its name already: creating it will fail.</summary>
    public bool NameIsTaken { get; init; }

    /// <summary>It is about what keeps a template from being empty, which nobody asked for: no resource to count.</summary>
    public bool IsPlaceholder => LogicalId == Resource.Placeholder.LogicalId && Type == Resource.Placeholder.Type;

    /// <summary>What goes with a property that changes though the resource stays: <c>the value in use</c>; null where nothing.</summary>
    public string? Loses => Kind == ChangeKind.Update
        ? ResourceFacts.Of(Type).Loses.FirstOrDefault(l => Properties.Any(p => l.IsIn(p.Path, p.After, p.Before)))?.What
        : null;

    /// <summary>What is lost, in a few words: <c>the objects</c>; null where nothing is.</summary>
    public string? Lost => Loses ?? (DestroysData ? ResourceFacts.Of(Type).Holds : null);

    /// <summary>What there is of it holds what cannot be made again.</summary>
    internal bool HoldsData => ResourceFacts.Of(Type).HoldsDataWith(Before ?? After);

    /// <summary>The change destroys something that holds data, takes something of it that cannot be made again,
    /// or puts an empty one where somebody may still look for the data.</summary>
    public bool DestroysData =>
        IsRecreated
            ? HoldsData
            : Loses is not null
                || (Kind is ChangeKind.Replace or ChangeKind.Delete && HoldsData
                    && DeletionPolicy is not ("Retain" or "RetainExceptOnCreate"));
}

/// <summary>A property before and after; either is null where it is not there. Values a person reads, not to be parsed.</summary>
/// <param name="Path"><c>Listeners[0].Port</c></param>
/// <param name="IsUnknown">The value after is known only once what it depends on is made.</param>
public sealed record PropertyChange(string Path, string? Before, string? After, bool ForcesReplacement, bool IsUnknown = false)
{
    /// <summary>
    /// What moves its value though nothing is written anew: references to what changes. Empty for what the project's files change.
    /// </summary>
    public ImmutableArray<string> Follows { get; init; } = [];

    /// <summary>Nobody can say before whether it changes at all.</summary>
    public bool MayStay { get; init; }

    /// <summary>The line of the project's files that says so, where it could be found.</summary>
    public Diagnostics.Location Source { get; init; }

    /// <summary>False for what a template says beside the properties: <c>(UpdatePolicy)</c>.</summary>
    internal bool IsOfProperties => !Path.StartsWith('(');

    /// <summary>The same as a change that the project's files make.</summary>
    internal PropertyChange Written => Follows.IsEmpty && !MayStay ? this : this with { Follows = [], MayStay = false };

    /// <summary><c>Listeners</c> of <c>Listeners[0].Port</c>.</summary>
    internal string Top => Path.Split('.', '[')[0];
}

/// <summary>One side of a comparison: a template and the values of its parameters; a parameter without value is not known yet.</summary>
public sealed record TemplateSide(MapValue Template, IReadOnlyDictionary<string, string?> Parameters)
{
    public static readonly TemplateSide Empty = new([], new Dictionary<string, string?>());

    internal MapValue Resources => Template["Resources"] as MapValue ?? [];

    /// <summary>Of the parameters without a value those whose value may turn out to be the deployed one.</summary>
    public ImmutableHashSet<string> Undecided { get; init; } = [];

    /// <summary>What becomes of its resources: what refers to one of them may give something else.</summary>
    internal ImmutableDictionary<string, ResourceChange> Changes { get; init; } = [];

    /// <summary>Whether a reference gives something else once the changes are made: <c>Parameter</c>, <c>Resource</c>,
    /// <c>Resource.Attribute</c>.</summary>
    internal Movement MovementOf(string reference) =>
        Parameters.TryGetValue(reference, out var known)
            ? known is not null ? Movement.Stays : Undecided.Contains(reference) ? Movement.MayMove : Movement.Moves
        : Changes.IsEmpty ? Movement.Stays
        : reference.Split('.', 2) is [var id, var attribute] ? MovementOf(id, attribute)
        : MovementOf(reference, null);

    internal Movement MovementOf(string logicalId, string? attribute) =>
        Changes.TryGetValue(logicalId, out var change) ? ResourceMovement.Of(change, attribute) : Movement.Stays;
}

/// <summary>Two sides and what differs between them, with everything that follows from it.</summary>
/// <param name="After">It knows what moves: see <see cref="TemplateDiff.MovementOfOutput"/>.</param>
public sealed record TemplateComparison(TemplateSide Before, TemplateSide After, ImmutableArray<ResourceChange> Changes);

/// <summary>Compares two templates resource by resource and property by property, parameters filled in on both sides.</summary>
public static class TemplateDiff
{
    /// <summary>What changes, and what follows from that: see <see cref="FollowedChanges"/>.</summary>
    public static ImmutableArray<ResourceChange> Compare(TemplateSide before, TemplateSide after, ResourceSchemas schemas) =>
        Whole(before, after, schemas).Changes;

    internal static TemplateComparison Whole(TemplateSide before, TemplateSide after, ResourceSchemas schemas)
    {
        // What is written anew, as if the values that this run makes were those that are deployed.
        var written = CompareOnce(before, after with { Parameters = Filled(before, after) }, schemas)
            .Select(c => c with { Properties = [.. c.Properties.Select(p => p.Written)] });
        return FollowedChanges.Of(new TemplateComparison(before, after, [.. written]), schemas);
    }

    private static IReadOnlyDictionary<string, string?> Filled(TemplateSide before, TemplateSide after) =>
        after.Parameters.All(p => p.Value is not null)
            ? after.Parameters
            : after.Parameters.ToDictionary(p => p.Key, p => p.Value ?? before.Parameters.GetValueOrDefault(p.Key), StringComparer.Ordinal);

    private static ImmutableArray<ResourceChange> CompareOnce(TemplateSide before, TemplateSide after, ResourceSchemas schemas)
    {
        var old = before.Resources.ToDictionary(r => r.Key, r => r.Value as MapValue ?? [], StringComparer.Ordinal);
        var changes = ImmutableArray.CreateBuilder<ResourceChange>();
        foreach (var (id, value) in after.Resources)
        {
            var resource = (MapValue)value;
            if (!old.Remove(id, out var was))
                changes.Add(Created(id, resource, after));
            else if (Changed(id, was, before, resource, after, schemas) is { } change)
                changes.Add(change);
        }
        foreach (var (id, was) in old)
            changes.Add(Deleted(id, was, before));
        return changes.DrainToImmutable();
    }

    /// <summary>
    /// Whether an output says something else afterwards, parameters filled in and everything followed, which references move it, and
    /// what it says then, where no resource has a part in that.
    /// </summary>
    internal static (Movement Movement, ImmutableArray<string> Causes, string? Value) MovementOfOutput(
        string key, TemplateComparison compared)
    {
        var (before, after) = (EffectiveValue.Of(Output(key, compared.Before), compared.Before),
            EffectiveValue.Of(Output(key, compared.After), compared.After));
        return Same(before, after) ? (Movement.Stays, [], null)
            : (MayStay(after) ? Movement.MayMove : Movement.Moves, [.. EffectiveValue.Causes(after).Select(c => c.Name).Distinct()],
                Text(after));
    }

    /// <summary>Properties with the values of parameters filled in, as far as they are known.</summary>
    internal static MapValue Resolve(MapValue properties, TemplateSide side) => EffectiveValue.Of(properties, side);

    private static Value? Output(string key, TemplateSide side) => ((side.Template["Outputs"] as MapValue)?[key] as MapValue)?["Value"];

    internal static ResourceChange Created(string id, MapValue resource, TemplateSide side)
    {
        var properties = Properties(resource, side);
        return new ResourceChange(id, TypeOf(resource), ChangeKind.Create,
            [.. properties.Where(p => !p.Value.Origin.IsNobody).Select(p => Property(p.Key, null, p.Value, forces: false))])
        {
            DeletionPolicy = Text(resource["DeletionPolicy"]),
            After = properties,
            UpdatePolicy = EffectiveValue.Of(resource["UpdatePolicy"], side) as MapValue,
        };
    }

    private static ResourceChange Deleted(string id, MapValue was, TemplateSide side)
    {
        var properties = Properties(was, side);
        return new ResourceChange(id, TypeOf(was), ChangeKind.Delete,
            [.. properties.Select(p => Property(p.Key, p.Value, null, forces: false))])
        {
            DeletionPolicy = Text(was["DeletionPolicy"]),
            IsEmptiedOnDelete = Resource.IsEmptiedOnDelete(was["Metadata"] as MapValue),
            Before = properties,
        };
    }

    internal static ResourceChange? Changed(string id, MapValue was, TemplateSide before, MapValue now, TemplateSide after,
        ResourceSchemas schemas)
    {
        var type = TypeOf(now);
        var schema = schemas.Find(type);
        var found = new List<PropertyChange>();
        var (old, wanted) = (Properties(was, before), Properties(now, after));
        Walk("", old, wanted, found, schema);
        foreach (var attribute in new[] { "Metadata", "UpdatePolicy", "CreationPolicy", "DeletionPolicy", "UpdateReplacePolicy" })
        {
            if (!Same(EffectiveValue.Of(was[attribute], before), EffectiveValue.Of(now[attribute], after)))
            {
                found.Add(Property($"({attribute})", EffectiveValue.Of(was[attribute], before), EffectiveValue.Of(now[attribute], after),
                    forces: false));
            }
        }
        var anotherType = TypeOf(was) != type;
        if (found.Count == 0 && !anotherType)
            return null;
        var update = EffectiveValue.Of(now["UpdatePolicy"], after) as MapValue;
        var kind = anotherType || found.Any(p => p.ForcesReplacement) || ReplacesByPolicy(type, update, found)
            ? ChangeKind.Replace
            : ChangeKind.Update;
        var policy = kind == ChangeKind.Replace ? "UpdateReplacePolicy" : "DeletionPolicy";
        return new ResourceChange(id, type, kind, [.. found])
        {
            DeletionPolicy = Text(was[policy]),
            Before = old,
            After = wanted,
            UpdatePolicy = update,
        };
    }

    // WillReplace: instead of rolling, a second group is made beside the first.
    private static bool ReplacesByPolicy(string type, MapValue? update, List<PropertyChange> found) =>
        ResourceFacts.Of(type).Rolls is { } roll && update?["AutoScalingReplacingUpdate"] is MapValue policy
        && Text(policy["WillReplace"]) == "true" && found.Exists(p => roll.With.Contains(p.Top));

    private static MapValue Properties(MapValue resource, TemplateSide side) =>
        resource["Properties"] is MapValue map ? EffectiveValue.Of(map, side) : [];

    // ---- values -----------------------------------------------------------------------------------------------------

    private static void Walk(string path, Value? before, Value? after, List<PropertyChange> found, ResourceSchema? schema)
    {
        if (Same(before, after))
            return;
        switch (before, after)
        {
            case (MapValue a, MapValue b):
                foreach (var key in a.Select(e => e.Key).Union(b.Select(e => e.Key)))
                    Walk(path.Length == 0 ? key : $"{path}.{key}", a[key], b[key], found, schema);
                break;
            case (ListValue a, ListValue b) when a.Items.Length == b.Items.Length && a.Items.Any(i => i is MapValue):
                for (var i = 0; i < a.Items.Length; i++)
                    Walk($"{path}[{i}]", a.Items[i], b.Items[i], found, schema);
                break;
            default:
                found.Add(Property(path, before, after, schema?.IsCreateOnly(SchemaPath(path)) == true));
                break;
        }
    }

    private static PropertyChange Property(string path, Value? before, Value? after, bool forces) =>
        new(path, before is null ? null : Show(before), after is null ? null : Show(after), forces, Unknown(after))
        {
            Follows = before is null || after is null ? [] : [.. EffectiveValue.Causes(after).Select(c => c.Name).Distinct()],
            MayStay = before is not null && MayStay(after),
        };

    private static bool MayStay(Value? value) => EffectiveValue.Causes(value).ToList() is { Count: > 0 } causes
        && causes.TrueForAll(c => c.Movement == Movement.MayMove);

    // CloudFormation turns "80" and 80, "true" and true into the same thing.
    private static bool Same(Value? a, Value? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (UnknownValue, _) or (_, UnknownValue) => false,
        (ListValue x, ListValue y) => x.Items.Length == y.Items.Length && x.Items.Zip(y.Items).All(pair => Same(pair.First, pair.Second)),
        (MapValue x, MapValue y) => x.Count == y.Count && x.All(e => y[e.Key] is { } other && Same(e.Value, other)),
        (FunctionValue x, FunctionValue y) => x.Name == y.Name && Same(x.Argument, y.Argument),
        (RefValue x, RefValue y) => x == y,
        (GetAttValue x, GetAttValue y) => x == y,
        _ => Text(a) is { } left && left == Text(b),
    };

    private static bool Unknown(Value? value) => value switch
    {
        UnknownValue => true,
        FunctionValue function => Unknown(function.Argument),
        ListValue list => list.Items.Any(Unknown),
        MapValue map => map.Any(e => Unknown(e.Value)),
        _ => false,
    };

    private static string Show(Value value) => value switch
    {
        UnknownValue => "(known after apply)",
        FunctionValue or ListValue or MapValue when Unknown(value) => "(known after apply)",
        RefValue r => $"!Ref {r.LogicalId}",
        GetAttValue g => $"!GetAtt {g.LogicalId}.{g.Attribute}",
        FunctionValue { Argument: TextValue t } f => $"!{f.Name.Replace("Fn::", "", StringComparison.Ordinal)} {t.Text}",
        ListValue list
            when list.Items.All(i => i is TextValue or NumberValue or FlagValue or RefValue or GetAttValue) =>
            $"[{string.Join(", ", list.Items.Select(Show))}]",
        ListValue or MapValue or FunctionValue => value.ToJson().ToJsonString(),
        _ => Text(value) ?? "",
    };

    internal static string? Text(Value? value) => value switch
    {
        TextValue text => text.Text,
        NumberValue number => number.Text,
        FlagValue flag => flag.Flag ? "true" : "false",
        _ => null,
    };

    private static string TypeOf(MapValue resource) => Text(resource["Type"]) ?? "";

    // "Listeners[0].Port" as the schemas write it: "Listeners/0/Port".
    private static string SchemaPath(string path) =>
        path.Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
}
