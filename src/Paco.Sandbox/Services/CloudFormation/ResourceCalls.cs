using System.Xml.Linq;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>A stack's resources.</summary>
internal static class ResourceCalls
{
    private const int Page = 100;

    public static XElement Describe(Call call, QueryForm form)
    {
        var (stack, only) = (Stack(call, form), form["LogicalResourceId"]);
        var shown = Sorted(stack).Where(r => only is null || r.Logical == only).Take(Page).ToList();
        return shown.Count == 0 && only is not null
            ? throw Missing(stack, only)
            : new("r", new XElement("StackResources",
                shown.Select(r => new XElement("member", Head(stack), Body(call, stack, r), new XElement("Timestamp", r.Time.Iso())))));
    }

    public static XElement One(Call call, QueryForm form)
    {
        var (stack, logical) = (StackArguments.Stack(call, form), form.Required("LogicalResourceId"));
        var resource = stack.Resources.GetValueOrDefault(logical) ?? throw Missing(stack, logical);
        return new("r", new XElement(
            "StackResourceDetail",
            Head(stack),
            Body(call, stack, resource),
            new XElement("LastUpdatedTimestamp", resource.Time.Iso()),
            StackXml.Optional("Metadata", resource.Metadata?.ToText())));
    }

    public static XElement List(Call call, QueryForm form)
    {
        var (stack, skip) = (StackArguments.Stack(call, form), (int)DescribeCalls.After(form));
        var next = stack.Resources.Count > skip + Page ? new XElement("NextToken", DescribeCalls.Token(skip + Page)) : null;
        var shown = Sorted(stack).Skip(skip).Take(Page);
        return new("r", new XElement("StackResourceSummaries",
            shown.Select(r => new XElement("member", Body(call, stack, r), new XElement("LastUpdatedTimestamp", r.Time.Iso())))), next);
    }

    /// <summary>By name, or by the physical id of any of its resources.</summary>
    private static Stack Stack(Call call, QueryForm form)
    {
        if (form["StackName"] is { Length: > 0 } || form["PhysicalResourceId"] is not { } physical)
        {
            return StackArguments.Stack(call, form);
        }

        var row = call.Store.Number("SELECT stack FROM resources WHERE account = $1 AND physical = $2 AND stack IS NOT NULL", call.Account,
            physical);
        return row > 0 ? call.Store.StackAt(row) : throw AwsError.Validation($"Stack for {physical} does not exist");
    }

    private static IEnumerable<StackResource> Sorted(Stack stack) => stack.Resources.Values.OrderBy(r => r.Logical, StringComparer.Ordinal);

    private static XElement[] Head(Stack stack) => [new("StackName", stack.Name), new("StackId", stack.Id)];

    private static XElement?[] Body(Call call, Stack stack, StackResource r) =>
    [
        new("LogicalResourceId", r.Logical),
        r.Physical.Length > 0 ? new("PhysicalResourceId", r.Physical) : null,
        new("ResourceType", r.Type),
        new("ResourceStatus", r.Status),
        StackXml.Optional("ResourceStatusReason", r.Reason),
        DriftCalls.Information(call, stack, r),
    ];

    private static AwsError Missing(Stack stack, string logical) =>
        AwsError.Validation($"Resource {logical} does not exist for stack {stack.Name}");
}
