using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>The private addresses of a network interface: those it asked for, and those it only said the number of.</summary>
internal static class InterfaceAddresses
{
    private const string Interface = "AWS::EC2::NetworkInterface";

    public static JsonNode Primary(ResourceRequest m, LiveResource? subnet) => m.Text("PrivateIpAddress")
        ?? Written(m.Properties, primary: true).FirstOrDefault() ?? Addresses.Free(m.Store, m.Account, m.Region, subnet, m.Seed);

    /// <summary>A further address depends on the interface and its number alone: more of them leave the others as they are.</summary>
    public static JsonArray Secondary(ResourceRequest m, string physical, LiveResource? subnet)
    {
        var all = Written(m.Properties, primary: false).ToList();
        var primary = Json.Scalar(Primary(m, subnet));
        var wanted = int.TryParse(m.Text("SecondaryPrivateIpAddressCount"), out var count) ? all.Count + count : all.Count;
        for (var number = 0; all.Count < wanted; number++)
        {
            var seed = new DeterministicIds($"{physical} address {number}");
            var address = Addresses.Free(m.Store, m.Account, m.Region, subnet, seed, except: physical);
            if (address != primary && !all.Contains(address))
            {
                all.Add(address);
            }
        }

        return new JsonArray([.. all.Select(a => JsonValue.Create(a))]);
    }

    /// <summary>Those of all interfaces in a subnet, but for one's further addresses.</summary>
    public static IEnumerable<string> Taken(Store store, LiveResource subnet, string? except = null) =>
        store.OfType(subnet.Account, subnet.Region, Interface).Where(i => Json.Scalar(i.Properties["SubnetId"]) == subnet.Physical)
            .SelectMany(i => (i.Physical == except ? [] : i.Attributes["SecondaryPrivateIpAddresses"] as JsonArray ?? [])
                .Prepend(i.Attributes["PrimaryPrivateIpAddress"]))
            .Select(Json.Scalar);

    private static IEnumerable<string> Written(JsonObject properties, bool primary) =>
        (properties["PrivateIpAddresses"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(a => Json.Scalar(a["Primary"]) == "true" == primary).Select(a => Json.Scalar(a["PrivateIpAddress"]));
}
