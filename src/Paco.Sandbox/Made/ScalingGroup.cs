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

    public override void Delete(Store store, LiveResource it)
    {
        foreach (var server in Servers.Of(store, it))
        {
            Servers.Terminate(store, server);
        }

        base.Delete(store, it);
    }
}

/// <summary>
/// The servers of Auto Scaling groups: instances that no stack made, known by the tag EC2 gives them. Nothing runs on them, so they are
/// in service the moment they are there.
/// </summary>
internal static class Servers
{
    public const string Group = "AWS::AutoScaling::AutoScalingGroup";
    public const string Instance = "AWS::EC2::Instance";

    private const string GroupTag = "aws:autoscaling:groupName";
    private const string Turn = "LaunchedAs";

    /// <summary>Those of a group, the oldest first.</summary>
    public static List<LiveResource> Of(Store store, LiveResource group) =>
    [
        .. store.OfType(group.Account, group.Region, Instance).Where(i => GroupOf(i) == group.Physical).OrderBy(TurnOf),
    ];

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
        var there = Of(store, group);
        foreach (var server in there.Take(Math.Max(0, there.Count - Wanted(group))))
        {
            Terminate(store, server);
        }

        Launch(store, group, Wanted(group) - there.Count, now);
    }

    /// <summary>Ends the oldest servers and launches as many new ones.</summary>
    /// <returns>The ids of the new ones.</returns>
    public static List<string> Replace(Store store, LiveResource group, int count, DateTimeOffset now)
    {
        foreach (var server in Of(store, group).Take(count))
        {
            Terminate(store, server);
        }

        return Launch(store, group, count, now);
    }

    public static void Terminate(Store store, LiveResource server) =>
        store.Remove(server.Account, server.Region, Instance, server.Physical);

    private static List<string> Launch(Store store, LiveResource group, int count, DateTimeOffset now)
    {
        var subnets = Subnets(group);
        var launched = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var turn = group.Attributes[Turn] is { } last ? (int)last + 1 : 1;
            group.Attributes[Turn] = turn;
            var seed = new DeterministicIds($"{group.Account} {group.Region} {group.Physical} {group.Created:O} {turn}");
            var subnet = subnets.Count == 0
                ? null
                : store.Find(group.Account, group.Region, "AWS::EC2::Subnet", subnets[(turn - 1) % subnets.Count]);
            var server = Server(store, group, subnet, seed, now);
            server.Attributes[Turn] = turn;
            store.Insert(server);
            launched.Add(server.Physical);
        }

        store.Insert(group);
        return launched;
    }

    private static LiveResource Server(Store store, LiveResource group, LiveResource? subnet, DeterministicIds seed, DateTimeOffset now)
    {
        var template = TemplateOf(store, group);
        var id = $"i-{seed.Hex(17)}";
        var properties = new JsonObject
        {
            ["ImageId"] = template["ImageId"]?.DeepClone(),
            ["InstanceType"] = template["InstanceType"]?.DeepClone() ?? "t3.micro",
            ["SubnetId"] = subnet?.Physical,
            ["Tags"] = new JsonArray(
            [
                new JsonObject { ["Key"] = GroupTag, ["Value"] = group.Physical },
                .. (group.Properties["Tags"] as JsonArray ?? []).OfType<JsonObject>()
                    .Where(t => Json.Scalar(t["PropagateAtLaunch"]) == "true")
                    .Select(JsonNode (t) => new JsonObject { ["Key"] = t["Key"]?.DeepClone(), ["Value"] = t["Value"]?.DeepClone() }),
            ]),
        };
        var attributes = new JsonObject
        {
            ["InstanceId"] = id,
            ["PrivateIp"] = Addresses.Free(store, group.Account, group.Region, subnet, seed),
            ["AvailabilityZone"] = subnet is null ? $"{group.Region}a" : Addresses.Zone(subnet),
            ["VpcId"] = subnet?.Properties["VpcId"]?.DeepClone(),
        };
        if (IsPublic(template))
        {
            attributes["PublicIp"] = $"54.{seed.Number(250, "d")}.{seed.Number(250, "e")}.{seed.Number(250, "f") + 4}";
        }

        return new(group.Account, group.Region, Instance, id, null, null, null, null, now, properties, attributes);
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

    private static int TurnOf(LiveResource instance) => instance.Attributes[Turn] is { } turn ? (int)turn : 0;
}

/// <summary>Private addresses within subnets.</summary>
internal static class Addresses
{
    // AWS keeps the first four of a subnet and the last.
    private const int First = 4;

    /// <summary>An address of the subnet that no instance in it has; it depends on the seed alone where nobody is in its way.</summary>
    public static string Free(Store store, string account, string region, LiveResource? subnet, DeterministicIds seed)
    {
        if (subnet is null || !IPNetwork.TryParse(Json.Scalar(subnet.Properties["CidrBlock"]), out var range))
        {
            return $"10.{seed.Number(250)}.{seed.Number(250, "b")}.{seed.Number(250, "c") + First}";
        }

        var taken = store.OfType(account, region, Servers.Instance).Where(i => Json.Scalar(i.Properties["SubnetId"]) == subnet.Physical)
            .Select(i => Json.Scalar(i.Attributes["PrivateIp"])).ToHashSet();
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
