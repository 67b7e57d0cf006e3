using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>EC2: key pairs, instances, regions and availability zones.</summary>
internal sealed class Ec2 : IService
{
    private const string KeyPair = "AWS::EC2::KeyPair";

    public string Name => "ec2";

    public string Operation(WireRequest request) => new QueryForm(request).Action;

    public WireResponse Refuse(WireRequest request, AwsError error, string requestId) => Answers.Ec2Error(error, requestId);

    public WireResponse Answer(Call call)
    {
        var form = new QueryForm(call.Request);
        return Answers.Ec2(call.Operation, call.RequestId, call.Operation switch
        {
            "DescribeKeyPairs" => DescribeKeyPairs(call, form),
            "CreateKeyPair" => CreateKeyPair(call, form),
            "DeleteKeyPair" => DeleteKeyPair(call, form),
            "CreateTags" => CreateTags(call, form),
            "DescribeInstances" => Instances.Describe(call, form),
            "DescribeRegions" => [new XElement("regionInfo", SandboxContext.Regions(call.Region).Select(Region))],
            "DescribeAvailabilityZones" =>
                [new XElement("availabilityZoneInfo", SandboxContext.Zones(call.Region).Select((zone, i) => Zone(call, zone, i)))],
            _ => throw AwsError.NotEmulated($"ec2:{call.Operation}"),
        });
    }

    private static object[] DescribeKeyPairs(Call call, QueryForm form)
    {
        var pairs = call.Store.OfType(call.Account, call.Region, KeyPair);
        var names = form.List("KeyName");
        if (names.FirstOrDefault(name => pairs.All(p => p.Physical != name)) is { } missing)
        {
            throw new AwsError("InvalidKeyPair.NotFound", $"The key pair '{missing}' does not exist");
        }

        var filters = form.Items("Filter").Select(at => (Tag: TagOf(form[$"{at}Name"]), Values: form.List($"{at}Value"))).ToList();
        return [new XElement("keySet",
            pairs.Where(p => names.Count == 0 || names.Contains(p.Physical))
                .Where(p => filters.All(f => TagsOf(p).Any(t => $"{t["Key"]}" == f.Tag && f.Values.Contains($"{t["Value"]}"))))
                .Select(p => new XElement("item", Pair(p), new XElement("keyType", "rsa"), new XElement("createTime", p.Created.Iso()))))];
    }

    private static string TagOf(string? filter) => filter?.Split(':', 2) is ["tag", var tag]
        ? tag
        : throw AwsError.NotEmulated($"ec2: DescribeKeyPairs with the filter {filter}");

    private static object[] CreateKeyPair(Call call, QueryForm form)
    {
        var name = form["KeyName"] ?? throw new AwsError("MissingParameter", "The request must contain the parameter KeyName");
        if (form["KeyType"] is not (null or "rsa") || form["KeyFormat"] is not (null or "pem"))
        {
            throw new AwsError("NotImplementedBySandbox", "The sandbox makes RSA key pairs in PEM form only", 501);
        }

        if (call.Store.Find(call.Account, call.Region, KeyPair, name) is not null)
        {
            throw new AwsError("InvalidKeyPair.Duplicate", $"The keypair already exists: {name}");
        }

        // The one thing here that is really random: a key must not be guessable, even one that opens nothing.
        using var rsa = RSA.Create(2048);
        var print = string.Join(':', SHA1Of(rsa.ExportPkcs8PrivateKey()).Chunk(2).Select(pair => new string(pair)));
        var wanted = ResourceRequest.ForApi(call, KeyPair, new JsonObject { ["KeyName"] = name, ["Tags"] = TagsOf(form) }, name);
        var pair = new LiveResource(
            call.Account, call.Region, KeyPair, name, null, null, null, null, call.Now, wanted.Properties,
            new JsonObject { ["KeyPairId"] = $"key-{new DeterministicIds(print).Hex(17)}", ["KeyFingerprint"] = print });
        call.Store.Insert(pair);
        return [.. Pair(pair), new XElement("keyMaterial", rsa.ExportRSAPrivateKeyPem())];
    }

    private static JsonArray TagsOf(QueryForm form) => new(
    [
        .. form.Items("TagSpecification").Where(at => form[$"{at}ResourceType"] == "key-pair").SelectMany(at => form.Items($"{at}Tag"))
            .Select(JsonNode (at) => Tag(form, at)),
    ]);

    private static IEnumerable<JsonObject> TagsOf(LiveResource pair) => (pair.Properties["Tags"] as JsonArray ?? []).OfType<JsonObject>();

    private static JsonObject Tag(QueryForm form, string at) => new() { ["Key"] = form[$"{at}Key"], ["Value"] = form[$"{at}Value"] ?? "" };

    private static object[] CreateTags(Call call, QueryForm form)
    {
        foreach (var id in form.List("ResourceId"))
        {
            if (!id.StartsWith("key-", StringComparison.Ordinal))
            {
                throw AwsError.NotEmulated("ec2: CreateTags of anything but key pairs");
            }

            var pair = call.Store.OfType(call.Account, call.Region, KeyPair)
                    .FirstOrDefault(p => p.Attributes["KeyPairId"]?.ToString() == id)
                ?? throw new AwsError("InvalidKeyPair.NotFound", $"The key pair ID '{id}' does not exist");
            var tags = form.Items("Tag").Select(at => Tag(form, at)).ToList();
            var kept = TagsOf(pair)
                .Where(t => tags.All(n => n["Key"]!.ToString() != t["Key"]?.ToString())).Select(t => t.DeepClone());
            pair.Properties["Tags"] = new JsonArray([.. kept, .. tags]);
            call.Store.Insert(pair);
        }

        return [new XElement("return", "true")];
    }

    private static object[] DeleteKeyPair(Call call, QueryForm form)
    {
        var name = form["KeyName"] ?? throw new AwsError("MissingParameter", "The request must contain the parameter KeyName");
        call.Store.Remove(call.Account, call.Region, KeyPair, name);
        return [new XElement("return", "true")];
    }

    private static XElement[] Pair(LiveResource pair) =>
    [
        new("keyName", pair.Physical),
        new("keyFingerprint", pair.Attributes["KeyFingerprint"]?.ToString() ?? ""),
        new("keyPairId", pair.Attributes["KeyPairId"]?.ToString() ?? ""),
        new("tagSet", TagsOf(pair)
            .Select(t => new XElement("item", new XElement("key", t["Key"]?.ToString()), new XElement("value", t["Value"]?.ToString())))),
    ];

    private static XElement Region((string Name, string State) region) => new(
        "item",
        new XElement("regionName", region.Name),
        new XElement("regionEndpoint", $"ec2.{region.Name}.{SandboxContext.UrlSuffix(region.Name)}"),
        new XElement("optInStatus", region.State));

    private static XElement Zone(Call call, string zone, int index) => new(
        "item",
        new XElement("zoneName", zone),
        new XElement("zoneState", "available"),
        new XElement("regionName", call.Region),
        new XElement("groupName", call.Region),
        new XElement("zoneType", "availability-zone"),
        new XElement("optInStatus", "opt-in-not-required"),
        new XElement("zoneId", $"{new DeterministicIds(call.Region).Hex(4)}-az{index + 1}"));

    /// <summary>EC2 prints the SHA-1 of the private key for pairs it makes; nothing relies on its strength.</summary>
#pragma warning disable CA5350
    private static string SHA1Of(byte[] key) => Convert.ToHexStringLower(SHA1.HashData(key));
#pragma warning restore CA5350
}
