using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Auto Scaling: the groups that stacks made and their servers. Groups do not scale by themselves here.</summary>
internal sealed class AutoScaling() : QueryService("autoscaling", "http://autoscaling.amazonaws.com/doc/2011-01-01/")
{
    private const int PageSize = 50;

    protected override XElement? Do(Call call, QueryForm form) => call.Operation switch
    {
        "DescribeAutoScalingGroups" => DescribeGroups(call, form),
        "DescribeAutoScalingInstances" => DescribeInstances(call, form),
        "DescribeLifecycleHooks" => DescribeHooks(call, form),
        _ => throw AwsError.NotEmulated($"autoscaling:{call.Operation}"),
    };

    // A group that is not there is no mistake: it is left out.
    private static XElement DescribeGroups(Call call, QueryForm form)
    {
        if (form.Items("Filters").Count > 0)
        {
            throw AwsError.NotEmulated("autoscaling: DescribeAutoScalingGroups with filters");
        }

        var names = form.List("AutoScalingGroupNames");
        var groups = call.Store.OfType(call.Account, call.Region, Servers.Group).Where(g => names.Count == 0 || names.Contains(g.Physical));
        return Page(form, groups.Select(g => Group(call, g)), "AutoScalingGroups");
    }

    private static XElement DescribeInstances(Call call, QueryForm form)
    {
        var ids = form.List("InstanceIds");
        var servers = Servers.All(call.Store, call.Account, call.Region).Where(i => ids.Count == 0 || ids.Contains(i.Physical));
        return Page(form, servers.Select(i => Server(i, new XElement("AutoScalingGroupName", Servers.GroupOf(i)))), "AutoScalingInstances");
    }

    // Those of stacks, and those CodeDeploy puts.
    private static XElement DescribeHooks(Call call, QueryForm form)
    {
        var name = form["AutoScalingGroupName"] ?? "";
        var group = call.Store.Find(call.Account, call.Region, Servers.Group, name)
            ?? throw AwsError.Validation("AutoScalingGroup name not found - null");
        var wanted = form.List("LifecycleHookNames");
        var written = call.Store.OfType(call.Account, call.Region, "AWS::AutoScaling::LifecycleHook")
            .Where(h => Text(h, "AutoScalingGroupName", "") == name)
            .Select(h => Hook(name, Text(h, "LifecycleHookName", h.Physical), Text(h, "LifecycleTransition", ""),
                Text(h, "HeartbeatTimeout", "3600"), Text(h, "DefaultResult", "ABANDON")));
        var put = LaunchHooks.On(call.Store, group)
            .Select(h => Hook(name, h.Name, "autoscaling:EC2_INSTANCE_LAUNCHING", "600", "ABANDON"));
        return new("Result", new XElement("LifecycleHooks", written.Concat(put)
            .Where(h => wanted.Count == 0 || wanted.Contains(h.Element("LifecycleHookName")!.Value))));
    }

    private static XElement Hook(string group, string name, string transition, string timeout, string otherwise) => new("member",
        new XElement("LifecycleHookName", name),
        new XElement("AutoScalingGroupName", group),
        new XElement("LifecycleTransition", transition),
        new XElement("HeartbeatTimeout", timeout),
        new XElement("GlobalTimeout", int.TryParse(timeout, out var seconds) ? Math.Min(seconds * 100, 172800) : 172800),
        new XElement("DefaultResult", otherwise));

    private static XElement Group(Call call, LiveResource group)
    {
        var servers = Servers.Of(group);
        return new("member",
            new XElement("AutoScalingGroupName", group.Physical),
            new XElement("AutoScalingGroupARN", Arn(call, group)),
            Template(call, group),
            new XElement("MinSize", Text(group, "MinSize", "0")),
            new XElement("MaxSize", Text(group, "MaxSize", "0")),
            new XElement("DesiredCapacity", Servers.Wanted(group)),
            new XElement("DefaultCooldown", Text(group, "Cooldown", "300")),
            new XElement("AvailabilityZones", Zones(servers).Select(z => new XElement("member", z))),
            new XElement("TargetGroupARNs", (group.Properties["TargetGroupARNs"] as JsonArray ?? [])
                .Select(t => new XElement("member", Json.Scalar(t)))),
            new XElement("HealthCheckType", Text(group, "HealthCheckType", "EC2")),
            new XElement("HealthCheckGracePeriod", Text(group, "HealthCheckGracePeriod", "0")),
            new XElement("Instances", servers.Select(i => Server(i, null))),
            new XElement("CreatedTime", group.Created.Iso()),
            new XElement("VPCZoneIdentifier", string.Join(',', servers.Select(i => Json.Scalar(i.Properties["SubnetId"])).Distinct())),
            new XElement("Tags", (group.Properties["Tags"] as JsonArray ?? []).OfType<JsonObject>().Select(t => Tag(group, t))),
            new XElement("NewInstancesProtectedFromScaleIn", Text(group, "NewInstancesProtectedFromScaleIn", "false")));
    }

    private static string Arn(Call call, LiveResource group) =>
        $"arn:{SandboxContext.Partition(call.Region)}:autoscaling:{call.Region}:{call.Account}:autoScalingGroup:{new DeterministicIds(group.Physical).Uuid()}:autoScalingGroupName/{group.Physical}";

    private static XElement? Template(Call call, LiveResource group) =>
        group.Properties["LaunchTemplate"]?["LaunchTemplateId"] is { } id
        && call.Store.Find(call.Account, call.Region, "AWS::EC2::LaunchTemplate", Json.Scalar(id)) is { } template
            ? new("LaunchTemplate",
                new XElement("LaunchTemplateId", template.Physical),
                new XElement("Version", Json.Scalar(group.Properties["LaunchTemplate"]!["Version"])))
            : null;

    private static XElement Server(LiveResource it, XElement? group) => new("member",
        new XElement("InstanceId", it.Physical),
        new XElement("InstanceType", Json.Scalar(it.Properties["InstanceType"])),
        group,
        new XElement("AvailabilityZone", Json.Scalar(it.Attributes["AvailabilityZone"])),
        new XElement("LifecycleState", "InService"),
        new XElement("HealthStatus", group is null ? "Healthy" : "HEALTHY"),
        new XElement("ProtectedFromScaleIn", "false"));

    private static XElement Tag(LiveResource group, JsonObject tag) => new("member",
        new XElement("ResourceId", group.Physical),
        new XElement("ResourceType", "auto-scaling-group"),
        new XElement("Key", Json.Scalar(tag["Key"])),
        new XElement("Value", Json.Scalar(tag["Value"])),
        new XElement("PropagateAtLaunch", Json.Scalar(tag["PropagateAtLaunch"]) == "true" ? "true" : "false"));

    private static IEnumerable<string> Zones(IEnumerable<LiveResource> servers) =>
        servers.Select(i => Json.Scalar(i.Attributes["AvailabilityZone"])).Distinct().Order(StringComparer.Ordinal);

    private static string Text(LiveResource it, string property, string otherwise) =>
        it.Properties[property] is JsonValue value ? Json.Scalar(value) : otherwise;

    private static XElement Page(QueryForm form, IEnumerable<XElement> members, string list)
    {
        var (all, begin, size) = (members.ToList(), form.Number("NextToken") ?? 0, form.Number("MaxRecords") ?? PageSize);
        var result = new XElement("Result", new XElement(list, all.Skip(begin).Take(size)));
        if (all.Count > begin + size)
        {
            result.Add(new XElement("NextToken", begin + size));
        }

        return result;
    }
}
