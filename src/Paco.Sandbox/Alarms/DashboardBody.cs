using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Alarms;

/// <summary>
/// What CloudWatch says to a dashboard's body. Source: CloudWatch API Reference, "Dashboard Body Structure and Syntax".
/// </summary>
internal static class DashboardBody
{
    private const int MaxWidgets = 500;
    private const int Columns = 24;

    private static readonly string[] Types = ["metric", "text", "log", "alarm", "explorer", "custom", "chart"];

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

        return widgets.Count > MaxWidgets ? [("/widgets", $"Should NOT have more than {MaxWidgets} items")]
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

        foreach (var (member, least, most) in new[] { ("width", 1, Columns), ("height", 1, 1000), ("x", 0, Columns - 1) })
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
        else if (Lacking(type, properties) is { } lacking)
        {
            yield return ($"{at}/properties", $"Should have required property '{lacking}'");
        }
    }

    private static string? Lacking(string type, JsonObject properties) => type switch
    {
        "metric" when properties["region"] is null => "region",
        "metric" when properties["metrics"] is null && properties["annotations"] is null => "metrics",
        "text" when properties["markdown"] is null => "markdown",
        "log" when properties["query"] is null => "query",
        "alarm" when properties["alarms"] is null => "alarms",
        _ => null,
    };

    private static int? Whole(JsonNode value) =>
        int.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var number) ? number : null;
}
