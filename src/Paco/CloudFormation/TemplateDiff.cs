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

    /// <summary>All its properties as they are deployed, parameters filled in; null for one that is made.</summary>
    internal MapValue? Before { get; init; }

    /// <summary>All its properties as they are to be, as far as they are known; null for one that goes.</summary>
    internal MapValue? After { get; init; }

    /// <summary>What else is to be said of it: where two sources disagree about a replacement.</summary>
    public string? Remark { get; init; }

    /// <summary>Where in the project's files it comes from; nowhere for one that goes.</summary>
    public Diagnostics.Location Source { get; init; }

    /// <summary>It was deleted behind CloudFormation's back and is made anew: with nothing in it.</summary>
    public bool IsRecreated { get; init; }

    /// <summary>Something else has its name already: creating it will fail.</summary>
    public bool NameIsTaken { get; init; }

    /// <summary>What goes with a property that changes though the resource stays: <c>the value in use</c>; null where nothing.</summary>
    public string? Loses => Kind == ChangeKind.Update
        ? ResourceFacts.Of(Type).Loses.FirstOrDefault(l => Properties.Any(p => l.IsIn(p.Path, p.After)))?.What
        : null;

    /// <summary>The change destroys something that holds data, takes something of it that cannot be made again,
    /// or puts an empty one where somebody may still look for the data.</summary>
    public bool DestroysData =>
        IsRecreated
            ? ResourceFacts.Of(Type).HoldsData
            : Loses is not null
                || (Kind is ChangeKind.Replace or ChangeKind.Delete && ResourceFacts.Of(Type).HoldsData
                    && DeletionPolicy is not ("Retain" or "RetainExceptOnCreate"));
}

/// <summary>A property before and after; either is null where it is not there. Values a person reads, not to be parsed.</summary>
/// <param name="Path"><c>Listeners[0].Port</c></param>
/// <param name="IsUnknown">The value after is known only once what it depends on is made.</param>
public sealed record PropertyChange(string Path, string? Before, string? After, bool ForcesReplacement, bool IsUnknown = false)
{
    /// <summary>The line of the project's files that says so, where it could be found.</summary>
    public Diagnostics.Location Source { get; init; }
}

/// <summary>One side of a comparison: a template and the values of its parameters; a parameter without value is not known yet.</summary>
public sealed record TemplateSide(MapValue Template, IReadOnlyDictionary<string, string?> Parameters)
{
    public static readonly TemplateSide Empty = new([], new Dictionary<string, string?>());

    internal MapValue Resources => Template["Resources"] as MapValue ?? [];

    /// <summary>Resources that get a new physical id: what refers to them is not known yet.</summary>
    internal ImmutableHashSet<string> Moved { get; init; } = [];
}

/// <summary>Compares two templates resource by resource and property by property, parameters filled in on both sides.</summary>
public static class TemplateDiff
{
    public static ImmutableArray<ResourceChange> Compare(TemplateSide before, TemplateSide after, ResourceSchemas schemas)
    {
        // A replacement changes what refers to it, which may be replaced in turn.
        while (true)
        {
            var changes = CompareOnce(before, after, schemas);
            var moved = changes.Where(c => c.Kind == ChangeKind.Replace).Select(c => c.LogicalId).ToImmutableHashSet();
            if (moved.SetEquals(after.Moved))
                return changes;
            after = after with { Moved = moved.Union(after.Moved) };
        }
    }

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

    /// <summary>True where an output says the same on both sides, parameters filled in.</summary>
    internal static bool SameOutput(string key, TemplateSide before, TemplateSide after) =>
        Same(EffectiveValue.Of(Output(key, before), before), EffectiveValue.Of(Output(key, after), after));

    /// <summary>Properties with the values of parameters filled in, as far as they are known.</summary>
    internal static MapValue Resolve(MapValue properties, TemplateSide side) => EffectiveValue.Of(properties, side);

    private static Value? Output(string key, TemplateSide side) => ((side.Template["Outputs"] as MapValue)?[key] as MapValue)?["Value"];

    private static ResourceChange Created(string id, MapValue resource, TemplateSide side)
    {
        var properties = Properties(resource, side);
        return new ResourceChange(id, TypeOf(resource), ChangeKind.Create,
            [.. properties.Select(p => Property(p.Key, null, p.Value, forces: false))])
        {
            DeletionPolicy = Text(resource["DeletionPolicy"]),
            After = properties,
        };
    }

    private static ResourceChange Deleted(string id, MapValue was, TemplateSide side)
    {
        var properties = Properties(was, side);
        return new ResourceChange(id, TypeOf(was), ChangeKind.Delete,
            [.. properties.Select(p => Property(p.Key, p.Value, null, forces: false))])
        {
            DeletionPolicy = Text(was["DeletionPolicy"]),
            Before = properties,
        };
    }

    private static ResourceChange? Changed(string id, MapValue was, TemplateSide before, MapValue now, TemplateSide after,
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
        var kind = anotherType || found.Any(p => p.ForcesReplacement) ? ChangeKind.Replace : ChangeKind.Update;
        var policy = kind == ChangeKind.Replace ? "UpdateReplacePolicy" : "DeletionPolicy";
        return new ResourceChange(id, type, kind, [.. found]) { DeletionPolicy = Text(was[policy]), Before = old, After = wanted };
    }

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
        new(path, before is null ? null : Show(before), after is null ? null : Show(after), forces, Unknown(after));

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

    private static string? Text(Value? value) => value switch
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
