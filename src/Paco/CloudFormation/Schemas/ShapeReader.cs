using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Paco.CloudFormation.Schemas;

/// <summary>
/// Reads one shape, in the order in which <c>eng/Packing</c> packs its parts. Shapes below it, and what lies behind a reference, are
/// links: reading always ends.
/// </summary>
internal static class ShapeReader
{
    public static Shape Read(ShapeBook book, ref PackedReader part)
    {
        var next = part.Optional();
        return new Shape
        {
            Reference = next.IsThere() ? book.Definition(part.Place()) : null,
            Types = next.IsThere() ? (JsonTypes)part.Number() : JsonTypes.None,
            Scalar = next.IsThere() ? Scalar(ref part) : null,
            List = next.IsThere() ? List(book, ref part) : null,
            Object = next.IsThere() ? Object(book, ref part) : null,
            OneOf = next.IsThere() ? Shapes(book, ref part) : [],
            AnyOf = next.IsThere() ? Shapes(book, ref part) : [],
            AllOf = next.IsThere() ? Shapes(book, ref part) : [],
        };
    }

    private static ScalarShape Scalar(ref PackedReader part)
    {
        var next = part.Optional();
        return new ScalarShape
        {
            Enum = next.IsThere() ? part.Texts() : [],
            IgnoreCase = next.IsThere(),
            Pattern = next.IsThere() ? part.Text() : null,
            MinLength = next.IsThere() ? part.Number() : null,
            MaxLength = next.IsThere() ? part.Number() : null,
            Minimum = next.IsThere() ? Limit(ref part) : null,
            Maximum = next.IsThere() ? Limit(ref part) : null,
        };
    }

    private static ListShape List(ShapeBook book, ref PackedReader part)
    {
        var next = part.Optional();
        return new ListShape
        {
            Items = next.IsThere() ? Link(book, ref part) : null,
            PrefixItems = next.IsThere() ? Shapes(book, ref part) : [],
            MinItems = next.IsThere() ? part.Number() : null,
            MaxItems = next.IsThere() ? part.Number() : null,
            Unique = next.IsThere(),
        };
    }

    private static ObjectShape Object(ShapeBook book, ref PackedReader part)
    {
        var next = part.Optional();
        return new ObjectShape
        {
            Properties = next.IsThere() ? Properties(book, ref part) : ImmutableDictionary<string, ShapeLink>.Empty,
            PatternProperties = next.IsThere() ? Patterns(book, ref part) : [],
            Closed = next.IsThere(),
            Required = next.IsThere() ? part.Texts() : [],
            RequiredXor = next.IsThere() ? part.Texts() : [],
            RequiredOr = next.IsThere() ? part.Texts() : [],
            DependentRequired = next.IsThere() ? Companions(ref part) : [],
            DependentExcluded = next.IsThere() ? Companions(ref part) : [],
            MinProperties = next.IsThere() ? part.Number() : null,
            MaxProperties = next.IsThere() ? part.Number() : null,
        };
    }

    private static ShapeLink Link(ShapeBook book, ref PackedReader part) => new(book, part.Place());

    private static ImmutableArray<ShapeLink> Shapes(ShapeBook book, ref PackedReader part)
    {
        var shapes = new ShapeLink[part.Place()];
        for (var i = 0; i < shapes.Length; i++)
            shapes[i] = Link(book, ref part);
        return ImmutableCollectionsMarshal.AsImmutableArray(shapes);
    }

    private static Dictionary<string, ShapeLink> Properties(ShapeBook book, ref PackedReader part)
    {
        var count = part.Place();
        var read = new Dictionary<string, ShapeLink>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            read[part.Text()] = Link(book, ref part);
        return read;
    }

    private static ImmutableArray<NamedShape> Patterns(ShapeBook book, ref PackedReader part)
    {
        var patterns = new NamedShape[part.Place()];
        for (var i = 0; i < patterns.Length; i++)
            patterns[i] = new NamedShape(part.Text(), Link(book, ref part));
        return ImmutableCollectionsMarshal.AsImmutableArray(patterns);
    }

    private static ImmutableArray<DependentProperties> Companions(ref PackedReader part)
    {
        var companions = new DependentProperties[part.Place()];
        for (var i = 0; i < companions.Length; i++)
            companions[i] = new DependentProperties(part.Text(), part.Texts());
        return ImmutableCollectionsMarshal.AsImmutableArray(companions);
    }

    private static decimal Limit(ref PackedReader part) => decimal.Parse(part.Text(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
