using System.Net;
using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>An Auto Scaling group: it has as many servers as it is to have, and they go with it.</summary>
internal sealed class ScalingGroupHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        var group = base.Create(m);
        Servers.Fill(m.Store, group, m.Now);
        return group;
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        var group = base.Update(m, before);
        Servers.Fill(m.Store, group, m.Now);
        return group;
    }
}

/// <summary>
/// The servers of Auto Scaling groups, which are kept with their group, since they come and go with it and no stack knows them. Nothing
/// runs on them, so they are in service the moment they are there.
/// </summary>
internal static class Servers
{
    public const string Group = "AWS::AutoScaling::AutoScalingGroup";
    public const string Instance = "AWS::EC2::Instance";

    private const string GroupTag = "aws:autoscaling:groupName";
    // Names that no attribute has: what the sandbox alone knows.
    private const string Kept = "(servers)";
    private const string Turns = "(launched)";

    /// <summary>Those of a group, the oldest first.</summary>
    public static List<LiveResource> Of(LiveResource group) =>
    [
        .. Array(group).OfType<JsonObject>().Select(s => new LiveResource(
            group.Account, group.Region, Instance, Json.Scalar(s["Id"]), null, null, null, null,
            DateTimeOffset.FromUnixTimeMilliseconds((long)s["Created"]!), s["Properties"]!.AsObject(), s["Attributes"]!.AsObject())),
    ];

    /// <summary>Those of all groups of an account and region.</summary>
    public static IEnumerable<LiveResource> All(Store store, string account, string region) =>
        store.OfType(account, region, Group).SelectMany(Of);

    /// <summary>The group an instance belongs to, or null.</summary>
    public static string? GroupOf(LiveResource instance) => Tags(instance).GetValueOrDefault(GroupTag);

    public static Dictionary<string, string> Tags(LiveResource it) => (it.Properties["Tags"] as JsonArray ?? []).OfType<JsonObject>()
        .GroupBy(t => Json.Scalar(t["Key"])).ToDictionary(t => t.Key, t => Json.Scalar(t.Last()["Value"]));

    /// <summary>How many servers a group is to have.</summary>
    public static int Wanted(LiveResource group) =>
        int.TryParse(Json.Scalar(group.Properties["DesiredCapacity"] ?? group.Properties["MinSize"]), out var wanted) ? wanted : 0;

    /// <summary>Launches what a group lacks, and ends the oldest of what it has too many.</summary>
    public static void Fill(Store store, LiveResource group, DateTimeOffset now)
    {
        var there = Array(group).Count;
        End(group, Math.Max(0, there - Wanted(group)));
        Launch(store, group, Wanted(group) - there, now);
    }

    /// <summary>Ends the oldest servers and launches as many new ones.</summary>
    /// <returns>The ids of the new ones.</returns>
    public static List<string> Replace(Store store, LiveResource group, int count, DateTimeOffset now)
    {
        End(group, count);
        return Launch(store, group, count, now);
    }

    private static void End(LiveResource group, int count)
    {
        for (; count > 0; count--)
        {
            Array(group).RemoveAt(0);
        }
    }

    private static List<string> Launch(Store store, LiveResource group, int count, DateTimeOffset now)
    {
        var subnets = Subnets(group);
        var launched = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var turn = group.Attributes[Turns] is { } last ? (int)last + 1 : 1;
            group.Attributes[Turns] = turn;
            var seed = new DeterministicIds($"{group.Account} {group.Region} {group.Physical} {group.Created:O} {turn}");
            var subnet = subnets.Count == 0
                ? null
                : store.Find(group.Account, group.Region, "AWS::EC2::Subnet", subnets[(turn - 1) % subnets.Count]);
            var id = $"i-{seed.Hex(17)}";
            var template = TemplateOf(store, group);
            Array(group).Add((JsonNode)new JsonObject
            {
                ["Id"] = id,
                ["Created"] = now.ToUnixTimeMilliseconds(),
                ["Properties"] = Properties(group, template, subnet),
                ["Attributes"] = Attributes(store, group, template, subnet, seed),
            });
            store.Insert(group);
            launched.Add(id);
        }

        store.Insert(group);
        return launched;
    }

    private static JsonObject Properties(LiveResource group, JsonObject template, LiveResource? subnet) => new()
    {
        ["ImageId"] = template["ImageId"]?.DeepClone(),
        ["InstanceType"] = template["InstanceType"]?.DeepClone() ?? "t3.micro",
        ["KeyName"] = template["KeyName"]?.DeepClone(),
        ["SubnetId"] = subnet?.Physical,
        ["Tags"] = new JsonArray(
        [
            new JsonObject { ["Key"] = GroupTag, ["Value"] = group.Physical },
            .. (group.Properties["Tags"] as JsonArray ?? []).OfType<JsonObject>().Where(t => Json.Scalar(t["PropagateAtLaunch"]) == "true")
                .Select(JsonNode (t) => new JsonObject { ["Key"] = t["Key"]?.DeepClone(), ["Value"] = t["Value"]?.DeepClone() }),
        ]),
    };

    private static JsonObject Attributes(Store store, LiveResource group, JsonObject template, LiveResource? subnet,
        DeterministicIds seed) => new()
        {
            ["PrivateIp"] = Addresses.Free(store, group.Account, group.Region, subnet, seed),
            ["PublicIp"] = IsPublic(template)
                ? $"54.{seed.Number(250, "d")}.{seed.Number(250, "e")}.{seed.Number(250, "f") + 4}"
                : null,
            ["AvailabilityZone"] = subnet is null ? $"{group.Region}a" : Addresses.Zone(subnet),
            ["VpcId"] = subnet?.Properties["VpcId"]?.DeepClone(),
        };

    private static JsonArray Array(LiveResource group)
    {
        if (group.Attributes[Kept] is not JsonArray servers)
        {
            group.Attributes[Kept] = servers = [];
        }

        return servers;
    }

    private static List<string> Subnets(LiveResource group) => group.Properties["VPCZoneIdentifier"] switch
    {
        JsonArray many => [.. many.Select(Json.Scalar)],
        JsonValue one => [.. Json.Scalar(one).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        _ => [],
    };

    private static JsonObject TemplateOf(Store store, LiveResource group) =>
        group.Properties["LaunchTemplate"]?["LaunchTemplateId"] is { } id
        && store.Find(group.Account, group.Region, "AWS::EC2::LaunchTemplate", Json.Scalar(id)) is { } template
            ? template.Properties["LaunchTemplateData"] as JsonObject ?? []
            : [];

    private static bool IsPublic(JsonObject template) => (template["NetworkInterfaces"] as JsonArray ?? [])
        .Any(i => Json.Scalar(i?["AssociatePublicIpAddress"]) == "true");
}

/// <summary>Private addresses within subnets.</summary>
internal static class Addresses
{
    // AWS keeps the first four of a subnet and the last.
    private const int First = 4;

    /// <summary>An address of the subnet that no instance in it has; it depends on the seed alone where nobody is in its way.</summary>
    /// <param name="except">A network interface whose further addresses are chosen anew.</param>
    public static string Free(Store store, string account, string region, LiveResource? subnet, DeterministicIds seed,
        string? except = null)
    {
        if (subnet is null || !IPNetwork.TryParse(Json.Scalar(subnet.Properties["CidrBlock"]), out var range))
        {
            return $"10.{seed.Number(250)}.{seed.Number(250, "b")}.{seed.Number(250, "c") + First}";
        }

        var taken = store.OfType(account, region, Servers.Instance).Concat(Servers.All(store, account, region))
            .Where(i => Json.Scalar(i.Properties["SubnetId"]) == subnet.Physical)
            .Select(i => Json.Scalar(i.Attributes["PrivateIp"])).Concat(InterfaceAddresses.Taken(store, subnet, except)).ToHashSet();
        var size = (1 << (32 - range.PrefixLength)) - First - 1;
        var start = seed.Number(size);
        return Enumerable.Range(0, size).Select(i => At(range, First + ((start + i) % size))).First(a => !taken.Contains(a));
    }

    public static string Zone(LiveResource subnet) =>
        Json.Scalar(Attributes.Get(subnet.Attributes, subnet.Properties, "AvailabilityZone"));

    private static string At(IPNetwork range, int offset)
    {
        var bytes = range.BaseAddress.GetAddressBytes();
        var number = ((uint)bytes[0] << 24 | (uint)bytes[1] << 16 | (uint)bytes[2] << 8 | bytes[3]) + (uint)offset;
        return new IPAddress([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]).ToString();
    }
}
