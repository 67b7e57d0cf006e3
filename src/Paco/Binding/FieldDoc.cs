namespace Paco.Binding;

/// <summary>A field as documentation and editors need it, taken down while the very constructor that reads it runs.</summary>
/// <param name="Type"><c>text</c>, <c>number</c>, <c>flag</c>, <c>list of text</c>, <c>reference to SecurityGroup</c>, <c>object</c>, …</param>
/// <param name="Default">The default as it would be written, or null where there is none.</param>
/// <param name="Constraint">What values it takes, in words, or null.</param>
public sealed record FieldDoc(string Name, string Type, string Doc, bool Required, string? Default, string? Constraint)
{
    /// <summary>The fields of the object, or of the list's or map's items; empty for simple values.</summary>
    public IReadOnlyList<FieldDoc> Fields { get; init; } = [];
}

/// <summary>Takes down the fields that a constructor asks for.</summary>
internal sealed class FieldRecorder(FieldRecorder? parent)
{
    public List<FieldDoc> Fields { get; } = [];

    public Type? Of { get; private set; }

    /// <summary>The fields of a nested object; those of a type that is being taken down already are left out, or it would never end.</summary>
    public IReadOnlyList<FieldDoc> Nested<T>(Func<FieldRecorder, T> bind)
    {
        for (var at = this; at is not null; at = at.Parent)
        {
            if (at.Of == typeof(T))
                return [];
        }
        var inner = new FieldRecorder(this) { Of = typeof(T) };
        bind(inner);
        return inner.Fields;
    }

    private FieldRecorder? Parent { get; } = parent;
}
