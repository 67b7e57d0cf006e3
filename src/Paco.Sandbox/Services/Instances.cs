using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>EC2's instances: those of stacks and those of Auto Scaling groups. All of them run.</summary>
internal static class Instances
{
    private const int PageSize = 1000;

    public static object[] Describe(Call call, QueryForm form)
    {
        var all = call.Store.OfType(call.Account, call.Region, Servers.Instance)
            .Concat(Servers.All(call.Store, call.Account, call.Region)).ToList();
        var ids = form.List("InstanceId");
        if (ids.FirstOrDefault(id => !id.StartsWith("i-", StringComparison.Ordinal)) is { } malformed)
        {
            throw new AwsError("InvalidInstanceID.Malformed", $"Invalid id: \"{malformed}\" (expecting \"i-...\")");
        }

        if (ids.Where(id => all.All(i => i.Physical != id)).ToList() is { Count: > 0 } missing)
        {
            throw new AwsError("InvalidInstanceID.NotFound", missing.Count == 1
                ? $"The instance ID '{missing[0]}' does not exist"
                : $"The instance IDs '{string.Join(", ", missing)}' do not exist");
        }

        var filters = form.Items("Filter").Select(at => (Holds: Filter(form[$"{at}Name"]), Values: form.List($"{at}Value"))).ToList();
        var found = all.Where(i => ids.Count == 0 || ids.Contains(i.Physical))
            .Where(i => filters.All(f => f.Values.Contains(f.Holds(i)))).ToList();
        var (begin, size) = (form.Number("NextToken") ?? 0, form.Number("MaxResults") ?? PageSize);
        var page = new XElement("reservationSet", found.Skip(begin).Take(size).Select(i => Reservation(call, i)));
        return found.Count > begin + size ? [page, new XElement("nextToken", begin + size)] : [page];
    }

    private static Func<LiveResource, string> Filter(string? name) => name?.Split(':', 2) switch
    {
        ["tag", var tag] => i => Servers.Tags(i).GetValueOrDefault(tag, ""),
        ["instance-id"] => i => i.Physical,
        ["instance-state-name"] => _ => "running",
        ["subnet-id"] => i => Value(i, "SubnetId"),
        ["vpc-id"] => i => Value(i, "VpcId"),
        ["private-ip-address"] => i => Value(i, "PrivateIp"),
        _ => throw AwsError.NotEmulated($"ec2: DescribeInstances with the filter {name}"),
    };

    private static XElement Reservation(Call call, LiveResource it) => new("item",
        new XElement("reservationId", $"r-{new DeterministicIds(it.Physical).Hex(17)}"),
        new XElement("ownerId", call.Account),
        new XElement("groupSet"),
        new XElement("instancesSet", new XElement("item",
            new XElement("instanceId", it.Physical),
            Given("imageId", Value(it, "ImageId")),
            new XElement("instanceState", new XElement("code", 16), new XElement("name", "running")),
            new XElement("privateDnsName", $"ip-{Value(it, "PrivateIp").Replace('.', '-')}.{call.Region}.compute.internal"),
            Given("keyName", Value(it, "KeyName")),
            Given("instanceType", Value(it, "InstanceType")),
            new XElement("launchTime", it.Created.Iso()),
            new XElement("placement", new XElement("availabilityZone", Value(it, "AvailabilityZone")), new XElement("tenancy", "default")),
            Given("subnetId", Value(it, "SubnetId")),
            Given("vpcId", Value(it, "VpcId")),
            new XElement("privateIpAddress", Value(it, "PrivateIp")),
            Given("ipAddress", Value(it, "PublicIp")),
            new XElement("tagSet", Servers.Tags(it).Select(t =>
                new XElement("item", new XElement("key", t.Key), new XElement("value", t.Value)))))));

    private static XElement? Given(string name, string value) => value.Length == 0 ? null : new XElement(name, value);

    private static string Value(LiveResource it, string name) =>
        Attributes.Get(it.Attributes, it.Properties, name) is System.Text.Json.Nodes.JsonValue value ? Json.Scalar(value) : "";
}
