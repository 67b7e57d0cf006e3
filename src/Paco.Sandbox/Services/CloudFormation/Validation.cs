using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.CloudFormation.Schemas;
using Paco.Sandbox.Made;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>
/// What AWS checks when a change set is made: properties against the schema, and whether the name of what is to be added is
/// taken. The set only says that it failed; DescribeEvents tells why.
/// </summary>
internal static class Validation
{
    public static IEnumerable<JsonNode> Of(Call call, Stack stack, StackDefinition definition, IEnumerable<JsonNode> changes)
    {
        var shape = new StackScope(call.Store, stack, definition, shapeOnly: true);
        foreach (var logical in shape.Active)
        {
            var type = shape.Template.Type(logical);
            foreach (var finding in ResourceSchemas.Shared.Find(type)?.Check(shape.Properties(logical)) ?? [])
            {
                yield return Finding("PROPERTY_VALIDATION", logical, type,
                    $"/Resources/{logical}/Properties{(finding.Path.Length > 0 ? $"/{finding.Path}" : "")}", finding.Message);
            }
        }

        var scope = new StackScope(call.Store, stack, definition, goneIsUnknown: true);
        foreach (var added in changes.Where(c => c["Action"]!.ToString() == "Add"))
        {
            var (logical, type) = (added["Logical"]!.ToString(), added["Type"]!.ToString());
            if (ResourceHandler.Taken(ResourceRequest.ForApi(call, type, scope.Properties(logical), logical)) is { } taken
                && taken.Account == call.Account)
            {
                yield return Finding("NAME_CONFLICT_VALIDATION", logical, type, null,
                    $"Resource of type '{type}' with identifier '{taken.Name ?? taken.Physical}' already exists.");
            }
        }
    }

    public static string Reason(ChangeSet set) =>
        $"The following hook(s)/validation failed: [{string.Join(", ", set.Findings.Select(f => Hook(f!["name"]!.ToString())).Distinct())}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.";

    /// <summary>
    /// DescribeEvents of a change set, by its ARN or by its name and its stack's. All that is told of one are failures, so that the filter
    /// for them leaves nothing out.
    /// </summary>
    public static XElement Describe(Call call, QueryForm form)
    {
        if (form["ChangeSetName"] is not { Length: > 0 })
        {
            throw form["StackName"] is null && form["OperationId"] is null
                ? AwsError.Validation("One of ChangeSetName, OperationId or StackName must be specified")
                : AwsError.NotEmulated("cloudformation:DescribeEvents of stacks and operations; of a change set it is");
        }

        var set = ChangeSets.Find(call, form);
        var stack = call.Store.StackAt(set.Stack);
        return new("r", new XElement("OperationEvents", set.Findings.Select((f, i) => Event(set, stack, f!, i))));
    }

    private static JsonObject Finding(string name, string logical, string type, string? path, string reason) => new()
    {
        ["name"] = name,
        ["logical"] = logical,
        ["type"] = type,
        ["path"] = path,
        ["reason"] = reason,
    };

    private static string Hook(string name) =>
        name == "PROPERTY_VALIDATION" ? "AWS::EarlyValidation::PropertyValidation" : "AWS::EarlyValidation::ResourceExistenceCheck";

    private static XElement Event(ChangeSet set, Stack stack, JsonNode finding, int number) => new(
        "member",
        new XElement("EventId", new DeterministicIds($"{set.Id} {number}").Uuid()),
        new XElement("StackId", stack.Id),
        new XElement("OperationType", "CREATE_CHANGESET"),
        new XElement("OperationStatus", "FAILED"),
        new XElement("EventType", "VALIDATION_ERROR"),
        new XElement("LogicalResourceId", finding["logical"]!.ToString()),
        new XElement("ResourceType", finding["type"]!.ToString()),
        new XElement("Timestamp", set.Created.Iso()),
        new XElement("ValidationFailureMode", "FAIL"),
        new XElement("ValidationName", finding["name"]!.ToString()),
        new XElement("ValidationStatus", "FAILED"),
        new XElement("ValidationStatusReason", finding["reason"]!.ToString()),
        StackXml.Optional("ValidationPath", finding["path"]?.ToString()));
}
