using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.Eng.Packing;

namespace Paco.Tests.CloudFormation.Schemas;

/// <summary>What a schema says in JSON is what is read of it when it was packed.</summary>
public sealed class SchemaPackingTests
{
    private const string Everything = """
        {
          "typeName": "A::B::C",
          "definitions": {
            "Tree": {"type": "object", "properties": {"Leaf": {"type": "string"}, "Below": {"$ref": "#/definitions/Tree"}},
              "additionalProperties": false, "required": ["Leaf"]},
            "a/b": {"type": "boolean"}
          },
          "properties": {
            "Name": {"type": "string", "enum": ["one", "two"]},
            "Size": {"type": ["integer", "string"], "minimum": -1.5, "maximum": 20},
            "Mode": {"enumCaseInsensitive": ["on", "off"]},
            "Kind": {"const": 4},
            "Word": {"type": "string", "pattern": "^[a-z]+$", "minLength": 2, "maxLength": 300},
            "Tree": {"$ref": "#/definitions/Tree"},
            "Flag": {"$ref": "#/definitions/a~1b"},
            "Lost": {"$ref": "#/definitions/Nothing"},
            "List": {"type": "array", "items": {"type": "integer"}, "prefixItems": [{"type": "string"}], "minItems": 1, "maxItems": 2,
              "uniqueItems": true},
            "Map": {"type": "object", "patternProperties": {"^x-": {"type": "string"}}, "minProperties": 1, "maxProperties": 2},
            "Arn": {"type": "string"}
          },
          "required": ["Name"],
          "requiredXor": ["Mode", "Kind"],
          "requiredOr": ["Size", "Word"],
          "dependentRequired": {"Tree": ["Flag"]},
          "dependencies": {"List": ["Map"]},
          "dependentExcluded": {"Word": ["Lost"]},
          "allOf": [{"required": ["Size"]}],
          "anyOf": [{"required": ["Tree"]}, {"required": ["Flag"]}],
          "oneOf": [{"required": ["List"]}, {"required": ["Map"]}],
          "createOnlyProperties": ["/properties/Name", "/properties/Tree/Leaf"],
          "readOnlyProperties": ["/properties/Arn"],
          "writeOnlyProperties": ["/properties/Word"],
          "conditionalCreateOnlyProperties": ["/properties/Size"],
          "primaryIdentifier": ["/properties/Name"],
          "replacementStrategy": "delete_then_create",
          "tagging": {"tagProperty": "/properties/Map"},
          "propertyTransform": {"/properties/Name": "$lowercase(Name)"}
        }
        """;

    [Fact]
    public void The_facts_of_a_type_are_read_as_they_were_written()
    {
        var schema = Packed(Everything);

        Assert.Equal(["Name"], schema.Required);
        Assert.Equal(["Name", "Size", "Mode", "Kind", "Word", "Tree", "Flag", "Lost", "List", "Map"], schema.Properties);
        Assert.Equal(["Name", "Tree/Leaf"], schema.CreateOnly);
        Assert.Equal(["Arn"], schema.ReadOnly);
        Assert.True(schema.IsWriteOnly("Word"));
        Assert.Equal(["Size"], schema.ConditionalCreateOnly);
        Assert.Equal(["Name"], schema.PrimaryIdentifier);
        Assert.Equal("Map", schema.TagProperty);
        Assert.True(schema.IsDeletedFirst);
        Assert.True(schema.AreEqual("Name", "SHOP", "shop"));
    }

    [Fact]
    public void The_limits_of_a_value_are_read_as_they_were_written()
    {
        var properties = Packed(Everything).Shapes.Root.Object!.Properties;

        Assert.True(properties["Name"].Shape.Scalar is { Enum: ["one", "two"], IgnoreCase: false });
        Assert.Equal(JsonTypes.Integer | JsonTypes.String, properties["Size"].Shape.Types);
        Assert.Equal((-1.5m, 20m), (properties["Size"].Shape.Scalar!.Minimum, properties["Size"].Shape.Scalar!.Maximum));
        Assert.True(properties["Mode"].Shape.Scalar is { IgnoreCase: true, Enum: ["on", "off"] });
        Assert.True(properties["Kind"].Shape.Scalar is { Enum: ["4"] });
        Assert.True(properties["Word"].Shape.Scalar is { Pattern: "^[a-z]+$", MinLength: 2, MaxLength: 300 });
        Assert.True(properties["List"].Shape.List is { MinItems: 1, MaxItems: 2, Unique: true, Items.Shape.Types: JsonTypes.Integer });
        Assert.Equal(JsonTypes.String, properties["List"].Shape.List!.PrefixItems.Single().Shape.Types);
        Assert.True(properties["Map"].Shape.Object is { MinProperties: 1, MaxProperties: 2, PatternProperties: [{ Pattern: "^x-" }] });
    }

    [Fact]
    public void What_belongs_together_is_read_as_it_was_written()
    {
        var root = Packed(Everything).Shapes.Root;

        Assert.True(root.Object is { RequiredXor: ["Mode", "Kind"], RequiredOr: ["Size", "Word"] });
        Assert.Equal(["Tree: Flag", "List: Map"], root.Object!.DependentRequired.Select(Text));
        Assert.Equal(["Word: Lost"], root.Object.DependentExcluded.Select(Text));
        Assert.Equal([1, 2, 2], new[] { root.AllOf, root.AnyOf, root.OneOf }.Select(branches => branches.Length));
        Assert.True(root.OneOf[1].Shape.Object is { Required: ["Map"] });
    }

    [Fact]
    public void References_lead_to_their_definitions_and_those_to_themselves()
    {
        var properties = Packed(Everything).Shapes.Root.Object!.Properties;
        var tree = properties["Tree"].Shape.Reference!.Shape;

        Assert.True(tree.Object is { Closed: true, Required: ["Leaf"] });
        Assert.Same(tree, tree.Object!.Properties["Below"].Shape.Reference!.Shape);
        Assert.Equal(JsonTypes.Boolean, properties["Flag"].Shape.Reference!.Shape.Types);
        Assert.True(properties["Lost"].Shape.Reference!.Shape is { Types: JsonTypes.None, Scalar: null, List: null, Object: null });
    }

    [Fact]
    public void A_check_goes_by_what_was_packed() => Assert.Equal(
        ["Tree.Below: unknown property \"Laef\"; did you mean \"Leaf\"?", "Tree.Below: missing required property \"Leaf\""],
        Packed(Everything).Check(JsonNode.Parse("""
            {"Name": "one", "Size": 3, "Mode": "ON", "Tree": {"Leaf": "x", "Below": {"Laef": "y"}}, "Flag": true, "Map": {"x-1": "z"}}
            """)!).Select(finding => $"{finding.Path.Replace(".Laef", "", StringComparison.Ordinal)}: {finding.Message}"));

    [Fact]
    public void The_same_schemas_make_the_same_bytes_in_whatever_order_they_come()
    {
        const string Other = """{"typeName": "A::B::B", "properties": {}}""";

        Assert.Equal(SchemaPacker.Pack([Everything, Other]), SchemaPacker.Pack([Other, Everything]));
        Assert.Equal(["A::B::B", "A::B::C"], new ResourceSchemas(SchemaPacker.Pack([Everything, Other])).TypeNames);
    }

    private static ResourceSchema Packed(string schema) => new ResourceSchemas(SchemaPacker.Pack([schema])).Find("A::B::C")!;

    private static string Text(DependentProperties one) => $"{one.Name}: {string.Join(',', one.Others)}";
}
