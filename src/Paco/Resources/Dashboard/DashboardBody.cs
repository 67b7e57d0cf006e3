using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Resources.Dashboard;

/// <summary>
/// A dashboard's JSON, as far as CloudWatch refuses what is wrong in it. Source: CloudWatch API Reference, "Dashboard Body Structure and
/// Syntax". What a text with <c>${…}</c> comes to be is not known here.
/// </summary>
internal sealed class DashboardBody(Fields f)
{
    private const int MostWidgets = 500;
    private const int MostAlarms = 100;
    private const int Columns = 24;
    private const int Highest = 1000;

    // What properties of each type of widget must hold; one of several words is enough.
    private static readonly ImmutableArray<(string Type, string[] Needs)> Types =
    [
        ("metric", ["region", "metrics|annotations"]), ("text", ["markdown"]), ("log", ["region", "query"]), ("alarm", ["alarms"]),
        ("explorer", []), ("custom", ["endpoint"]), ("chart", []),
    ];

    public static void Check(Fields f, SourceFile file)
    {
        if (JsonText.Read(file, out var problem) is { } root)
            new DashboardBody(f).Root(root);
        else
            f.Report(DashboardCodes.Refused, problem!.Value.Place, $"{file.Path} is no JSON: {problem.Value.Message}");
    }

    private void Root(Node root)
    {
        if ((root as MapNode)?["widgets"] is not ListNode widgets)
        {
            Refuse(root, "a dashboard is an object with a list of \"widgets\"", "{\"widgets\": [ … ]}");
            return;
        }
        if (((MapNode)root)["periodOverride"] is { } period && period is not ScalarNode { Value: "auto" or "inherit" })
            Refuse(period, "\"periodOverride\" is auto or inherit");
        if (widgets.Items.Length > MostWidgets)
            Refuse(widgets, $"a dashboard has {MostWidgets} widgets at most, this one has {widgets.Items.Length}");
        foreach (var widget in widgets.Items)
            Widget(widget);
    }

    private void Widget(Node node)
    {
        if (node is not MapNode widget)
        {
            Refuse(node, "a widget is an object");
            return;
        }
        Place(widget);
        var type = (widget["type"] as ScalarNode)?.Value ?? "";
        var at = Types.IndexOf(Types.FirstOrDefault(t => t.Type == type));
        if (at < 0)
        {
            Refuse(widget["type"] ?? widget, type.Length == 0 ? "a widget needs a \"type\"" : $"there is no widget of type \"{type}\"",
                Spelling.DidYouMean(type, Types.Select(t => t.Type)) ?? $"types: {string.Join(", ", Types.Select(t => t.Type))}");
        }
        else if (widget["properties"] is not MapNode properties)
        {
            Refuse(widget, $"a {type} widget needs its \"properties\"");
        }
        else
        {
            Properties(type, properties, Types[at].Needs);
        }
    }

    private void Properties(string type, MapNode properties, string[] needs)
    {
        foreach (var need in needs.Where(need => !need.Split('|').Any(word => properties[word] is not null)))
        {
            Refuse(properties, $"a {type} widget needs {string.Join(" or ", need.Split('|').Select(w => $"\"{w}\""))} in its properties",
                need == "region" ? "\"region\": \"${AwsRegion}\"" : null);
        }
        if (type == "metric" && properties["metrics"] is { } metrics)
            Metrics(metrics);
        if (type == "alarm" && properties["alarms"] is { } alarms && alarms is not ListNode { Items.Length: > 0 and <= MostAlarms })
            Refuse(alarms, $"\"alarms\" lists the ARNs of 1 to {MostAlarms} alarms");
    }

    private void Metrics(Node metrics)
    {
        if (metrics is not ListNode rows)
        {
            Refuse(metrics, "\"metrics\" is a list of lists", "[[\"AWS/EC2\", \"CPUUtilization\", \"InstanceId\", \"…\"]]");
            return;
        }
        foreach (var row in rows.Items.Where(row => !IsMetric(row)))
        {
            Refuse(row, "a metric is a list: namespace, name, then a name and a value for each dimension",
                "[\"AWS/EC2\", \"CPUUtilization\", \"InstanceId\", \"…\"]; [{\"expression\": \"…\"}] computes one");
        }
    }

    // "..." stands for all that the row above has and this one does not say.
    private static bool IsMetric(Node row)
    {
        if (row is not ListNode { Items: { Length: > 0 } items })
            return false;
        var texts = items.TakeWhile(item => item is ScalarNode { Plain: false }).Count();
        var isLeft = texts == items.Length || (texts == items.Length - 1 && items[^1] is MapNode);
        if (texts == 0)
            return items is [MapNode computed] && computed["expression"] is not null;
        return isLeft && ((items[0] as ScalarNode)?.Value == "..." || (texts >= 2 && texts % 2 == 0));
    }

    private void Place(MapNode widget)
    {
        Within(widget, "x", 0, Columns - 1);
        Within(widget, "y", 0, int.MaxValue);
        Within(widget, "width", 1, Columns);
        Within(widget, "height", 1, Highest);
        if (JsonText.WholeNumber(widget["x"]) is { } x && JsonText.WholeNumber(widget["width"]) is { } width && x + width > Columns)
        {
            Refuse(widget["width"]!,
                $"a dashboard is {Columns} columns wide: a widget at {x} has {Columns - x} of them at most, not {width}");
        }
    }

    private void Within(MapNode widget, string field, int least, int most)
    {
        if (widget[field] is not { } node || (JsonText.WholeNumber(node) is { } number && number >= least && number <= most))
            return;
        Refuse(node, $"\"{field}\" is a whole number {(most == int.MaxValue ? $"from {least} on" : $"from {least} to {most}")}");
    }

    private void Refuse(Node at, string message, string? wayOut = null) =>
        f.Report(DashboardCodes.Refused, at.Location, message, wayOut);
}
