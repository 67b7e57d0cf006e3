using System.Collections.Immutable;
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

    // Of every object until its whole tree is read: a list, since it is smaller than a set, and an object has few fields.
    private readonly List<string> _known = new(16);

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
            if (!_known.Contains(entry.Key))
                Mentions(entry.Value);
            _known.Add(entry.Key);
        }
    }

    /// <summary>
    /// Takes further fields with a warning each: for objects in which the original let any key pass. Nobody reads what stands there.
    /// </summary>
    public void WarnOfRest()
    {
        _recorder?.Doc.IsOpen = true;
        foreach (var entry in _map?.Entries ?? [])
        {
            if (!_known.Contains(entry.Key) && !IsNameOrTitle(entry))
                Report(BindingCodes.UnreadKey, entry.KeyLocation, $"nobody reads \"{entry.Key}\"", Spelling.DidYouMean(entry.Key, _known));
        }
        _known.AddRange((_map?.Entries ?? []).Select(e => e.Key));
    }

    /// <summary>Where a field is written, or where its object begins.</summary>
    public Location Place(string name) => _map?.Find(name) is { } entry ? entry.Value.Location : Location;

    /// <summary>Where a part of a field's text is written.</summary>
    public Location PlaceWithin(string name, int start, int length) =>
        _map?[name] is ScalarNode scalar ? ScalarText.Place(scalar, start, length) : Place(name);

    /// <summary>The object's own <c>enabled</c>, which counts together with those above it.</summary>
    public Enablement Enabled(bool @default, WhenDisabled whileOff = WhenDisabled.Emptied) => Enablement.Read(
        Flag("enabled", "Whether it is provisioned. Something disabled is emptied where it exists and not made where it does not.",
            @default), whileOff);

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
            if (!_known.Contains(entry.Key) && !IsNameOrTitle(entry))
            {
                Report(BindingCodes.UnknownField, entry.KeyLocation, $"unknown field \"{entry.Key}\"",
                    Spelling.DidYouMean(entry.Key, _known), entry.Value);
            }
        }
    }

    // A named object may repeat its name and carry a title; its key is what counts.
    private bool IsNameOrTitle(Entry entry) => Name.Length > 0 && entry.Key is "name" or "title";

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
