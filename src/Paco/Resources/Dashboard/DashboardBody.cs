using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Monitoring;
using Paco.Syntax;

namespace Paco.Resources.Dashboard;

/// <summary>
/// A dashboard's JSON, as far as CloudWatch refuses what is wrong in it. Source: CloudWatch API Reference, "Dashboard Body Structure and
/// Syntax". What a text with <c>${…}</c> comes to be is not known here.
/// </summary>
internal sealed class DashboardBody(Fields f)
{
    private static readonly ImmutableArray<string> Types = [.. DashboardLimits.Types.Select(t => t.Type)];

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
        if (widgets.Items.Length > DashboardLimits.MaxWidgets)
            Refuse(widgets, $"a dashboard has {DashboardLimits.MaxWidgets} widgets at most, this one has {widgets.Items.Length}");
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
        if (!Types.Contains(type))
        {
            Refuse(widget["type"] ?? widget, type.Length == 0 ? "a widget needs a \"type\"" : $"there is no widget of type \"{type}\"",
                Spelling.DidYouMean(type, Types) ?? $"types: {string.Join(", ", Types)}");
        }
        else if (widget["properties"] is not MapNode properties)
        {
            Refuse(widget, $"a {type} widget needs its \"properties\"");
        }
        else
        {
            Properties(type, properties);
        }
    }

    private void Properties(string type, MapNode properties)
    {
        foreach (var lacking in DashboardLimits.Lacking(type, field => properties[field] is not null))
        {
            Refuse(properties, $"a {type} widget needs {string.Join(" or ", lacking.Select(w => $"\"{w}\""))} in its properties",
                lacking is ["region"] ? "\"region\": \"${AwsRegion}\"" : null);
        }
        if (type == "metric" && properties["metrics"] is { } metrics)
            Metrics(metrics);
        if (type == "alarm" && properties["alarms"] is { } alarms
            && alarms is not ListNode { Items.Length: > 0 and <= DashboardLimits.MaxAlarms })
        {
            Refuse(alarms, $"\"alarms\" lists the ARNs of 1 to {DashboardLimits.MaxAlarms} alarms");
        }
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
        const int Columns = DashboardLimits.Columns;
        foreach (var (field, least, most) in DashboardLimits.Place)
            Within(widget, field, least, most);
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
