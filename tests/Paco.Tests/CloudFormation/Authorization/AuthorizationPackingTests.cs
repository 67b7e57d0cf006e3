using Paco.CloudFormation;
using Paco.CloudFormation.Authorization;
using Paco.Eng.Packing;

namespace Paco.Tests.CloudFormation.Authorization;

/// <summary>What the package with Amazon's reference says is what is read of it when it was packed.</summary>
public sealed class AuthorizationPackingTests
{
    private static readonly Dictionary<string, string> Package = new()
    {
        ["dist/cjs/globalConditionKeys.js"] = "[{ key: 'aws:SourceIp' }, { key: 'aws:RequestTag/${TagKey}' }]",
        ["data/actions/shop.json"] = """
            {
              "sell": {"name": "Sell", "conditionKeys": ["shop:Price"],
                "resourceTypes": [{"name": "thing", "conditionKeys": ["shop:Colour", "aws:SourceIp"]}, {"name": "shelf", "conditionKeys": []}]},
              "look": {"name": "Look", "conditionKeys": [], "resourceTypes": []},
              "a": {"name": "Weigh", "conditionKeys": [], "resourceTypes": []}
            }
            """,
        ["data/resourceTypes/shop.json"] = """
            {
              "shelf": {"key": "shelf", "arn": "arn:${Partition}:shop:::${BucketName}, arn:${Partition}:shop::${Account}:shelf/${Name}"},
              "thing": {"key": "thing", "arn": "arn:${Partition}:shop:::thing"}
            }
            """,
        ["data/conditionKeys/shop.json"] = """{"a": {"key": "shop:Colour"}, "b": {"key": "shop:Price"}}""",
    };

    [Fact]
    public void An_action_has_its_kinds_and_keys()
    {
        var sell = Packed().Find("SHOP")!.Actions["sell"]!;

        Assert.Equal("Sell", sell.Name);
        Assert.Equal(["arn:*:shop:::+", "arn:*:shop::*:shelf/*", "arn:*:shop:::thing"], sell.Kinds.Select(kind => kind.Arn));
        Assert.Equal(["shop:Colour", "shop:Price"], sell.Keys.AsEnumerable());
    }

    [Theory]
    [InlineData("Look")]
    [InlineData("sELL")]
    [InlineData("weigh")]
    public void An_action_is_found_wherever_the_package_has_it(string name) =>
        Assert.Equal(name, Packed().Find("shop")!.Actions[name]?.Name, ignoreCase: true);

    [Fact]
    public void An_action_that_takes_no_resource_has_no_kinds() =>
        Assert.True(Packed().Find("shop")!.Actions["Look"] is { Kinds.IsEmpty: true, Keys.IsEmpty: true });

    [Fact]
    public void Beside_the_services_there_are_the_keys_of_all_and_what_is_gone()
    {
        Assert.Equal(["aws:RequestTag/${TagKey}", "aws:SourceIp"], Packed().Find("aws")!.Keys.AsEnumerable());
        Assert.True(Packed().Find("deeplens")!.IsGone);
        Assert.Null(Packed().Find("market"));
    }

    [Fact]
    public void What_is_damaged_is_said_to_be()
    {
        var bytes = AuthorizationPacker.Pack(Package);

        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => Read(bytes[..^1])).Message, StringComparison.Ordinal);
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => Read([])).Message, StringComparison.Ordinal);
    }

    private static ServiceReference Packed() => Read(AuthorizationPacker.Pack(Package));

    private static ServiceReference Read(byte[] bytes) => new(new PackedFile("PacoActions2", "names of AWS's actions", bytes));
}
