using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Paco.Binding;
using Paco.Monitoring;
using Paco.Stacks;

namespace Paco.Resources.Dashboard;

/// <summary>
/// A dashboard drawn from what an application has: how its alarms stand, then a row for everything that states what is worth seeing of it,
/// then what its logs say of errors. The same application always yields the same one.
/// </summary>
internal sealed class AutoDashboard(StackBuilder stack, BuildScope scope)
{
    private const int Columns = 24;
    private const int WidgetWidth = 6;
    private const int WidgetHeight = 6;
    private const int MostAlarms = 100;
    private const int MostLogGroups = 50;

    private const string RegionVariable = "${AwsRegion}";
    private const string AlarmArn = $"arn:${{AWS::Partition}}:cloudwatch:{RegionVariable}:${{AWS::AccountId}}:alarm:";

    // A line a value, so that a plan shows what changes.
    private static readonly JsonWriterOptions Layout =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    private int _x;
    private int _y;
    private int _rowHeight;

    /// <summary>The dashboard's JSON. What is only known once it is deployed becomes a parameter of the stack.</summary>
    public string Draw()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Layout))
        {
            json.WriteStartObject();
            json.WriteStartArray("widgets");
            var resources = Resources().ToList();
            Heading(json, $"# {Title(scope.Titles.ElementAtOrDefault(2), 2)}, {Title(scope.Titles.ElementAtOrDefault(1), 1)}");
            Alarms(json);
            foreach (var (group, resource) in resources)
                Metrics(json, group, resource);
            Logs(json, resources);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private string Title(string? title, int at) => title is { Length: > 0 } ? title : scope.Names[at];

    // All that is on in the application, in the order of the files.
    private IEnumerable<(string Group, AppResource Resource)> Resources()
    {
        var groups = $"{scope.Environment!.Path}.applications.{scope.Names[2]}.groups";
        return from @group in scope.Build.Index.Children(groups)
               from name in scope.Build.Index.Children($"{groups}.{@group}.resources")
               let found = scope.Build.Index.Find($"{groups}.{@group}.resources.{name}") as AppResource
               where found is { IsEnabled: true, IsWhole: true } and IWatched
               select (@group, found);
    }

    // Of stacks that are begun already: a dashboard stands behind all it shows.
    private void Alarms(Utf8JsonWriter json)
    {
        var application = new Syntax.ObjectPath($"{scope.Environment!.Path}.applications.{scope.Names[2]}");
        var alarms = scope.Build.Alarms.Where(a => a.Enabled && application.Covers(a.Owner) && a.Node.Place == scope.Place)
            .Take(MostAlarms).ToList();
        if (alarms.Count == 0)
            return;
        Begin(json, "alarm", Columns, 2 + ((alarms.Count + 5) / 6));
        json.WriteString("title", "Alarms");
        json.WriteStartArray("alarms");
        foreach (var alarm in alarms)
            json.WriteStringValue(AlarmArn + Parameter("Alarm", new Ref(alarm.Ref, alarm.Ref, default)));
        json.WriteEndArray();
        End(json);
    }

    private void Metrics(Utf8JsonWriter json, string group, AppResource resource)
    {
        foreach (var thing in ((IWatched)resource).Watched.Where(w => !w.Worth.IsEmpty && w.What.IsEnabled))
        {
            Heading(json, $"## {group} / {resource.Name}: {thing.Title}");
            foreach (var worth in thing.Worth)
                Metric(json, thing, worth);
            NewRow();
        }
    }

    private void Metric(Utf8JsonWriter json, Watched thing, WorthSeeing worth)
    {
        Begin(json, "metric", WidgetWidth, WidgetHeight);
        json.WriteString("title", Names.UpperFirst(worth.Title));
        json.WriteString("region", RegionVariable);
        json.WriteString("view", "timeSeries");
        json.WriteString("stat", worth.Statistic);
        json.WriteNumber("period", 300);
        json.WriteStartArray("metrics");
        json.WriteStartArray();
        json.WriteStringValue(worth.Namespace ?? thing.Namespace);
        json.WriteStringValue(worth.MetricName);
        foreach (var dimension in thing.Dimensions)
        {
            json.WriteStringValue(dimension.Name);
            json.WriteStringValue(Parameter(dimension.Name, dimension.Value));
        }
        json.WriteEndArray();
        json.WriteEndArray();
        End(json);
    }

    private void Logs(Utf8JsonWriter json, IReadOnlyList<(string Group, AppResource Resource)> resources)
    {
        var groups = (from r in resources
                      let own = scope with { Names = [.. scope.Names.Take(3), r.Group, r.Resource.Name] }
                      from set in ((IWatched)r.Resource).Logs?.Sets ?? []
                      from log in set.LogGroups
                      select log.FullName(own, set)).Distinct().Take(MostLogGroups).ToList();
        if (groups.Count == 0)
            return;
        Heading(json, "## Errors in the logs");
        Begin(json, "log", Columns, WidgetHeight);
        json.WriteString("title", "Newest lines that speak of errors");
        json.WriteString("region", RegionVariable);
        json.WriteString("view", "table");
        json.WriteString("query", string.Join(" | ", groups.Select(g => $"SOURCE '{g}'"))
            + " | fields @timestamp, @log, @message | filter @message like /(?i)error|exception|critical/"
            + " | sort @timestamp desc | limit 50");
        End(json);
    }

    // A parameter, and its name in the body.
    private string Parameter(string kind, Ref value)
    {
        var name = $"{Names.LogicalId(kind)}{Names.ShortHash(value.Text)}";
        stack.Input(name, value);
        return $"${{{name}}}";
    }

    private void Heading(Utf8JsonWriter json, string markdown)
    {
        Begin(json, "text", Columns, 1);
        json.WriteString("markdown", markdown.Replace("${", "${!", StringComparison.Ordinal));
        json.WriteString("background", "transparent");
        End(json);
    }

    private void Begin(Utf8JsonWriter json, string type, int width, int height)
    {
        if (_x + width > Columns)
            NewRow();
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteNumber("x", _x);
        json.WriteNumber("y", _y);
        json.WriteNumber("width", width);
        json.WriteNumber("height", height);
        json.WriteStartObject("properties");
        (_x, _rowHeight) = (_x + width, Math.Max(_rowHeight, height));
    }

    private void NewRow() => (_x, _y, _rowHeight) = (0, _y + _rowHeight, 0);

    private void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
        if (_x >= Columns)
            NewRow();
    }
}
