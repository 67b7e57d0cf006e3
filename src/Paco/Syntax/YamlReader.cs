using System.Collections.Frozen;
using System.Collections.Immutable;
using Paco.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Paco.Syntax;

/// <summary>
/// Turns a YAML text into nodes that know their place. Mistakes go to the bag; the answer is null when the text is no YAML at
/// all or holds nothing. Limits on size, depth and aliases keep hostile input cheap.
/// </summary>
public sealed class YamlReader
{
    public const int MaxDepth = 128;
    public const long MaxWeight = 200_000;

    private const string NotUnderstood = "what follows here cannot be understood";

    private static readonly string[] ProjectTags = ["!Ref", "!Sub", "!Join", "!replace"];

    // What YAML itself says a value is; only !!str changes anything.
    private static readonly FrozenSet<string> CoreTags =
        new[] { "str", "int", "float", "bool", "null", "seq", "map" }.Select(name => "tag:yaml.org,2002:" + name).ToFrozenSet();

    private readonly SourceFile _file;
    private readonly string _text;
    private readonly DiagnosticBag _bag;
    private readonly bool _anyTag;
    private readonly IReadOnlySet<int> _cut;
    private readonly Dictionary<string, Node> _anchors = new(StringComparer.Ordinal);
    private readonly List<Entry> _open = [];
    private readonly CarefulParser _parser;

    private YamlReader(SourceFile file, string text, IReadOnlySet<int> cut, DiagnosticBag bag, bool anyTag)
    {
        (_file, _text, _cut, _bag, _anyTag) = (file, text, cut, bag, anyTag);
        _parser = new CarefulParser(new Parser(new StringReader(text)));
    }

    /// <summary>
    /// Reads the first document and accepts all tags: for templates and policies, which use every function's short form.
    /// </summary>
    public static Node? Read(SourceFile file, DiagnosticBag bag)
    {
        var attempt = Try(file, file.Text, FrozenSet<int>.Empty, anyTag: true);
        attempt.Report(bag);
        return attempt.Root is { IsWhole: true } root ? root : null;
    }

    /// <summary>Reads a text that stands for the file's: of the same length, with what is at some keys blanked out.</summary>
    /// <param name="cut">The lines of those keys; what they hold is broken.</param>
    internal static YamlAttempt Try(SourceFile file, string text, IReadOnlySet<int> cut, bool anyTag = false)
    {
        var bag = new DiagnosticBag();
        var reader = new YamlReader(file, text, cut, bag, anyTag);
        try
        {
            return new YamlAttempt(bag) { Root = reader.Document() };
        }
        catch (GiveUp)
        {
            return new YamlAttempt(bag) { Root = new BrokenNode(Location.Of(file)) };
        }
        catch (YamlException e)
        {
            // Where it gave up; for something that is never closed, where that begins.
            var at = e.End.Index >= text.Length ? e.Start : e.End;
            var reason = Reason(e);
            var tab = reason.Contains("tab", StringComparison.Ordinal) ? Tab(file, at.Line) : null;
            var place = tab ?? file.Nearest(at.Line, at.Column);
            var hint = tab is null ? YamlHints.For(reason) : "indent with blanks";
            return reader.Stopped(new Diagnostic(SyntaxCodes.NotYaml, $"not YAML: {reason}", place) { Hint = hint }, (int)e.Start.Line);
        }
        catch (InvalidOperationException e) when (e.Source == "YamlDotNet")
        {
            // Its scanner gives up this way on some { … } that are broken over lines; it stands where it last understood something.
            var place = reader._parser.Current is { } last ? reader.Place(last) : Location.Of(file);
            var mistake = new Diagnostic(SyntaxCodes.NotYaml, $"not YAML: {NotUnderstood}", place);
            return reader.Stopped(mistake with { Hint = "look for a missing comma or } after it" }, place.Line);
        }
    }

    private YamlAttempt Stopped(Diagnostic mistake, int line)
    {
        var last = _parser.Current;
        return new YamlAttempt(_bag)
        {
            Mistake = mistake,
            Suspects = [mistake.Location.Line, line, (int)(last?.Start.Line ?? 1)],
            Reached = (int)(last?.End.Line ?? 0),
        };
    }

    // The parser names the map that a tab breaks, not the tab.
    private static Location? Tab(SourceFile file, long line)
    {
        for (; file.Line((int)line) is { } text; line++)
        {
            var tab = text.IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && string.IsNullOrWhiteSpace(text[..tab]))
                return new Location(file, (int)line, tab + 1);
        }
        return null;
    }

    private static string Reason(YamlException e)
    {
        var text = e.InnerException?.Message ?? e.Message;
        // Some messages repeat the place, which the frame shows already.
        var at = text.StartsWith('(') ? text.IndexOf("): ", StringComparison.Ordinal) : -1;
        text = (at < 0 ? text : text[(at + 3)..]).Trim().TrimEnd('.');
        return text.Length == 0 ? NotUnderstood : char.ToLowerInvariant(text[0]) + text[1..];
    }

    private Node? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
            return null;
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            _bag.Add(SyntaxCodes.NotYaml, Place(second), "a second document begins here; a file holds one");
        return root;
    }

    private Node ReadNode(int depth)
    {
        var current = _parser.Current ?? throw new YamlException("unexpected end");
        if (depth > MaxDepth)
            throw Fail(SyntaxCodes.TooLarge, Place(current), $"nested more than {MaxDepth} levels deep");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return _anchors.TryGetValue(alias.Value.Value, out var known) ? known : Unknown(alias);
        var (node, anchor) = current switch
        {
            Scalar => ReadScalar(),
            MappingStart => ReadMap(depth),
            SequenceStart => ReadList(depth),
            _ => throw Fail(SyntaxCodes.NotYaml, Place(current), $"not YAML: {NotUnderstood}"),
        };
        if (node.Weight > MaxWeight)
            throw Fail(SyntaxCodes.TooLarge, node.Location, $"more than {MaxWeight:N0} values, aliases written out");
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = node;
        return node;
    }

    // It may be an anchor of what is cut out.
    private BrokenNode Unknown(AnchorAlias alias)
    {
        var name = Place(alias) is { File: { } file, Line: var line } && file.Hides(line) ? "" : $" \"*{alias.Value.Value}\"";
        if (_cut.Count == 0)
            _bag.Add(SyntaxCodes.UndefinedAlias, Place(alias), $"unknown alias{name}");
        return new BrokenNode(Place(alias));
    }

    private (Node, AnchorName) ReadScalar()
    {
        var scalar = _parser.Consume<Scalar>();
        var plain = scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty;
        return (new ScalarNode(Place(scalar), scalar.Value, plain, Tag(scalar.Tag, Place(scalar))), scalar.Anchor);
    }

    private (Node, AnchorName) ReadList(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        var items = ImmutableArray.CreateBuilder<Node>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(depth + 1));
        return (new ListNode(Place(start), items.DrainToImmutable(), Tag(start.Tag, Place(start))), start.Anchor);
    }

    private (Node, AnchorName) ReadMap(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var open = new OpenMap(_open);
        List<Entry>? merged = null;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (_parser.Current is not Scalar keyEvent)
            {
                _bag.Add(SyntaxCodes.NotYaml, Place(_parser.Current!), "not YAML here: a key must be plain text");
                ReadNode(depth + 1);
                ReadNode(depth + 1);
                continue;
            }
            _parser.MoveNext();
            var place = Place(keyEvent);
            var value = ReadNode(depth + 1);
            if (_cut.Contains(place.Line))
                value = new BrokenNode(place);
            if (keyEvent is { Value: "<<", Style: ScalarStyle.Plain })
            {
                (merged ??= []).AddRange(MergedEntries(value));
            }
            else if (open.Add(new Entry(keyEvent.Value, place, value)) is { } first)
            {
                _bag.Add(SyntaxCodes.DuplicateKey, place, $"the key \"{keyEvent.Value}\" stands twice in this map",
                    "remove or rename one of the two", new RelatedPlace(first.KeyLocation, "the first one"));
            }
        }
        foreach (var entry in merged ?? [])
            open.Add(entry);
        return (new MapNode(Place(start), open.Close(), Tag(start.Tag, Place(start))), start.Anchor);
    }

    // `<<: *defaults`, YAML 1.1's merge key, which the original's reader honoured: keys written here win.
    private IEnumerable<Entry> MergedEntries(Node value)
    {
        if (value is MapNode map)
            return map.Entries;
        if (value is ListNode list && list.Items.All(item => item is MapNode))
            return list.Items.SelectMany(item => ((MapNode)item).Entries);
        if (value is not BrokenNode)
            _bag.Add(SyntaxCodes.NotYaml, value.Location, $"\"<<\" takes a map or a list of maps, got {value.Kind}");
        return [];
    }

    private string? Tag(TagName tag, Location place)
    {
        if (tag.IsEmpty || tag.IsNonSpecific || CoreTags.Contains(tag.Value))
            return null;
        if (!_anyTag && !ProjectTags.Contains(tag.Value))
        {
            _bag.Add(SyntaxCodes.UnknownTag, place, $"unknown YAML tag {tag.Value}",
                Spelling.DidYouMean(tag.Value, ProjectTags) ?? $"write the long form: \"Fn::{tag.Value.TrimStart('!')}:\"");
        }
        return tag.Value;
    }

    private GiveUp Fail(DiagnosticCode code, Location place, string message)
    {
        _bag.Add(code, place, message);
        return new GiveUp();
    }

    private Location Place(ParsingEvent e)
    {
        if (e.Start.Index >= _text.Length)
            return _file.Nearest(e.Start.Line, e.Start.Column);
        var length = e.End.Line == e.Start.Line ? (int)Math.Max(1, e.End.Column - e.Start.Column) : 1;
        return new Location(_file, (int)e.Start.Line, (int)e.Start.Column, length);
    }

    private sealed class GiveUp : Exception;

    // The parser trips over some broken texts with exceptions of other kinds: a plain text that runs into a flow mark.
    private sealed class CarefulParser(Parser parser) : IParser
    {
        public ParsingEvent? Current => parser.Current;

        public bool MoveNext()
        {
            var at = parser.Current?.End ?? Mark.Empty;
            try
            {
                return parser.MoveNext();
            }
            catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException
                or OverflowException)
            {
                throw new YamlException(at, at, NotUnderstood);
            }
        }
    }
}
