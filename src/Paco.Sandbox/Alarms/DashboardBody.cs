using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Monitoring;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Alarms;

/// <summary>What CloudWatch says to a dashboard's body that it does not take.</summary>
internal static class DashboardBody
{
    private static readonly string[] Types = [.. DashboardLimits.Types.Select(t => t.Type)];

    /// <summary>Where something is wrong, and what. A body with any is not taken.</summary>
    public static IReadOnlyList<(string Path, string Message)> Problems(string body)
    {
        try
        {
            return Json.Read(body) is JsonObject root ? [.. OfRoot(root)] : [("/", "Should be object")];
        }
        catch (JsonException)
        {
            return [("/", "The field DashboardBody must be a valid JSON object")];
        }
    }

    /// <summary>All of them in the one sentence of a refusal.</summary>
    public static string Refusal(IReadOnlyList<(string Path, string Message)> problems) =>
        $"The dashboard body is invalid, there are {problems.Count} validation errors: [ "
        + string.Join(", ", problems.Select(p => $"{{ \"dataPath\": \"{p.Path}\", \"message\": \"{p.Message}\" }}")) + " ]";

    private static IEnumerable<(string Path, string Message)> OfRoot(JsonObject root)
    {
        if (root["widgets"] is not JsonArray widgets)
        {
            return [("/", "Should have required property 'widgets'")];
        }

        return widgets.Count > DashboardLimits.MaxWidgets
            ? [("/widgets", $"Should NOT have more than {DashboardLimits.MaxWidgets} items")]
            : widgets.SelectMany((w, i) => w is JsonObject widget ? OfWidget(widget, $"/widgets/{i}")
                : [($"/widgets/{i}", "Should be object")]);
    }

    private static IEnumerable<(string Path, string Message)> OfWidget(JsonObject widget, string at)
    {
        var type = Json.Scalar(widget["type"]);
        if (!Types.Contains(type))
        {
            yield return ($"{at}/type", $"Should be equal to one of the allowed values: {string.Join(", ", Types)}");
        }

        foreach (var (member, least, most) in DashboardLimits.Place)
        {
            if (widget[member] is { } value && !(Whole(value) is { } number && number >= least && number <= most))
            {
                yield return ($"{at}/{member}", $"Should be an integer from {least} to {most}");
            }
        }

        if (widget["properties"] is not JsonObject properties)
        {
            yield return (at, "Should have required property 'properties'");
        }
        else
        {
            foreach (var lacking in DashboardLimits.Lacking(type, field => properties[field] is not null))
            {
                yield return ($"{at}/properties", $"Should have required property '{lacking[0]}'");
            }

            if (type == "alarm" && properties["alarms"] is { } alarms
                && alarms is not JsonArray { Count: > 0 and <= DashboardLimits.MaxAlarms })
            {
                yield return ($"{at}/properties/alarms", $"Should be an array of 1 to {DashboardLimits.MaxAlarms} items");
            }
        }

        if (Whole(widget["x"]) is { } x && Whole(widget["width"]) is { } width && x + width > DashboardLimits.Columns)
        {
            yield return ($"{at}/width", $"Should be <= {DashboardLimits.Columns - x}");
        }
    }

    private static int? Whole(JsonNode? value) =>
        int.TryParse(value?.ToJsonString(), CultureInfo.InvariantCulture, out var number) ? number : null;
}
