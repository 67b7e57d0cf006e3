using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Paco.Diagnostics;

namespace Paco.CloudFormation.Schemas;

internal sealed partial class SchemaCheck
{
    private void Object(Shape shape, JsonObject map, PropertyPath trail)
    {
        if (shape.Object is not { } limits)
        {
            return;
        }

        foreach (var (name, value) in map)
        {
            if (!Intrinsic.IsNoValue(value) && !Intrinsic.IsMacro(name))
            {
                Property(limits, name, value, trail);
            }
        }

        if (!HasMacro(map))
        {
            RequiredThere(limits, map, trail);
            Companions(limits, map, trail);
            CountProperties(limits, map, trail);
        }
    }

    private static bool HasMacro(JsonObject map)
    {
        foreach (var (name, _) in map)
        {
            if (Intrinsic.IsMacro(name))
            {
                return true;
            }
        }

        return false;
    }

    private void CountProperties(ObjectShape limits, JsonObject map, PropertyPath trail)
    {
        if (limits.MinProperties is null && limits.MaxProperties is null)
        {
            return;
        }

        var count = map.Count(property => !Intrinsic.IsNoValue(property.Value));
        if (limits.MinProperties > count || limits.MaxProperties < count)
        {
            var allowed = Between(limits.MinProperties, limits.MaxProperties);
            Add(SchemaRule.Count, trail, $"{trail.Leaf}: {Plural(count, "property", "properties")} where {allowed} are allowed");
        }
    }

    private void Property(ObjectShape limits, string name, JsonNode? value, PropertyPath parent)
    {
        var trail = parent.Property(name);
        if (limits.Properties.TryGetValue(name, out var shape))
        {
            if (schema.ReadOnly.Count > 0 && schema.IsReadOnly(trail.SchemaPath))
            {
                Add(SchemaRule.ReadOnly, trail, $"{name} is read-only: AWS sets it, a template cannot");
                return;
            }

            Value(shape.Shape, value, trail);
            return;
        }

        if (ByPattern(limits, name) is { } link)
        {
            Value(link.Shape, value, trail);
        }
        else if (limits.Closed)
        {
            Add(SchemaRule.Unknown, trail, UnknownProperty(limits, name, parent));
        }
    }

    private static ShapeLink? ByPattern(ObjectShape limits, string name)
    {
        foreach (var (pattern, link) in limits.PatternProperties)
        {
            if (SchemaPattern.Matches(pattern, name))
            {
                return link;
            }
        }

        return null;
    }

    private string UnknownProperty(ObjectShape limits, string name, PropertyPath parent)
    {
        if (limits.Properties.Count == 0 && !limits.PatternProperties.IsEmpty)
        {
            return $"the name \"{name}\" does not match {limits.PatternProperties[0].Pattern}";
        }

        var near = Spelling.Nearest(name, limits.Properties.Keys.Where(known => !schema.IsReadOnly(parent.Property(known).SchemaPath)));
        return $"unknown property \"{name}\"" + (near is null ? "" : $"; did you mean \"{near}\"?");
    }

    private void RequiredThere(ObjectShape limits, JsonObject map, PropertyPath trail)
    {
        foreach (var name in limits.Required)
        {
            if (!IsThere(map, name) && !schema.IsReadOnly(trail.Property(name).SchemaPath))
            {
                Add(SchemaRule.Missing, trail, $"missing required property \"{name}\"");
            }
        }

        Either(limits.RequiredOr, map, trail);
        Either(limits.RequiredXor, map, trail);
        OnlyOne(limits.RequiredXor, map, trail);
    }

    private void Either(ImmutableArray<string> names, JsonObject map, PropertyPath trail)
    {
        if (names.IsEmpty)
        {
            return;
        }

        foreach (var name in names)
        {
            if (IsThere(map, name))
            {
                return;
            }
        }

        Add(SchemaRule.Choice, trail, $"{trail.Leaf}: needs one of {string.Join(", ", names)}");
    }

    // Plain loops here and below: nearly every object comes by, and nearly none has anything to say.
    private void OnlyOne(ImmutableArray<string> names, JsonObject map, PropertyPath trail)
    {
        List<string>? given = null;
        foreach (var name in names)
        {
            if (IsCertainlyThere(map, name) && !IsEmptyList(map[name]))
            {
                (given ??= []).Add(name);
            }
        }

        if (given is { Count: > 1 })
        {
            Add(SchemaRule.Choice, trail, $"{trail.Leaf}: {string.Join(" and ", given)} exclude each other; give one of them");
        }
    }

    private void Companions(ObjectShape limits, JsonObject map, PropertyPath trail)
    {
        foreach (var (name, others) in limits.DependentRequired)
        {
            if (IsCertainlyThere(map, name))
            {
                Needed(name, others, map, trail);
            }
        }

        foreach (var (name, others) in limits.DependentExcluded)
        {
            if (IsCertainlyThere(map, name))
            {
                Excluded(limits, name, others, map, trail);
            }
        }
    }

    private void Needed(string name, ImmutableArray<string> others, JsonObject map, PropertyPath trail)
    {
        foreach (var other in others.Where(other => !IsThere(map, other)))
        {
            Add(SchemaRule.Together, trail, $"{trail.Leaf}: {name} needs {other} beside it");
        }
    }

    private void Excluded(ObjectShape limits, string name, ImmutableArray<string> others, JsonObject map, PropertyPath trail)
    {
        foreach (var other in others.Where(other => string.CompareOrdinal(name, other) < 0 || !Mutual(limits, name, other)))
        {
            OnlyOne([name, other], map, trail);
        }
    }

    // Exclusions are mostly written down on both sides; one finding is enough.
    private static bool Mutual(ObjectShape limits, string name, string other) =>
        limits.DependentExcluded.Any(entry => entry.Name == other && entry.Others.Contains(name));

    private static bool IsThere(JsonObject map, string name) => map.TryGetPropertyValue(name, out var value) && !Intrinsic.IsNoValue(value);

    // On the way to a service an empty list is as good as none.
    private static bool IsEmptyList(JsonNode? value) => value is JsonArray items && items.All(Intrinsic.IsNoValue);

    private static bool IsCertainlyThere(JsonObject map, string name) => IsThere(map, name) && !Intrinsic.MayBeAbsent(map[name]);
}
