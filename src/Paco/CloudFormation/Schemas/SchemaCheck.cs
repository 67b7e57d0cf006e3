using System.Collections.Immutable;

namespace Paco.CloudFormation.Schemas;

/// <summary>One walk of a resource's properties along its schema. Each kind of value has its rules in a file of its own.</summary>
internal sealed partial class SchemaCheck(ResourceSchema schema)
{
    // Choices within choices are tried one by one; no template of a size CloudFormation takes comes near these limits.
    private const int MostVisits = 500_000;
    private const int DeepestShape = 256;

    private List<SchemaFinding> _findings = [];
    private int _visits;
    private int _depth;

    public ImmutableArray<SchemaFinding> Findings => [.. _findings];

    /// <summary>Checks a value that is there against a shape.</summary>
    public void Value(Shape shape, TemplateNode node, PropertyCursor trail)
    {
        if (node.IsIntrinsic || ++_visits > MostVisits || _depth >= DeepestShape)
        {
            return;
        }

        _depth++;
        var link = shape;
        for (var i = 0; i < ShapeBook.LongestChain && link is not null && Type(link.Types, node, trail); i++)
        {
            Keywords(link, node, trail);
            link = link.Reference?.Shape;
        }

        _depth--;
    }

    private void Keywords(Shape shape, TemplateNode node, PropertyCursor trail)
    {
        if (node.IsObject && shape.Object is { } ofObject)
        {
            Object(ofObject, node, trail);
        }
        else if (node.IsList && shape.List is { } ofList)
        {
            List(ofList, node, trail);
        }
        else if (node.IsScalar && shape.Scalar is { } ofScalar)
        {
            Scalar(ofScalar, shape.Types, node, trail);
        }

        Choices(shape, node, trail);
    }

    private bool Type(JsonTypes types, TemplateNode node, PropertyCursor trail)
    {
        if (node.IsNull ? types.HasFlag(JsonTypes.Null) : types == JsonTypes.None || JsonKind.Fits(types, node))
        {
            return true;
        }

        Add(SchemaRule.WrongType, trail, node.IsNull && types == JsonTypes.None
            ? $"{trail.Leaf}: null is not allowed"
            : $"{trail.Leaf}: expected {JsonKind.Name(types)}, got {Quote(node, trail)}");
        return false;
    }

    private void Add(SchemaRule rule, PropertyCursor trail, string message) =>
        _findings.Add(new SchemaFinding(rule, trail.ToString(), message));

    // What AWS never reads back may be a password, also where it is none.
    private string Quote(TemplateNode node, PropertyCursor trail) =>
        node.IsScalar && schema.IsWriteOnly(trail.SchemaPath) ? "a value (not shown)" : JsonKind.Quote(node);

    private static string Plural(long count, string thing, string things) => $"{count} {(count == 1 ? thing : things)}";
}
