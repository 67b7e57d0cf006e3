using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Change sets as XML.</summary>
internal static class ChangeSetXml
{
    private const int Page = 100;

    private static readonly string[] Grades = [Replacement.Never, Replacement.Conditionally, Replacement.Always];

    public static XElement Describe(ChangeSet set, Stack stack, string execution, bool values, int skip)
    {
        var changes = set.Status == "FAILED" ? [] : set.Changes.Select(c => c!.AsObject()).Where(c => IsTold(c, values)).ToList();
        return Describe(set, stack, execution, changes.Skip(skip).Take(Page).Select(c => Change(c, values)),
            changes.Count > skip + Page ? new XElement("NextToken", DescribeCalls.Token(skip + Page)) : null);
    }

    private static XElement Describe(ChangeSet set, Stack stack, string execution, IEnumerable<XElement> changes, XElement? next) => new(
        "r",
        new XElement("ChangeSetName", set.Name),
        new XElement("ChangeSetId", set.Id),
        new XElement("StackId", stack.Id),
        new XElement("StackName", stack.Name),
        StackXml.Optional("Description", set.Description),
        StackXml.Parameters(set.Definition),
        new XElement("CreationTime", set.Created.Iso()),
        new XElement("ExecutionStatus", execution),
        new XElement("Status", set.Status),
        StackXml.Optional("StatusReason", set.Reason),
        StackXml.Strings("NotificationARNs", set.Definition.NotificationArns),
        RollbackArguments.Xml(set.Definition.Rollback),
        StackXml.Filled("Capabilities", set.Definition.Capabilities.Select(c => new XElement("member", c))),
        StackXml.Filled("Tags", set.Definition.Tags.Select(
            t => new XElement("member", new XElement("Key", t.Key), new XElement("Value", t.Value)))),
        new XElement("Changes", changes),
        next,
        Nest(set),
        StackXml.Optional("OnStackFailure", set.OnStackFailure),
        set.ImportsExisting ? new XElement("ImportExistingResources", "true") : null,
        StackXml.Optional("StackDriftStatus", set.StackDrift),
        set.RevertsDrift ? new XElement("DeploymentMode", "REVERT_DRIFT") : null);

    public static XElement Summary(ChangeSet set, Stack stack) => new(
        "member",
        new XElement("StackId", stack.Id),
        new XElement("StackName", stack.Name),
        new XElement("ChangeSetId", set.Id),
        new XElement("ChangeSetName", set.Name),
        new XElement("ExecutionStatus", set.Execution),
        new XElement("Status", set.Status),
        StackXml.Optional("StatusReason", set.Reason),
        new XElement("CreationTime", set.Created.Iso()),
        StackXml.Optional("Description", set.Description),
        Nest(set),
        set.ImportsExisting ? new XElement("ImportExistingResources", "true") : null);

    private static XElement?[] Nest(ChangeSet set) =>
    [
        new("IncludeNestedStacks", set.IncludesNested ? "true" : "false"),
        StackXml.Optional("ParentChangeSetId", set.ParentId),
        StackXml.Optional("RootChangeSetId", set.RootId),
    ];

    private static XElement Change(JsonObject c, bool values)
    {
        var details = Told(c, values);
        return new(
            "member",
            new XElement("Type", "Resource"),
            new XElement(
                "ResourceChange",
                StackXml.Optional("PolicyAction", c["PolicyAction"]?.ToString()),
                new XElement("Action", c["Action"]!.ToString()),
                new XElement("LogicalResourceId", c["Logical"]!.ToString()),
                StackXml.Optional("PhysicalResourceId", c["Physical"]?.ToString()),
                new XElement("ResourceType", c["Type"]!.ToString()),
                StackXml.Optional("Replacement",
                    c["Replacement"]?.ToString() ?? (values && c["Action"]!.ToString() == "Add" ? "True" : null)),
                StackXml.Optional("ResourceDriftStatus", c["DriftStatus"]?.ToString()),
                StackXml.Optional("ChangeSetId", c["NestedSet"]?.ToString()),
                StackXml.Strings("Scope", details.Select(d => d["Attribute"]!.ToString()).Distinct()),
                new XElement("Details", details.Select(d => Detail(d, values))),
                values ? StackXml.Optional("BeforeContext", (c["Before"] as JsonObject)?.ToText()) : null,
                values ? StackXml.Optional("AfterContext", (c["After"] as JsonObject)?.ToText()) : null));
    }

    // Without values there is one detail a property and cause, however many places below the property change.
    private static List<JsonObject> Told(JsonObject change, bool values)
    {
        var told = change["Details"]!.AsArray().Select(d => d!.AsObject())
            .Where(d => (bool?)d["WithValues"] is not { } with || with == values);
        return values ? [.. told]
            : [.. told.GroupBy(d => (d["Attribute"]!.ToString(), d["Path"]?.ToString().Split('/')[0], d["Evaluation"]!.ToString(),
                d["Source"]!.ToString(), d["Entity"]?.ToString(), d["From"]?.ToString()))
                .Select(same => same.MaxBy(d => Array.IndexOf(Grades, d["Requires"]!.ToString()))!)];
    }

    private static bool IsTold(JsonObject change, bool values) => change["Details"]!.AsArray().Count == 0 || Told(change, values).Count > 0;

    private static XElement Detail(JsonObject d, bool values)
    {
        var path = d["Path"]?.ToString();
        return new(
            "member",
            new XElement(
                "Target",
                new XElement("Attribute", d["Attribute"]!.ToString()),
                StackXml.Optional("Name", path?.Split('/')[0]),
                new XElement("RequiresRecreation", d["Requires"]!.ToString()),
                values && path is not null ? new XElement("Path", $"/Properties/{path}") : null,
                values && d["Before"] is { } before ? new XElement("BeforeValue", Value(before)) : null,
                values && d["After"] is { } after ? new XElement("AfterValue", Value(after)) : null,
                d["From"] is { } from ? new XElement("BeforeValueFrom", from.ToString()) : null,
                d["From"] is null ? null : new XElement("AfterValueFrom", "TEMPLATE"),
                d["From"] is null ? null : Drift(d, values),
                values || d["From"] is not null ? new XElement("AttributeChangeType", d["How"]!.ToString()) : null),
            new XElement("Evaluation", d["Evaluation"]!.ToString()),
            new XElement("ChangeSource", d["Source"]!.ToString()),
            StackXml.Optional("CausingEntity", d["Entity"]?.ToString()));
    }

    private static XElement Drift(JsonObject d, bool values) => new(
        "Drift",
        values && d["Previous"] is { } previous ? new XElement("PreviousValue", Value(previous)) : null,
        values && d["Actual"] is { } actual ? new XElement("ActualValue", Value(actual)) : null);

    private static string Value(JsonNode node) => node is JsonValue ? Json.Scalar(node) : node.ToText();
}
