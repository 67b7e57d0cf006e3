using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Binding;

/// <summary>Fields that hold objects, references and files.</summary>
public sealed partial class Fields
{
    /// <summary>An object, or null where it is not given.</summary>
    public T? Object<T>(string name, string doc, Func<Fields, T> bind)
        where T : Model
    {
        Know(name)?.Add(new FieldDoc(name, Nested(bind), doc));
        return Has(name) ? Child(name, name, _map![name], bind) : null;
    }

    /// <summary>An object that is there even where it is not given, with its defaults.</summary>
    public T Always<T>(string name, string doc, Func<Fields, T> bind)
        where T : Model
    {
        Know(name)?.Add(new FieldDoc(name, Nested(bind), doc));
        return Child(name, name, _map?[name], bind);
    }

    /// <summary>
    /// Objects by name, in the order written. An object that is given as nothing has its defaults, or the base's fields where it overrides
    /// some.
    /// </summary>
    /// <param name="anyKey">Keys are no names (paths of files, for example) and are not checked as such.</param>
    /// <param name="inPath">References to the objects name the field; without, they stand directly below this object
    /// (<c>resource.route53.ZONE</c>).</param>
    /// <param name="under">Objects by name that lie under those of the same names here, as the base lies under an environment.</param>
    public ImmutableArray<T> Map<T>(string name, string doc, Func<Fields, T> bind, bool anyKey = false, bool inPath = true,
        MapNode? under = null)
        where T : Model
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.MapOf(Nested(bind), anyKey), doc));
        if (MapEntries(name) is not { } entries)
            return [];
        var all = ImmutableArray.CreateBuilder<T>(entries.Length);
        foreach (var entry in entries)
        {
            if (!anyKey)
                CheckName(entry);
            all.Add(Child(inPath ? $"{name}.{entry.Key}" : entry.Key, entry.Key, Laid(entry, under), bind));
        }
        return all.DrainToImmutable();
    }

    /// <summary>
    /// The object's own keys are names of objects: a set of security groups, an application's secrets. Call it instead of
    /// reading fields, or after them: keys already read as fields are left out.
    /// </summary>
    /// <param name="names">The only names there can be, where that is known.</param>
    public ImmutableArray<T> Rest<T>(string doc, Func<Fields, T> bind, params ImmutableArray<string> names)
        where T : Model => Rest(doc, bind, entry => Laid(entry, null), names);

    /// <summary>The same where what lies under an object comes from elsewhere.</summary>
    /// <param name="laid">What an entry means, with what lies under it.</param>
    internal ImmutableArray<T> Rest<T>(string doc, Func<Fields, T> bind, Func<Entry, Node> laid, params ImmutableArray<string> names)
        where T : Model
    {
        if (_recorder?.Doc is { } take)
            (take.Rest, take.RestNames) = (new FieldDoc("<name>", Nested(bind), doc), names);
        if (_map is null)
            return [];
        var all = ImmutableArray.CreateBuilder<T>(_map.Entries.Length);
        foreach (var entry in _map.Entries)
        {
            if (_known.Contains(entry.Key))
                continue;
            _known.Add(entry.Key);
            CheckName(entry);
            all.Add(Child(entry.Key, entry.Key, laid(entry), bind));
        }
        return all.DrainToImmutable();
    }

    // Nothing behind a name means what lies below: the base's object, or that of the same name elsewhere.
    private static Node Laid(Entry entry, MapNode? under)
    {
        var written = entry.Value is ScalarNode { IsNull: true, Overridden: MapNode below } ? below : entry.Value;
        return under?[entry.Key] is not { } lowest ? written
            : written is ScalarNode { IsNull: true } ? lowest
            : Overlay.Lay(lowest, written)!;
    }

    /// <summary>Objects in a list; they have no names and cannot be referred to.</summary>
    public ImmutableArray<T> List<T>(string name, string doc, Func<Fields, T> bind)
        where T : Model
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.ListOf(Nested(bind, isNamed: false)), doc));
        var items = Written(name) is MapNode single ? [single] : Items(name);
        return [.. items.Select((item, i) => Bind(new Fields(item, "", $"{Path}.{name}[{i}]", Enablement, _context, item.Location), bind))];
    }

    /// <summary>
    /// What is written, as it is, for fields that hold free structure; null where nothing is. References in it must lead somewhere.
    /// </summary>
    public Node? Raw(string name, string doc)
    {
        var node = Structure(name, doc);
        if (node is not null)
            Mentions(node);
        return node;
    }

    /// <summary>The same for structure whose reader asks for its references one by one.</summary>
    public Node? Structure(string name, string doc)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Free(), doc));
        return Written(name) is { IsWhole: true } node ? node : null;
    }

    /// <summary>An object whose constructor depends on the word that a field of it holds.</summary>
    /// <param name="words">The words there are; <paramref name="reader"/> is asked for any other one, and for none, too.</param>
    public T OneOf<T>(string discriminator, IEnumerable<string> words, Func<string?, Func<Fields, T>> reader)
        where T : Model
    {
        _recorder?.Choose(discriminator, [.. words.Select(word => new Choice(word, Variant(word, reader(word))))]);
        return reader(Peek(discriminator))(this);
    }

    // ---- references -------------------------------------------------------------------------------------------------

    /// <summary>A reference to an object of one of the kinds (joined with <c>|</c>; empty: to anything), or null.</summary>
    public Ref? Ref(string name, string doc, string kinds = "", bool required = false)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Reference(KindsOf(kinds)), doc, required));
        if (Written(name) is { } node)
            return RefOf(node, name, kinds);
        if (required)
            Missing(name);
        return null;
    }

    public ImmutableArray<Ref> Refs(string name, string doc, string kinds = "")
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.ListOf(new Shape.Reference(KindsOf(kinds))), doc));
        return [.. Items(name).Select(item => RefOf(item, name, kinds)).OfType<Ref>()];
    }

    /// <summary>A reference, or plain text where that will do; null where neither is given.</summary>
    public RefOrText? RefOrText(string name, string doc, string kinds = "", Check? check = null, bool required = false)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Reference(KindsOf(kinds), new Shape.Text(check)), doc, required));
        if (Written(name) is { } node)
            return RefOrTextOf(node, name, kinds, check);
        if (required)
            Missing(name);
        return null;
    }

    /// <summary>A reference, or a secret in plain text, whose line is shown nowhere; null where neither is given.</summary>
    public RefOrSecret? RefOrSecret(string name, string doc, string kinds = "")
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Reference(KindsOf(kinds), new Shape.Text(null, IsSecret: true)), doc));
        if (Written(name) is not ScalarNode { Tag: null } node)
            return null;
        if (Binding.Ref.IsRef(node.Value))
            return RefOf(node, name, kinds) is { } found ? new RefOrSecret(found, null) : null;
        node.Location.File?.Hide(node.Location.Line);
        return new RefOrSecret(null, new Secret(node.Value, node.Location));
    }

    public ImmutableArray<RefOrText> RefsOrTexts(string name, string doc, string kinds = "")
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.ListOf(new Shape.Reference(KindsOf(kinds), new Shape.Text())), doc));
        return [.. Items(name).Select(item => RefOrTextOf(item, name, kinds, null)).OfType<RefOrText>()];
    }

    /// <summary>A reference inside a longer text or free structure.</summary>
    public Ref? Reference(string text, ScalarNode within) => RefOf(within.Part(text), "", "");

    private RefOrText? RefOrTextOf(Node node, string name, string kinds, Check? check)
    {
        if (node is ScalarNode { Tag: null } scalar && Binding.Ref.IsRef(scalar.Value))
            return RefOf(node, name, kinds) is { } found ? new RefOrText(found, null, node.Location) : null;
        return TextOf(node, name, check) is { } text ? new RefOrText(null, text, node.Location) : null;
    }

    private Ref? RefOf(Node node, string name, string kinds)
    {
        if (node is not ScalarNode { Tag: null } scalar)
        {
            Report(BindingCodes.NotAReference, node.Location, $"\"{name}\" takes a reference (\"paco.ref …\"), got {node.Kind}", null,
                node);
            return null;
        }
        if (Binding.Ref.Parse(scalar, _context.Scope, out var problem) is { } found)
        {
            _context.Index.Add(new RefUse(found, Path, name, KindsOf(kinds)));
            return found;
        }
        Report(BindingCodes.NotAReference, node.Location, problem!, null, node);
        return null;
    }

    // ---- files ------------------------------------------------------------------------------------------------------

    /// <summary>
    /// The text of a file the field names; its path is relative to the YAML file that holds the field. Null where not given or not
    /// readable.
    /// </summary>
    public SourceFile? File(string name, string doc)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.FilePath(), doc));
        return Written(name) is { } node && TextOf(node, name, null) is { } written ? ReadFile(written, node) : null;
    }

    /// <summary>The same for a field that was read as text and turned out to name one.</summary>
    public SourceFile? FileNamed(string name, string written) => Written(name) is { } node ? ReadFile(written, node) : null;

    private SourceFile? ReadFile(string written, Node node)
    {
        var folder = System.IO.Path.GetDirectoryName(node.Location.File?.Path) ?? "";
        if (_context.Files.Resolve(folder, written) is not { } path)
        {
            Report(BindingCodes.MissingFile, node.Location, $"\"{written}\" cannot be a path", null, node);
            return null;
        }
        if (System.IO.Path.Exists(path))
            return _context.Files.Read(path, node.Location);
        Report(BindingCodes.MissingFile, node.Location, $"there is no file {_context.Files.Shown(path)}", _context.Files.Similar(path),
            node);
        return null;
    }

    // ---- children ---------------------------------------------------------------------------------------------------

    /// <summary>
    /// Binds an object of the project's tree: constructor, index, and once the tree around it is read, rules and unknown fields.
    /// </summary>
    internal static T Bind<T>(Fields fields, Func<Fields, T> bind)
        where T : Model
    {
        var model = bind(fields);
        var later = fields._context.Rules;
        later.Enqueue(() =>
        {
            fields.Follow(model);
            fields.Done();
        });
        while (fields.Enablement.IsTop && later.TryDequeue(out var next))
            next();
        return model;
    }

    // Rules compare fields, and one of them may be what could not be read.
    private void Follow(Model model)
    {
        _isQuiet = !model.IsWhole;
        model.Rules(this);
        _isQuiet = false;
    }

    /// <summary>Names are checked once, where the object is first written.</summary>
    internal void CheckName(Entry entry)
    {
        var (key, place) = (entry.Key, entry.KeyLocation);
        if (key.Length == 0 || !char.IsAsciiLetter(key[0]) || key.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            Report(BindingCodes.BadName, place, $"\"{key}\" cannot be a name", "letters, digits, - and _, beginning with a letter");
        else if (key.EndsWith('-') || key.Contains("--", StringComparison.Ordinal))
            Report(BindingCodes.OddName, place, $"the name \"{key}\" ends in \"-\" or holds \"--\"");
    }

    private T Child<T>(string below, string name, Node? node, Func<Fields, T> bind)
        where T : Model
    {
        var model = Bind(new Fields(node, name, $"{Path}.{below}", Enablement, _context, Location), bind);
        _context.Index.Add(model);
        return model;
    }

    /// <summary>The fields that a constructor, and the rules after it, ask for.</summary>
    internal static ObjectDoc Record<T>(Func<Fields, T> bind, BindContext context)
        where T : Model
    {
        var recorder = new FieldRecorder(null, typeof(T));
        new Fields(null, "", "", null, context).Take(recorder, bind);
        return recorder.Doc;
    }

    private static ImmutableArray<string> KindsOf(string kinds) => kinds.Length == 0 ? [] : [.. kinds.Split('|')];

    // Only when recording: what is read is nothing, so that every field is asked for.
    private Shape Nested<T>(Func<Fields, T> bind, bool isNamed = true)
        where T : Model => FieldRecorder.Nested<T>(_recorder, isNamed, inner => Take(inner, bind));

    private ObjectDoc Variant<T>(string word, Func<Fields, T> bind)
        where T : Model
    {
        var inner = new FieldRecorder(_recorder, typeof(T), word);
        Take(inner, bind);
        return inner.Doc;
    }

    private void Take<T>(FieldRecorder into, Func<Fields, T> bind)
        where T : Model
    {
        var fields = new Fields(null, "", "", null, _context, default, into);
        bind(fields).Rules(fields);
    }
}
