using System.Collections.Immutable;
using System.Text.Json.Nodes;

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
    public void Value(Shape shape, JsonNode? node, PropertyPath trail)
    {
        if (Intrinsic.Is(node) || ++_visits > MostVisits || _depth >= DeepestShape)
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

    private void Keywords(Shape shape, JsonNode? node, PropertyPath trail)
    {
        switch (node)
        {
            case JsonObject map:
                Object(shape, map, trail);
                break;
            case JsonArray list when shape.List is { } limits:
                List(limits, list, trail);
                break;
            case JsonValue value when shape.Scalar is { } limits:
                Scalar(limits, shape.Types, value, trail);
                break;
        }

        Choices(shape, node, trail);
    }

    private bool Type(JsonTypes types, JsonNode? node, PropertyPath trail)
    {
        if (node is null ? types.HasFlag(JsonTypes.Null) : types == JsonTypes.None || JsonKind.Fits(types, node))
        {
            return true;
        }

        Add(SchemaRule.WrongType, trail, node is null && types == JsonTypes.None
            ? $"{trail.Leaf}: null is not allowed"
            : $"{trail.Leaf}: expected {JsonKind.Name(types)}, got {Quote(node, trail)}");
        return false;
    }

    private void Add(SchemaRule rule, PropertyPath trail, string message) =>
        _findings.Add(new SchemaFinding(rule, trail.ToString(), message));

    // What AWS never reads back may be a password, also where it is none.
    private string Quote(JsonNode? node, PropertyPath trail) =>
        node is JsonValue && schema.IsWriteOnly(trail.SchemaPath) ? "a value (not shown)" : JsonKind.Quote(node);

    private static string Plural(long count, string thing, string things) => $"{count} {(count == 1 ? thing : things)}";
}
