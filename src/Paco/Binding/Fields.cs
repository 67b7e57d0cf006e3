using System.Collections.Immutable;
using System.Globalization;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Binding;

/// <summary>
/// The fields of one object while its constructor reads them. Each method takes a field's name, its documentation, its
/// default and its constraint, reports what is wrong with the value and answers something usable, so that reading goes on and
/// all mistakes are found in one run. Run with a recorder, the same calls yield the documentation.
/// </summary>
public sealed partial class Fields
{
    private readonly MapNode? _map;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly BindContext _context;
    private readonly FieldRecorder? _recorder;
    private bool _isQuiet;

    internal Fields(Node? node, string name, string path, Enablement? parent, BindContext context, Location place = default,
        FieldRecorder? recorder = null)
    {
        (Name, Path, _recorder) = (name, path, recorder);
        // Of what is broken everything is missing: that is said already.
        _context = node is BrokenNode ? context with { Bag = new DiagnosticBag() } : context;
        Enablement = new Enablement(parent);
        _map = node as MapNode;
        Location = node?.Location ?? place;
        IsBroken = node is BrokenNode || (_map is { IsWhole: false } && _map.Entries.Any(e => e.Value is BrokenNode));
        if (node is not (null or MapNode or BrokenNode) and not ScalarNode { IsNull: true })
            Report(BindingCodes.WrongType, node.Location, $"expected an object with fields, got {node.Kind}");
    }

    public string Name { get; }

    public string Path { get; }

    public Location Location { get; }

    public BindContext Context => _context;

    internal Enablement Enablement { get; }

    internal MapNode? Node => _map;

    internal bool IsBroken { get; }

    /// <summary>True where the field is written, with anything but nothing.</summary>
    public bool Has(string name) => _map?[name] is { } node && node is not ScalarNode { IsNull: true };

    /// <summary>A field's text before it is read, to choose who reads the object.</summary>
    public string? Peek(string name) => (Written(name) as ScalarNode)?.Value;

    /// <summary>Accepts a field without reading it.</summary>
    public void Ignore(string name) =>
        Know(name)?.Add(new FieldDoc(name, new Shape.Free(), "Accepted; it says nothing here.", IsObsolete: true));

    /// <summary>Accepts every further field as it is: for parts of the original that are read but not built.</summary>
    public void IgnoreRest()
    {
        _recorder?.Doc.IsOpen = true;
        foreach (var entry in _map?.Entries ?? [])
        {
            if (_known.Add(entry.Key))
                Mentions(entry.Value);
        }
    }

    /// <summary>Where a field is written, or where its object begins.</summary>
    public Location Place(string name) => _map?.Find(name) is { } entry ? entry.Value.Location : Location;

    /// <summary>The object's own <c>enabled</c>, which counts together with those above it.</summary>
    public Enablement Enabled(bool @default, WhenDisabled whileOff = WhenDisabled.Emptied) => Enablement.Read(
        Flag("enabled", "Whether it is provisioned. Something disabled is emptied where it exists and not made where it does not.",
            @default), whileOff);

    // ---- text -------------------------------------------------------------------------------------------------------

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
        return new Secret(node.Value);
    }

    /// <summary>A list of texts; one text alone counts as a list of one.</summary>
    public ImmutableArray<string> Texts(string name, string doc, Check? check = null)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.ListOf(new Shape.Text(check)), doc));
        return [.. Items(name).Select(item => TextOf(item, name, check)).OfType<string>()];
    }

    /// <summary>Names and texts, in the order written.</summary>
    public ImmutableArray<KeyValuePair<string, string>> TextMap(string name, string doc)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.MapOf(new Shape.Text(), AnyKey: true), doc));
        return MapEntries(name) is { } entries
            ? [.. entries.Select(e => KeyValuePair.Create(e.Key, TextOf(e.Value, name, null) ?? ""))]
            : [];
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
        if (node is ScalarNode scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return new Given<double>(value, scalar);
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

    // ---- the end ----------------------------------------------------------------------------------------------------

    /// <summary>A mistake across fields, shown at <paramref name="field"/> where that is written, else at the object.</summary>
    public void Broken(string field, string message, string? hint = null) =>
        Report(BindingCodes.BrokenRule, Place(field), message, hint, _map?[field]);

    /// <summary>
    /// Something is still missing, which is a mistake once the object is on: a base file may leave it to the environments.
    /// </summary>
    public void Lacks(string field, string message, string? hint = null) => Lacks(Place(field), message, hint, _map?[field]);

    /// <summary>Something in this object, at <paramref name="place"/>, is still missing.</summary>
    public void Lacks(Location place, string message, string? hint = null, Node? node = null)
    {
        if (Enablement.MustBeWhole)
            Report(BindingCodes.BrokenRule, place, message, hint, node);
    }

    /// <summary>One of two fields must be given: with neither something is missing, both together are a mistake.</summary>
    public void OneOf(string what, (string Field, bool IsGiven) one, (string Field, bool IsGiven) other)
    {
        var message = $"{what} takes either \"{one.Field}\" or \"{other.Field}\"";
        if (one.IsGiven && other.IsGiven)
            Broken(other.Field, $"{message}, not both");
        else if (!one.IsGiven && !other.IsGiven)
            Lacks(one.Field, message);
    }

    /// <summary>Any mistake about this object.</summary>
    public void Report(DiagnosticCode code, Location place, string message, string? hint = null, Node? node = null)
    {
        if (_isQuiet)
            return;
        var related = node?.Overridden is { } below && below.Location != place ? new RelatedPlace(below.Location, "overrides this") : null;
        _context.Bag.Add(code, place, message, hint, related, Path);
    }

    /// <summary>Field names that were accepted once and mean nothing now.</summary>
    public void Obsolete(string name, string why)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Free(), $"Without effect: {why}.", IsObsolete: true));
        if (_map?.Find(name) is { } entry)
            Report(BindingCodes.ObsoleteField, entry.KeyLocation, $"\"{name}\" has no effect: {why}");
    }

    /// <summary>Reports fields nobody asked for. Called after the constructor.</summary>
    internal void Done()
    {
        if (_map is null)
            return;
        foreach (var entry in _map.Entries)
        {
            // A named object may repeat its name and carry a title; its key is what counts.
            if (!_known.Contains(entry.Key) && !(Name.Length > 0 && entry.Key is "name" or "title"))
            {
                Report(BindingCodes.UnknownField, entry.KeyLocation, $"unknown field \"{entry.Key}\"",
                    Spelling.DidYouMean(entry.Key, _known), entry.Value);
            }
        }
    }

    private void Missing(string name)
    {
        if (IsBroken)
            return;
        // A null override is the culprit where there is one; else the object as a whole.
        var cleared = _map?[name];
        _context.Rules.Enqueue(() =>
        {
            if (Enablement.MustBeWhole)
                Report(BindingCodes.MissingField, cleared?.Location ?? Location, $"the field \"{name}\" is required", null, cleared);
        });
    }

    // Where the field is to be taken down; null where the project is read.
    private ObjectDoc? Know(string name)
    {
        _known.Add(name);
        return _recorder?.Doc;
    }

    // What is written, or null for a field that is missing, cleared with nothing, or broken.
    private Node? Written(string name) => _map?[name] is { } node && node is not (ScalarNode { IsNull: true } or BrokenNode) ? node : null;

    private ImmutableArray<Node> Items(string name) => Written(name) switch
    {
        null => [],
        ListNode list => list.IsWhole ? list.Items : [.. list.Items.Where(item => item is not BrokenNode)],
        ScalarNode scalar => [scalar],
        var node => WrongList(name, node),
    };

    private ImmutableArray<Node> WrongList(string name, Node node)
    {
        Report(BindingCodes.WrongType, node.Location, $"\"{name}\" takes a list, got {node.Kind}", null, node);
        return [];
    }

    private ImmutableArray<Entry>? MapEntries(string name)
    {
        switch (Written(name))
        {
            case null:
                return null;
            case MapNode map:
                return map.Entries;
            case var node:
                Report(BindingCodes.WrongType, node.Location, $"\"{name}\" takes names with values, got {node.Kind}", null, node);
                return null;
        }
    }

    private static string Shown(Node node) => node is ScalarNode { IsNull: false } scalar ? $"\"{scalar.Value}\"" : node.Kind;
}
