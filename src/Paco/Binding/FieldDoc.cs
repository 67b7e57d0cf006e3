using System.Collections.Immutable;

namespace Paco.Binding;

/// <summary>A field as documentation and editors need it, taken down while the very constructor that reads it runs.</summary>
/// <param name="Default">The default as it would be written, or null where there is none.</param>
/// <param name="IsObsolete">Accepted, and without effect: <paramref name="Doc"/> says why.</param>
public sealed record FieldDoc(string Name, Shape Shape, string Doc, bool Required = false, string? Default = null, bool IsObsolete = false)
{
    /// <summary>What it takes, whether it must be given and what it is where it is not: <c>text: one of a, b; default a</c>.</summary>
    public string Notes => Shape.Words + (Required ? "; required" : "") + (Default is null ? "" : $"; default {Default}");
}

/// <summary>An object's fields. The same object may be met several times, also inside itself: it is named, and referred to.</summary>
public sealed class ObjectDoc(string name)
{
    private readonly List<FieldDoc> _fields = [];

    /// <summary>The type that reads it: <c>TargetGroup</c>.</summary>
    public string Name { get; } = name;

    public IReadOnlyList<FieldDoc> Fields => _fields;

    /// <summary>The fields, and last what further keys hold.</summary>
    public IEnumerable<FieldDoc> All => Rest is null ? _fields : [.. _fields, Rest];

    /// <summary>What further keys hold where they are names of objects, or null.</summary>
    public FieldDoc? Rest { get; internal set; }

    /// <summary>The names <see cref="Rest"/> is limited to; empty where any name will do.</summary>
    public ImmutableArray<string> RestNames { get; internal set; } = [];

    /// <summary>It stands under a name of its own, which it may repeat.</summary>
    public bool IsNamed { get; internal init; } = true;

    /// <summary>Keys that nobody asked for are accepted.</summary>
    public bool IsOpen { get; internal set; }

    internal void Add(FieldDoc field)
    {
        if (!_fields.Any(f => f.Name == field.Name))
            _fields.Add(field);
    }
}

/// <summary>Takes down the fields that a constructor and the rules after it ask for.</summary>
internal sealed class FieldRecorder(FieldRecorder? parent, Type of, string? name = null, bool isNamed = true)
{
    private readonly FieldRecorder? _parent = parent;
    private readonly Type _of = of;
    private Shape? _choice;

    public ObjectDoc Doc { get; } = new(name ?? of.Name) { IsNamed = isNamed };

    /// <summary>An object that is read as one of several.</summary>
    public void Choose(string discriminator, ImmutableArray<Choice> choices) => _choice = new Shape.OneOf(discriminator, choices);

    /// <summary>The shape of a nested object; one that is being taken down already is referred to, or it would never end.</summary>
    public static Shape Nested<T>(FieldRecorder? parent, bool isNamed, Action<FieldRecorder> bind)
    {
        for (var at = parent; at is not null; at = at._parent)
        {
            if (at._of == typeof(T))
                return new Shape.Object(at.Doc);
        }
        var inner = new FieldRecorder(parent, typeof(T), isNamed: isNamed);
        bind(inner);
        return inner._choice ?? new Shape.Object(inner.Doc);
    }
}
