using System.Collections.Immutable;
using Paco.Diagnostics;

namespace Paco.CloudFormation.Schemas;

internal sealed partial class SchemaCheck
{
    private void Object(ObjectShape limits, TemplateNode map, PropertyCursor trail)
    {
        var hasMacro = false;
        for (var i = 0; i < map.Count; i++)
        {
            var (name, value) = map.At(i);
            if (TemplateNode.IsMacro(name))
            {
                hasMacro = true;
            }
            else if (!value.IsNoValue)
            {
                Property(limits, name, value, trail);
            }
        }

        if (!hasMacro)
        {
            RequiredThere(limits, map, trail);
            Companions(limits, map, trail);
            CountProperties(limits, map, trail);
        }
    }

    private void CountProperties(ObjectShape limits, TemplateNode map, PropertyCursor trail)
    {
        if (limits.MinProperties is null && limits.MaxProperties is null)
        {
            return;
        }

        var count = 0;
        for (var i = 0; i < map.Count; i++)
        {
            count += map.At(i).Value.IsNoValue ? 0 : 1;
        }

        if (limits.MinProperties > count || limits.MaxProperties < count)
        {
            var allowed = Between(limits.MinProperties, limits.MaxProperties);
            Add(SchemaRule.Count, trail, $"{trail.Leaf}: {Plural(count, "property", "properties")} where {allowed} are allowed");
        }
    }

    private void Property(ObjectShape limits, string name, TemplateNode value, PropertyCursor parent)
    {
        var trail = parent.Property(name);
        if (limits.Properties.TryGetValue(name, out var shape))
        {
            if (schema.HasReadOnly(name) && schema.IsReadOnly(trail.SchemaPath))
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
            var message = UnknownProperty(limits, name, parent);
            Add(SchemaRule.Unknown, parent.Property(name), message);
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

    private string UnknownProperty(ObjectShape limits, string name, PropertyCursor parent)
    {
        if (limits.Properties.Count == 0 && !limits.PatternProperties.IsEmpty)
        {
            return $"the name \"{name}\" does not match {limits.PatternProperties[0].Pattern}";
        }

        var near = Spelling.Nearest(name, limits.Properties.Keys.Where(known => !schema.IsReadOnly(parent.Property(known).SchemaPath)));
        return $"unknown property \"{name}\"" + (near is null ? "" : $"; did you mean \"{near}\"?");
    }

    private void RequiredThere(ObjectShape limits, TemplateNode map, PropertyCursor trail)
    {
        foreach (var name in limits.Required)
        {
            if (!IsThere(map, name) && !(schema.HasReadOnly(name) && schema.IsReadOnly(trail.Property(name).SchemaPath)))
            {
                Add(SchemaRule.Missing, trail, $"missing required property \"{name}\"");
            }
        }

        Either(limits.RequiredOr, map, trail);
        Either(limits.RequiredXor, map, trail);
        OnlyOne(limits.RequiredXor, map, trail);
    }

    private void Either(ImmutableArray<string> names, TemplateNode map, PropertyCursor trail)
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
    private void OnlyOne(ImmutableArray<string> names, TemplateNode map, PropertyCursor trail)
    {
        List<string>? given = null;
        foreach (var name in names)
        {
            if (IsCertainlyThere(map, name, out var value) && !IsEmptyList(value))
            {
                (given ??= []).Add(name);
            }
        }

        if (given is { Count: > 1 })
        {
            Add(SchemaRule.Choice, trail, $"{trail.Leaf}: {string.Join(" and ", given)} exclude each other; give one of them");
        }
    }

    private void Companions(ObjectShape limits, TemplateNode map, PropertyCursor trail)
    {
        foreach (var (name, others) in limits.DependentRequired)
        {
            if (IsCertainlyThere(map, name, out _))
            {
                Needed(name, others, map, trail);
            }
        }

        foreach (var (name, others) in limits.DependentExcluded)
        {
            if (IsCertainlyThere(map, name, out _))
            {
                Excluded(limits, name, others, map, trail);
            }
        }
    }

    private void Needed(string name, ImmutableArray<string> others, TemplateNode map, PropertyCursor trail)
    {
        foreach (var other in others.Where(other => !IsThere(map, other)))
        {
            Add(SchemaRule.Together, trail, $"{trail.Leaf}: {name} needs {other} beside it");
        }
    }

    private void Excluded(ObjectShape limits, string name, ImmutableArray<string> others, TemplateNode map, PropertyCursor trail)
    {
        foreach (var other in others.Where(other => string.CompareOrdinal(name, other) < 0 || !Mutual(limits, name, other)))
        {
            OnlyOne([name, other], map, trail);
        }
    }

    // Exclusions are mostly written down on both sides; one finding is enough.
    private static bool Mutual(ObjectShape limits, string name, string other) =>
        limits.DependentExcluded.Any(entry => entry.Name == other && entry.Others.Contains(name));

    private static bool IsThere(TemplateNode map, string name) => map.TryGet(name, out var value) && !value.IsNoValue;

    // On the way to a service an empty list is as good as none.
    private static bool IsEmptyList(TemplateNode value)
    {
        for (var i = 0; value.IsList && i < value.Count; i++)
        {
            if (!value[i].IsNoValue)
            {
                return false;
            }
        }

        return value.IsList;
    }

    private static bool IsCertainlyThere(TemplateNode map, string name, out TemplateNode value) =>
        map.TryGet(name, out value) && !value.IsNoValue && !value.MayBeAbsent;
}
