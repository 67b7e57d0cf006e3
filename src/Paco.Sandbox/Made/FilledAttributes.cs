using System.Text.Json.Nodes;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>Attributes that others fill: read from those others whenever somebody asks.</summary>
internal static class FilledAttributes
{
    private const string VpcBlock = "AWS::EC2::VPCCidrBlock";
    private const string SubnetBlock = "AWS::EC2::SubnetCidrBlock";

    private static readonly Dictionary<(string Type, string Attribute), Func<Store, LiveResource, IEnumerable<string>>> Lists = new()
    {
        [("AWS::EC2::VPC", "Ipv6CidrBlocks")] = (store, vpc) => Naming(store, vpc, VpcBlock, "VpcId").SelectMany(Ipv6Of),
        [("AWS::EC2::VPC", "CidrBlockAssociations")] = (store, vpc) => Naming(store, vpc, VpcBlock, "VpcId")
            .Where(block => !Ipv6Of(block).Any()).Select(block => block.Physical).Prepend(FirstAssociation(vpc)),
        [("AWS::EC2::Subnet", "Ipv6CidrBlocks")] = (store, subnet) => Naming(store, subnet, SubnetBlock, "SubnetId").Prepend(subnet)
            .SelectMany(Ipv6Of),
    };

    /// <summary>Null where nobody fills it.</summary>
    public static JsonNode? Of(Store store, LiveResource it, string attribute) =>
        Lists.TryGetValue((it.Type, attribute), out var values) ? new JsonArray([.. values(store, it).Select(v => JsonValue.Create(v))])
            : NestedStacks.Output(store, it, attribute);

    /// <summary>All of a resource that are lists.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(Store store, LiveResource it) =>
        Lists.Keys.Where(k => k.Type == it.Type).Select(k => KeyValuePair.Create(k.Attribute, Of(store, it, k.Attribute)));

    private static IEnumerable<LiveResource> Naming(Store store, LiveResource it, string type, string property) =>
        store.OfType(it.Account, it.Region, type).Where(other => Json.Scalar(other.Properties[property]) == it.Physical);

    /// <summary>The block it asked for, or the one Amazon chose out of its own.</summary>
    private static IEnumerable<string> Ipv6Of(LiveResource block) =>
        block.Properties["Ipv6CidrBlock"] is { } written ? [Json.Scalar(written)]
        : Json.Scalar(block.Properties["AmazonProvidedIpv6CidrBlock"]) == "true" ? [Amazons(new DeterministicIds(block.Physical))]
        : [];

    private static string Amazons(DeterministicIds seed) =>
        $"2600:1f{seed.Hex(2)}:{seed.Number(0x1000, "pool") + 0x1000:x}:{seed.Hex(2, "vpc")}00::/56";

    private static string FirstAssociation(LiveResource vpc) => $"vpc-cidr-assoc-{new DeterministicIds(vpc.Physical).Hex(17, "cidr")}";
}
