
namespace Paco.CloudFormation.Schemas;

/// <summary>One type's shapes, each read when a check first comes to it.</summary>
internal sealed class ShapeBook
{
    // Longer chains than a definition of a definition do not occur; a chain that closes on itself must end.
    public const int LongestChain = 16;

    private readonly PackedFile _packed;
    private readonly ShapeLink _root;
    private readonly ShapeLink[] _definitions;

    public ShapeBook(PackedFile packed, ref PackedReader part)
    {
        _packed = packed;
        _root = new ShapeLink(this, part.Place());
        _definitions = new ShapeLink[part.Place()];
        for (var i = 0; i < _definitions.Length; i++)
            _definitions[i] = new ShapeLink(this, part.Place());
    }

    public Shape Root => _root.Shape;

    /// <summary>What references lead to is numbered.</summary>
    public ShapeLink Definition(int number) => _definitions[number];

    public Shape Read(int place) => _packed.Read(place, part => ShapeReader.Read(this, ref part));

    /// <summary>The shape itself and, where it is a reference, what stands behind it.</summary>
    public static IEnumerable<Shape> Chain(Shape? shape)
    {
        for (var i = 0; i < LongestChain && shape is not null; i++)
        {
            yield return shape;
            shape = shape.Reference?.Shape;
        }
    }

    /// <summary>The shape at <c>Foo/*/Bar</c> below the top, or null where the schema has none.</summary>
    public Shape? At(IEnumerable<string> path)
    {
        var shape = Root;
        foreach (var name in path)
        {
            shape = Chain(shape).Select(link => name == "*" ? link.List?.Items : link.Object?.Properties.GetValueOrDefault(name))
                .FirstOrDefault(child => child is not null)?.Shape;
        }

        return shape;
    }
}
