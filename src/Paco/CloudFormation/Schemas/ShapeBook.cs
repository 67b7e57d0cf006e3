using System.Collections.Concurrent;
using System.Text.Json;

namespace Paco.CloudFormation.Schemas;

/// <summary>One type's shapes. Definitions are read when a reference to them is first followed.</summary>
internal sealed class ShapeBook(JsonElement schema)
{
    // Longer chains than a definition of a definition do not occur; a chain that closes on itself must end.
    private const int LongestChain = 16;

    private readonly ConcurrentDictionary<string, Shape> _read = new(StringComparer.Ordinal);

    public Shape Root => _read.GetOrAdd("#", Find);

    /// <summary>What a <c>$ref</c> points to; one that points nowhere allows everything.</summary>
    public Shape Resolve(string reference) => _read.GetOrAdd(reference, Find);

    /// <summary>The shape itself and, where it is a reference, what stands behind it.</summary>
    public IEnumerable<Shape> Chain(Shape? shape)
    {
        for (var i = 0; i < LongestChain && shape is not null; i++)
        {
            yield return shape;
            shape = shape.Reference is { } reference ? Resolve(reference) : null;
        }
    }

    /// <summary>The shape at <c>Foo/*/Bar</c> below the top, or null where the schema has none.</summary>
    public Shape? At(IEnumerable<string> path)
    {
        var shape = Root;
        foreach (var name in path)
        {
            shape = Chain(shape).Select(link => name == "*" ? link.List?.Items : link.Object?.Properties.GetValueOrDefault(name))
                .FirstOrDefault(child => child is not null);
        }

        return shape;
    }

    private Shape Find(string reference)
    {
        var found = schema;
        foreach (var segment in reference.Split('/').Skip(1))
        {
            var name = segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
            {
                return new Shape();
            }
        }

        return ShapeReader.Read(found);
    }
}
