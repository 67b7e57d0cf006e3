using Paco.CloudFormation.Schemas;

namespace Paco.Tests.CloudFormation.Schemas;

/// <summary>Every shape of a type, whether or not a check comes to it.</summary>
internal static class AllShapes
{
    public static IReadOnlyCollection<Shape> Of(ResourceSchema schema)
    {
        // What is packed badly may lead in a circle from one place to the same place, by new links each time.
        const int Most = 100_000;
        var known = new HashSet<Shape>(ReferenceEqualityComparer.Instance) { schema.Shapes.Root };
        var open = new Queue<Shape>(known);
        while (open.TryDequeue(out var shape) && known.Count < Most)
        {
            foreach (var below in Below(shape).Select(link => link.Shape).Where(known.Add))
                open.Enqueue(below);
        }

        return known;
    }

    private static IEnumerable<ShapeLink> Below(Shape shape) =>
    [
        .. Links(shape.Reference),
        .. Links(shape.List?.Items),
        .. shape.List?.PrefixItems ?? [],
        .. shape.Object?.Properties.Values ?? [],
        .. (shape.Object?.PatternProperties ?? []).Select(named => named.Link),
        .. shape.OneOf,
        .. shape.AnyOf,
        .. shape.AllOf,
    ];

    private static IEnumerable<ShapeLink> Links(ShapeLink? link) => link is null ? [] : [link];
}
