using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Clouds;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Stacks and their events.</summary>
internal static class DescribeCalls
{
    private const int Page = 100;

    public static XElement Stacks(Call call, QueryForm form)
    {
        if (form["StackName"] is { Length: > 0 })
        {
            return new("r", new XElement("Stacks", StackXml.Stack(call, StackArguments.Stack(call, form))));
        }

        var stacks = call.Store.Stacks(call.Account, call.Region, deleted: false, After(form), Page + 1);
        return new("r", new XElement("Stacks", stacks.Take(Page).Select(s => StackXml.Stack(call, s))), Next(stacks));
    }

    public static XElement List(Call call, QueryForm form)
    {
        var filter = form.List("StackStatusFilter");
        var stacks = call.Store.Stacks(call.Account, call.Region, deleted: true, After(form), Page + 1);
        var shown = stacks.Take(Page).Where(s => filter.Count == 0 || filter.Contains(s.Status.ToWire()));
        return new("r", new XElement("StackSummaries", shown.Select(s => StackXml.Summary(call, s))), Next(stacks));
    }

    /// <summary>Newest first; the token is the row of the last event told.</summary>
    public static XElement Events(Call call, QueryForm form)
    {
        var stack = StackArguments.Stack(call, form);
        var before = form["NextToken"] is { Length: > 0 } ? After(form) : long.MaxValue;
        var events = call.Store.Rows(
            "SELECT seq, body FROM events WHERE stack = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
            row => (Row: row.GetInt64(0), Body: row.GetString(1)), stack.Row, before, Page + 1);
        var next = events.Count > Page ? new XElement("NextToken", Token(events[Page - 1].Row)) : null;
        return new("r", new XElement("StackEvents", events.Take(Page).Select(e => Event(stack, JsonNode.Parse(e.Body)!))), next);
    }

    public static string Token(long row) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"after {row}"));

    public static long After(QueryForm form)
    {
        if (form["NextToken"] is not { Length: > 0 } token)
        {
            return 0;
        }

        var buffer = new byte[token.Length];
        return Convert.TryFromBase64String(token, buffer, out var length)
            && System.Text.Encoding.ASCII.GetString(buffer, 0, length).Split(' ') is ["after", var row]
            && long.TryParse(row, CultureInfo.InvariantCulture, out var number) ? number : throw AwsError.Validation("Invalid NextToken");
    }

    private static XElement? Next(List<Stack> stacks) => stacks.Count > Page ? new("NextToken", Token(stacks[Page - 1].Row)) : null;

    private static XElement Event(Stack stack, JsonNode e) => new(
        "member",
        new XElement("StackId", stack.Id),
        new XElement("EventId", e["id"]!.ToString()),
        new XElement("StackName", stack.Name),
        new XElement("LogicalResourceId", e["logical"]!.ToString()),
        new XElement("PhysicalResourceId", e["physical"]!.ToString()),
        new XElement("ResourceType", e["type"]!.ToString()),
        new XElement("Timestamp", e["time"]!.ToString()),
        new XElement("ResourceStatus", e["status"]!.ToString()),
        StackXml.Optional("ResourceStatusReason", e["reason"]?.ToString()),
        StackXml.Optional("ResourceProperties", e["properties"]?.ToString()),
        StackXml.Optional("ClientRequestToken", e["token"]?.ToString()));
}
