using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Clouds;
using Paco.Sandbox.Drift;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;
using StackResource = Paco.Sandbox.Stacks.StackResource;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Drift: whether what a stack made is still as it was made.</summary>
internal static class DriftCalls
{
    private const int Page = 100;

    public static XElement Detect(Call call, QueryForm form)
    {
        var (stack, only) = (Ready(call, form), form.List("LogicalResourceIds"));
        if (only.FirstOrDefault(id => !stack.Resources.ContainsKey(id)) is { } unknown)
        {
            throw AwsError.Validation($"Resource {unknown} does not exist for stack {stack.Name}");
        }

        var checks = stack.Resources.Values.Where(r => r.Exists && (only.Count == 0 || only.Contains(r.Logical)))
            .Select(r => ResourceCheck.Of(call.Store, stack, r)).ToList();
        var takes = call.World.Pace.For("AWS::CloudFormation::WaitConditionHandle", ResourceAction.Create) * checks.Count;
        var detection = DriftTable.Begin(call.Store, stack, checks, call.Now, call.Now + takes);
        return new("r", new XElement("StackDriftDetectionId", detection.Id));
    }

    public static XElement DetectResource(Call call, QueryForm form)
    {
        var (stack, logical) = (Ready(call, form), form.Required("LogicalResourceId"));
        if (!stack.Resources.TryGetValue(logical, out var resource))
        {
            throw AwsError.Validation($"Resource {logical} does not exist for stack {stack.Name}");
        }

        var check = ResourceCheck.Of(call.Store, stack, resource);
        if (check.Status == ResourceCheck.NotChecked)
        {
            throw AwsError.Validation($"Drift detection is not supported for resource type {resource.Type}");
        }

        DriftTable.Put(call.Store, stack, check, call.Now);
        return new("r", new XElement("StackResourceDrift", Body(stack, resource, check.Status, call.Now, DriftJson.Of(stack, check))));
    }

    public static XElement Status(Call call, QueryForm form)
    {
        var id = form.Required("StackDriftDetectionId");
        var found = DriftTable.Find(call.Store, id);
        var stack = found is null ? null : call.Store.StackAt(found.Stack);
        if (stack is null || stack.Account != call.Account || stack.Region != call.Region)
        {
            throw AwsError.Validation($"The drift detection id {id} does not exist");
        }

        var done = found!.Done <= call.Now;
        return new(
            "r",
            new XElement("StackId", stack.Id),
            new XElement("StackDriftDetectionId", id),
            done ? new XElement("StackDriftStatus", found.Status) : null,
            new XElement("DetectionStatus", done ? "DETECTION_COMPLETE" : "DETECTION_IN_PROGRESS"),
            done ? new XElement("DriftedStackResourceCount", found.Drifted) : null,
            new XElement("Timestamp", found.Started.Iso()));
    }

    /// <summary>Those that were looked at; what cannot be looked at is not among them, as on AWS.</summary>
    public static XElement Resources(Call call, QueryForm form)
    {
        var (stack, filter, skip) = (StackArguments.Stack(call, form), form.List("StackResourceDriftStatusFilters"),
            (int)DescribeCalls.After(form));
        var size = Math.Clamp(form.Number("MaxResults") ?? Page, 1, Page);
        var all = DriftTable.Of(call.Store, stack)
            .Where(d => d.Status != ResourceCheck.NotChecked && stack.Resources.ContainsKey(d.Logical)
                && (filter.Count == 0 || filter.Contains(d.Status)))
            .ToList();
        return new(
            "r",
            new XElement("StackResourceDrifts", all.Skip(skip).Take(size)
                .Select(d => new XElement("member", Body(stack, stack.Resources[d.Logical], d.Status, d.Checked, d.Body)))),
            all.Count > skip + size ? new XElement("NextToken", DescribeCalls.Token(skip + size)) : null);
    }

    /// <summary>What DescribeStacks says of a stack's drift.</summary>
    public static XElement Information(Call call, Stack stack)
    {
        var latest = DriftTable.Latest(call.Store, stack, call.Now);
        return new(
            "DriftInformation",
            new XElement("StackDriftStatus", latest?.Status ?? "NOT_CHECKED"),
            StackXml.Optional("LastCheckTimestamp", latest?.Started.Iso()));
    }

    /// <summary>What ListStackResources says of a resource's drift.</summary>
    public static XElement Information(Call call, Stack stack, StackResource resource)
    {
        var found = DriftTable.Of(call.Store, stack, resource.Logical);
        return new(
            "DriftInformation",
            new XElement("StackResourceDriftStatus", found?.Status ?? ResourceCheck.NotChecked),
            found is { Status: not ResourceCheck.NotChecked } ? new XElement("LastCheckTimestamp", found.Checked.Iso()) : null);
    }

    private static Stack Ready(Call call, QueryForm form)
    {
        var stack = StackArguments.Stack(call, form);
        return stack.Status is StackStatus.CreateComplete or StackStatus.UpdateComplete or StackStatus.UpdateRollbackComplete
            or StackStatus.UpdateRollbackFailed or StackStatus.ImportComplete or StackStatus.ImportRollbackComplete
            ? stack
            : throw AwsError.Validation(
                $"Drift detection cannot be performed on stack [{stack.Id}] while it is in {stack.Status.ToWire()} state");
    }

    private static XElement?[] Body(Stack stack, StackResource resource, string status, DateTimeOffset at, JsonObject body) =>
    [
        new("StackId", stack.Id),
        new("LogicalResourceId", resource.Logical),
        new("PhysicalResourceId", resource.Physical),
        new("ResourceType", resource.Type),
        StackXml.Optional("ExpectedProperties", body["expected"]?.ToText()),
        StackXml.Optional("ActualProperties", body["actual"]?.ToText()),
        new("PropertyDifferences", body["differences"]!.AsArray().Select(d => new XElement(
            "member",
            new XElement("PropertyPath", d!["path"]!.ToString()),
            new XElement("ExpectedValue", Value(d["expected"])),
            new XElement("ActualValue", Value(d["actual"])),
            new XElement("DifferenceType", d["how"]!.ToString())))),
        new("StackResourceDriftStatus", status),
        new("Timestamp", at.Iso()),
    ];

    /// <summary>A side that is not there reads <c>null</c>.</summary>
    private static string Value(JsonNode? node) => node switch { null => "null", JsonValue => Json.Scalar(node), _ => node.ToText() };
}
