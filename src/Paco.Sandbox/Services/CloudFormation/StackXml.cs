using System.Xml.Linq;
using Paco.Clouds;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Stacks as XML.</summary>
internal static class StackXml
{
    public static XElement Stack(Call call, Stack s) => new(
        "member",
        new XElement("StackId", s.Id),
        new XElement("StackName", s.Name),
        Optional("ChangeSetId", s.ChangeSetId),
        Optional("Description", s.Description),
        Parameters(s.Definition),
        new XElement("CreationTime", s.Created.Iso()),
        Optional("DeletionTime", s.Deleted?.Iso()),
        Optional("LastUpdatedTime", s.Updated?.Iso()),
        RollbackArguments.Xml(s.Definition.Rollback),
        new XElement("StackStatus", s.Status.ToWire()),
        Optional("StackStatusReason", Reason(s)),
        new XElement("DisableRollback", s.DisableRollback ? "true" : "false"),
        Strings("NotificationARNs", s.Definition.NotificationArns),
        Optional("TimeoutInMinutes", s.TimeoutMinutes?.ToString()),
        Filled("Capabilities", s.Definition.Capabilities.Select(c => new XElement("member", c))),
        Filled("Outputs", Outputs(s).Select(o => new XElement(
            "member",
            new XElement("OutputKey", o.Key),
            new XElement("OutputValue", o.Value),
            Optional("Description", o.Description),
            Optional("ExportName", o.ExportName)))),
        Optional("RoleARN", s.Definition.RoleArn),
        new XElement("Tags", s.Definition.Tags.Select(
            t => new XElement("member", new XElement("Key", t.Key), new XElement("Value", t.Value)))),
        new XElement("EnableTerminationProtection", NestedStacks.Root(call.Store, s).Protected ? "true" : "false"),
        Optional("ParentId", s.ParentId),
        Optional("RootId", s.RootId),
        DriftCalls.Information(call, s));

    public static XElement Summary(Call call, Stack s) => new(
        "member",
        new XElement("StackId", s.Id),
        new XElement("StackName", s.Name),
        Optional("TemplateDescription", s.Description),
        new XElement("CreationTime", s.Created.Iso()),
        Optional("LastUpdatedTime", s.Updated?.Iso()),
        Optional("DeletionTime", s.Deleted?.Iso()),
        new XElement("StackStatus", s.Status.ToWire()),
        Optional("StackStatusReason", Reason(s)),
        Optional("ParentId", s.ParentId),
        Optional("RootId", s.RootId),
        DriftCalls.Information(call, s));

    /// <summary>Left out where there are none, as a stack under review has none.</summary>
    public static XElement? Parameters(StackDefinition definition) => definition.Parameters.Count == 0 ? null
        : new("Parameters", definition.Parameters.Select(p => new XElement(
            "member",
            new XElement("ParameterKey", p.Key),
            new XElement("ParameterValue", p.Shown),
            p.NoEcho ? null : Optional("ResolvedValue", p.Resolved))));

    public static XElement? Optional(string name, string? value) => value is null ? null : new(name, value);

    /// <summary>
    /// A list that AWS leaves out where it is empty. Of a stack those are its parameters, capabilities and outputs; of what clients may
    /// have written empty (tags, topics to notify) it says so.
    /// </summary>
    public static XElement? Filled(string name, IEnumerable<XElement> members) =>
        members.ToList() is { Count: > 0 } some ? new(name, some) : null;

    public static XElement Strings(string name, IEnumerable<string> values) => new(name, values.Select(v => new XElement("member", v)));

    private static string? Reason(Stack s) =>
        s.StatusReason is "User Initiated" && s.Status != StackStatus.ReviewInProgress ? null : s.StatusReason;

    /// <summary>A stack that never came to its end, or is gone, has no outputs.</summary>
    private static List<StackOutput> Outputs(Stack s) =>
        s.Status is StackStatus.DeleteComplete or StackStatus.CreateInProgress or StackStatus.CreateFailed or StackStatus.RollbackComplete
            ? [] : s.Outputs;
}
