using System.Collections.Immutable;
using System.Globalization;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Binding;

/// <summary>Fields that hold text, a number or a flag.</summary>
public sealed partial class Fields
{
    // What a decimal holds; neither infinity nor what is no number is below it.
    private const double MostNumber = 7e28;

    /// <summary>Text, or null where it is not given.</summary>
    public string? Text(string name, string doc, Check? check = null)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Text(check), doc));
        return ReadText(name, check);
    }

    public string Text(string name, string doc, string @default, Check? check = null)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Text(check), doc, Default: @default.Length == 0 ? null : @default));
        return ReadText(name, check) ?? @default;
    }

    /// <summary>Text that must be given; empty after the mistake is reported.</summary>
    public string RequiredText(string name, string doc, Check? check = null)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Text(check), doc, Required: true));
        if (ReadText(name, check) is { } text)
            return text;
        Missing(name);
        return "";
    }

    /// <summary>
    /// A secret in plain text, or null where it is not given: its line is shown nowhere. A <paramref name="check"/>'s words must not hold
    /// the value.
    /// </summary>
    public Secret? Secret(string name, string doc, Check? check = null)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Text(check, IsSecret: true), doc));
        if (Written(name) is not ScalarNode { Tag: null } node)
            return null;
        node.Location.File?.Hide(node.Location.Line);
        if (check is not null && !check.Holds(node.Value))
            Report(BindingCodes.BadValue, node.Location, $"\"{name}\" must be {check.Words}", null, node);
        return new Secret(node.Value, node.Location);
    }

    /// <summary>A list of texts; one text alone counts as a list of one.</summary>
    public ImmutableArray<string> Texts(string name, string doc, Check? check = null)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.ListOf(new Shape.Text(check)), doc));
        return Items(name) is { IsEmpty: false } items ? [.. items.Select(item => TextOf(item, name, check)).OfType<string>()] : [];
    }

    /// <summary>Names and texts, in the order written.</summary>
    public ImmutableArray<KeyValuePair<string, string>> TextMap(string name, string doc)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.MapOf(new Shape.Text(), AnyKey: true), doc));
        return MapEntries(name) is { } entries
            ? [.. entries.Select(e => KeyValuePair.Create(e.Key, TextOf(e.Value, name, null) ?? ""))]
            : [];
    }

    /// <summary>A list of names and texts; one such map alone counts as a list of one.</summary>
    public ImmutableArray<ImmutableArray<KeyValuePair<string, string>>> TextMaps(string name, string doc)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.ListOf(new Shape.MapOf(new Shape.Text(), AnyKey: true)), doc));
        var maps = ImmutableArray.CreateBuilder<ImmutableArray<KeyValuePair<string, string>>>();
        foreach (var item in Written(name) is MapNode single ? [single] : Items(name))
        {
            if (item is MapNode map)
                maps.Add([.. map.Entries.Select(e => KeyValuePair.Create(e.Key, TextOf(e.Value, name, null) ?? ""))]);
            else
                Report(BindingCodes.WrongType, item.Location, $"\"{name}\" takes names with values, got {Shown(item)}", null, item);
        }
        return maps.DrainToImmutable();
    }

    private string? ReadText(string name, Check? check) => Written(name) is { } node ? TextOf(node, name, check) : null;

    private string? TextOf(Node node, string name, Check? check)
    {
        if (node is not ScalarNode scalar || scalar.Tag is not null)
        {
            Report(BindingCodes.WrongType, node.Location, $"\"{name}\" takes text, got {(node.Tag is { } tag ? $"{tag}" : node.Kind)}");
            return null;
        }
        if (scalar.IsNull)
            return null;
        if (check is not null && !check.Holds(scalar.Value))
        {
            Report(check.Open ? BindingCodes.UnusualValue : BindingCodes.BadValue, node.Location,
                $"\"{name}\" must be {check.Words}, got \"{scalar.Value}\"".Replace("must be a known", "is not a known",
                    StringComparison.Ordinal),
                scalar.Value.All(char.IsAsciiDigit) ? null : Spelling.DidYouMean(scalar.Value, check.Vocabulary), node);
        }
        return scalar.Value;
    }

    // ---- numbers and flags ------------------------------------------------------------------------------------------

    public Given<int> Int(string name, string doc, int @default, int min = int.MinValue, int max = int.MaxValue)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.WholeNumber(min, max), doc, Default: @default.ToString(CultureInfo.InvariantCulture)));
        return ReadInt(name, min, max) ?? new Given<int>(@default, null);
    }

    /// <summary>A whole number, or null where it is not given.</summary>
    public Given<int>? Int(string name, string doc, int min = int.MinValue, int max = int.MaxValue)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.WholeNumber(min, max), doc));
        return ReadInt(name, min, max);
    }

    public Given<int> RequiredInt(string name, string doc, int min = int.MinValue, int max = int.MaxValue)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.WholeNumber(min, max), doc, Required: true));
        if (ReadInt(name, min, max) is { } value)
            return value;
        if (!Has(name))
            Missing(name);
        return default;
    }

    /// <summary>A number, or null where it is not given.</summary>
    public Given<double>? Number(string name, string doc)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Number(), doc));
        if (Written(name) is not { } node)
            return null;
        if (node is ScalarNode scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && Math.Abs(value) < MostNumber)
        {
            return new Given<double>(value, scalar);
        }
        Report(BindingCodes.WrongType, node.Location, $"\"{name}\" takes a number, got {Shown(node)}", null, node);
        return null;
    }

    public Given<bool> Flag(string name, string doc, bool @default)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Flag(), doc, Default: @default ? "true" : "false"));
        return ReadFlag(name) ?? new Given<bool>(@default, null);
    }

    /// <summary>True or false, or null where it is not given.</summary>
    public Given<bool>? Flag(string name, string doc)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Flag(), doc));
        return ReadFlag(name);
    }

    private Given<int>? ReadInt(string name, int min, int max)
    {
        if (Written(name) is not { } node)
            return null;
        if (node is not ScalarNode scalar
            || !int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            Report(BindingCodes.WrongType, node.Location, $"\"{name}\" takes a whole number, got {Shown(node)}", null, node);
            return null;
        }
        if (value >= min && value <= max)
            return new Given<int>(value, scalar);
        var range = new Shape.WholeNumber(min, max).Range;
        Report(BindingCodes.BadValue, node.Location, $"\"{name}\" must be {range}, got {value}", null, node);
        return null;
    }

    private Given<bool>? ReadFlag(string name)
    {
        if (Written(name) is not { } node)
            return null;
        switch (node)
        {
            case ScalarNode { Value: "true" or "True" or "TRUE", Tag: null } yes:
                return new Given<bool>(true, yes);
            case ScalarNode { Value: "false" or "False" or "FALSE", Tag: null } no:
                return new Given<bool>(false, no);
            default:
                var hint = node is ScalarNode { Value: var v } && v.ToLowerInvariant() is "yes" or "on" or "no" or "off"
                    ? "write true or false"
                    : null;
                Report(BindingCodes.WrongType, node.Location, $"\"{name}\" takes true or false, got {Shown(node)}", hint, node);
                return null;
        }
    }
}
