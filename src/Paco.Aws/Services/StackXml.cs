using System.Collections.Immutable;
using System.Xml.Linq;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>Reads CloudFormation's answers.</summary>
internal static class StackXml
{
    public static ImmutableArray<DeployedStack> Stacks(XElement root) =>
        [.. root.Within("DescribeStacksResult").List("Stacks").Select(Stack)];

    public static ImmutableArray<StackEvent> Events(XElement root) =>
        [.. root.Within("DescribeStackEventsResult").List("StackEvents").Select(Event)];

    public static ImmutableArray<StackResource> Resources(XElement root) =>
        [.. root.Within("ListStackResourcesResult").List("StackResourceSummaries").Select(Resource)];

    /// <summary>Of DescribeEvents only what fails a validation; what it warns of stops nothing.</summary>
    public static ImmutableArray<ValidationFinding> Findings(XElement root) =>
    [
        .. from e in root.Within("DescribeEventsResult").List("OperationEvents")
           where e.Text("EventType") == "VALIDATION_ERROR" && e.Text("ValidationFailureMode") != "WARN"
           select new ValidationFinding(
               WireXml.Time(e.Need("Timestamp")), e.Text("LogicalResourceId") ?? "", e.Text("ResourceType") ?? "", e.Text("ValidationPath"),
               e.Text("ValidationStatusReason") ?? e.Text("ValidationName") ?? "it failed a validation"),
    ];

    public static string? NextToken(XElement root) =>
        root.Elements().Select(e => e.Text("NextToken")).FirstOrDefault(t => t is not null);

    private static DeployedStack Stack(XElement stack) => new()
    {
        StackId = stack.Need("StackId"),
        StackName = stack.Need("StackName"),
        Status = Status(stack.Need("StackStatus")),
        StatusReason = stack.Text("StackStatusReason"),
        Description = stack.Text("Description"),
        Parameters = Pairs(stack, "Parameters", "ParameterKey", "ParameterValue"),
        Outputs = Pairs(stack, "Outputs", "OutputKey", "OutputValue"),
        Tags = Pairs(stack, "Tags", "Key", "Value"),
        Capabilities = [.. stack.List("Capabilities").Select(c => c.Value)],
        TerminationProtection = stack.IsTrue("EnableTerminationProtection"),
        CreationTime = WireXml.Time(stack.Need("CreationTime")),
        LastUpdatedTime = stack.Text("LastUpdatedTime") is { } time ? WireXml.Time(time) : null,
    };

    private static StackStatus Status(string wire) =>
        StackStatusText.TryParse(wire, out var status) ? status : throw new FormatException($"{wire} is not a stack status we know");

    private static ImmutableSortedDictionary<string, string> Pairs(XElement stack, string list, string key, string value)
    {
        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var member in stack.List(list))
        {
            pairs[member.Need(key)] = member.Text(value) ?? "";
        }

        return pairs.ToImmutable();
    }

    private static StackEvent Event(XElement e) => new(
        e.Need("EventId"),
        WireXml.Time(e.Need("Timestamp")),
        e.Text("LogicalResourceId") ?? "",
        e.Text("PhysicalResourceId") ?? "",
        e.Text("ResourceType") ?? "",
        e.Text("ResourceStatus") ?? "",
        e.Text("ResourceStatusReason"),
        e.Text("ClientRequestToken"));

    private static StackResource Resource(XElement r) => new(
        r.Need("LogicalResourceId"),
        r.Text("PhysicalResourceId") ?? "",
        r.Need("ResourceType"),
        r.Need("ResourceStatus"));
}
