using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Monitoring.FilterPatterns;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>Makes a metric of the events that fit a pattern.</summary>
public sealed class MetricFilter(Fields f) : Model(f)
{
    public string FilterPattern { get; } =
        f.Text("filter_pattern",
            "The events that count, in CloudWatch's own pattern language; all where empty. `paco explain --filter` tries one.", "");

    public ImmutableArray<MetricTransformation> MetricTransformations { get; } =
        f.List("metric_transformations", "The metric: CloudWatch takes one a filter.", x => new MetricTransformation(x));

    protected internal override void Rules(Fields f)
    {
        var pattern = FilterPatterns.FilterPattern.Parse(FilterPattern, out var mistake);
        if (mistake is not null)
            Report(f, LogCodes.BadPattern, mistake);
        foreach (var remark in pattern?.Remarks ?? [])
            Report(f, LogCodes.DoubtfulFilter, remark);
        if (MetricTransformations.Length != 1)
        {
            f.Report(LogCodes.RefusedFilter, f.Place("metric_transformations"),
                $"a metric filter makes one metric; {Name} has {MetricTransformations.Length}",
                MetricTransformations.Length > 1 ? "write a filter for each" : null);
        }
        foreach (var metric in MetricTransformations.Where(_ => pattern is not null))
            metric.CheckAgainst(pattern!, f);
    }

    /// <param name="group">The log group's name, as the template says it.</param>
    /// <param name="groupName">The same as text: what the namespace of its metrics is called after.</param>
    internal void Write(StackBuilder stack, Value group, string groupName, ImmutableArray<string> after) =>
        stack.Add(new Resource($"MetricFilter{Names.LogicalId(Name)}", "AWS::Logs::MetricFilter", new MapValue
        {
            ["FilterPattern"] = FilterPattern,
            ["LogGroupName"] = group,
            ["MetricTransformations"] = Value.List(MetricTransformations.Select(metric => (Value)metric.ToValue(groupName))),
        })
        {
            DependsOn = after,
            Source = Location,
        });

    private static void Report(Fields f, Diagnostics.DiagnosticCode code, PatternMistake mistake) =>
        f.Report(code, f.PlaceWithin("filter_pattern", mistake.Start, mistake.Length), mistake.Message, mistake.Hint);
}

/// <summary>A metric that is made of events.</summary>
public sealed class MetricTransformation(Fields f) : Model(f)
{
    private const int MostDimensions = 3;

    // Source: the CloudWatch Logs API, MetricTransformation.
    private static readonly Check NameForm = Check.Matching("1 to 255 characters without : * $", @"^[^:*$]{1,255}$");

    public string MetricName { get; } = f.RequiredText("metric_name", "Its name.", NameForm);

    public string MetricNamespace { get; } =
        f.Text("metric_namespace", "Its namespace; `Paco/` and the log group's name where not given.", "", NameForm.OrBlank());

    public string MetricValue { get; } = f.RequiredText("metric_value",
        "What an event adds: a number, or what the pattern takes out of it: `$.latency` of JSON, `$bytes` of fields.",
        Check.Length(1, 100));

    public double? DefaultValue { get; } = f.Number("default_value", "What is reported while no event fits.");

    public ImmutableArray<KeyValuePair<string, string>> Dimensions { get; } = f.TextMap("dimensions",
        "Up to three dimensions and what the pattern takes out of an event for each: `$.path`. Each value makes a metric of its own.");

    private readonly Diagnostics.Location _valuePlace = f.Place("metric_value");

    private readonly Diagnostics.Location _dimensionsPlace = f.Place("dimensions");

    protected internal override void Rules(Fields f)
    {
        if (Dimensions.Length > MostDimensions)
        {
            f.Report(LogCodes.RefusedFilter, _dimensionsPlace,
                $"a metric has {MostDimensions} dimensions at most, got {Dimensions.Length}");
        }
        if (!Dimensions.IsEmpty && DefaultValue is not null)
        {
            f.Report(LogCodes.RefusedFilter, f.Place("default_value"), "CloudWatch takes no default value for a metric with dimensions",
                "remove one of the two");
        }
    }

    internal void CheckAgainst(FilterPattern pattern, Fields f)
    {
        CheckValue(_valuePlace, MetricValue);
        foreach (var (_, value) in Dimensions.Where(d => d.Value.StartsWith('$')))
            CheckValue(_dimensionsPlace, value);
        foreach (var (_, value) in Dimensions.Where(d => !d.Value.StartsWith('$')))
        {
            f.Report(LogCodes.RefusedFilter, _dimensionsPlace,
                $"a dimension's value is taken out of events: $.selector or $name, got {value}");
        }

        void CheckValue(Diagnostics.Location place, string text)
        {
            if (text.Length == 0)
                return;
            var value = MetricValueText.Parse(text, pattern, out var mistake);
            if ((mistake ?? value?.Remark) is { } wrong)
                f.Report(mistake is null ? LogCodes.DoubtfulFilter : LogCodes.RefusedFilter, place, wrong.Message, wrong.Hint);
        }
    }

    internal MapValue ToValue(string groupName) => new()
    {
        ["MetricName"] = MetricName,
        ["MetricNamespace"] = MetricNamespace.Length > 0 ? MetricNamespace : $"Paco/{groupName}",
        ["MetricValue"] = MetricValue,
        ["DefaultValue"] = DefaultValue is { } number ? new NumberValue((decimal)number) : null,
        ["Dimensions"] = Dimensions.IsEmpty ? null
            : Value.List(Dimensions.Select(d => (Value)new MapValue { ["Key"] = d.Key, ["Value"] = d.Value })),
    };
}
