using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Paco.CloudFormation.Schemas;

namespace Paco.Tests.CloudFormation.Schemas;

/// <summary>Whatever is in the schemas and whatever is in a template: no exception, no hang.</summary>
public sealed class SchemaPatternTests
{
    [Fact]
    public void Nearly_every_pattern_of_every_schema_is_understood()
    {
        var patterns = ResourceSchemas.Shared.TypeNames.SelectMany(Patterns).ToHashSet();
        var unread = patterns.Where(pattern => SchemaPattern.Read(pattern) is null).ToList();

        Assert.True(patterns.Count > 2000);
        Assert.True(unread.Count <= 5, string.Join('\n', unread));
    }

    [Theory]
    [InlineData("^a+$", "b", false)]
    [InlineData("b", "abc", true)]
    [InlineData("^\\p{L}+$", "Zürich", true)]
    [InlineData("^\\w+$", "Zürich", false)]
    [InlineData("^(?!aws:).+$", "aws:x", false)]
    [InlineData("^x\\Z", "xZ", false)]
    public void A_pattern_is_searched_for_as_JSON_Schema_says(string pattern, string text, bool matches) =>
        Assert.Equal(matches, SchemaPattern.Matches(pattern, text));

    [Fact]
    public void A_pattern_that_cannot_be_read_allows_everything() => Assert.True(SchemaPattern.Matches("([", "anything"));

    [Fact]
    public void A_pattern_that_takes_for_ever_allows_everything() =>
        Assert.True(SchemaPattern.Matches("^(a+)+$", new string('a', 40) + "!"));

    [Fact]
    public void Properties_nested_deeper_than_any_schema_are_checked_without_harm()
    {
        var statement = new JsonObject();
        for (var i = 0; i < 5000; i++)
        {
            statement = new JsonObject { ["NotStatement"] = new JsonObject { ["Statement"] = statement } };
        }

        var rules = new JsonArray(new JsonObject { ["Statement"] = statement });
        Assert.NotEmpty(ResourceSchemas.Shared.Find("AWS::WAFv2::RuleGroup")!.Check(new JsonObject { ["Rules"] = rules }));
    }

    [Fact]
    public void Any_value_in_any_property_of_any_type_is_checked_without_an_exception()
    {
        var types = ResourceSchemas.Shared.TypeNames.Select(name => ResourceSchemas.Shared.Find(name)!).ToArray();
        Prop.ForAll(
            Gen.Elements(types).SelectMany(_ => Values(3), (type, value) => (type, value)).ToArbitrary(),
            pair => pair.type.Check(new JsonObject(pair.type.Properties.Select(name => KeyValuePair.Create(name, pair.value?.DeepClone()))))
                .All(finding => finding.Message.Length > 0)).QuickCheckThrowOnFailure();
    }

    private static Gen<JsonNode?> Values(int depth)
    {
        Gen<JsonNode?>[] scalars =
        [
            Gen.Constant<JsonNode?>(null),
            Gen.Elements("", "x", "80", "-1e400", "ä\u0000\ud800", "AWS::NoValue").Select(text => (JsonNode?)text),
            Gen.Elements(0, -1, 1e300, 0.5, double.MaxValue).Select(number => (JsonNode?)number),
            Gen.Elements(true, false).Select(value => (JsonNode?)value),
        ];
        return depth == 0 ? Gen.OneOf(scalars) : Gen.OneOf(
        [
            .. scalars,
            Values(depth - 1).ListOf().Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Gen.Elements("Ref", "Fn::If", "Key", "Condition", "").SelectMany(_ => Values(depth - 1), (key, value) =>
                (JsonNode?)new JsonObject { [key] = value?.DeepClone() }),
        ]);
    }

    private static IEnumerable<string> Patterns(string type) => AllShapes.Of(ResourceSchemas.Shared.Find(type)!).SelectMany(shape =>
        new[] { shape.Scalar?.Pattern }.OfType<string>().Concat((shape.Object?.PatternProperties ?? []).Select(named => named.Pattern)));
}
