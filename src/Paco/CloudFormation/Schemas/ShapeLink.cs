namespace Paco.CloudFormation.Schemas;

/// <summary>A shape that is read when somebody first comes to it.</summary>
internal sealed class ShapeLink(ShapeBook book, int place)
{
    private Shape? _shape;

    // Two threads may read the same one; either result will do.
    public Shape Shape => _shape ??= book.Read(place);
}
