using System.Collections.Immutable;
using System.Text.Json;
using System.Xml.Linq;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>
/// CloudWatch over the Query protocol, which AWS and everything that stands in for it answers. Source: Amazon CloudWatch API Reference,
/// 2010-08-01.
/// </summary>
internal sealed class CloudWatchClient(ServiceCaller caller) : ICloudWatch
{
    private const string PageSize = "100";

    private static readonly string[] Types = ["MetricAlarm", "CompositeAlarm"];

    public async Task<ImmutableArray<AlarmStatus>> DescribeAlarms(string namePrefix, CancellationToken cancel)
    {
        var all = await Pages.All(token => caller.Xml(
            new QueryForm(AwsService.CloudWatch, "2010-08-01", "DescribeAlarms")
                .Add("AlarmNamePrefix", namePrefix.Length > 0 ? namePrefix : null)
                .AddList("AlarmTypes", Types, (form, at, type) => form.Add(at, type))
                .Add("MaxRecords", PageSize).Add("NextToken", token).ToRequest(repeatable: true),
            root =>
            {
                var page = root.Within("DescribeAlarmsResult");
                return (page.List("MetricAlarms").Concat(page.List("CompositeAlarms")).Select(Read), page.Text("NextToken"));
            },
            cancel));
        return [.. all];
    }

    private static AlarmStatus Read(XElement alarm) => new(alarm.Need("AlarmName"), State(alarm.Need("StateValue")),
        WireXml.Time(alarm.Text("StateTransitionedTimestamp") ?? alarm.Need("StateUpdatedTimestamp")), alarm.Text("StateReason") ?? "")
    {
        Value = Value(alarm.Text("StateReasonData")),
        TellsAnybody = alarm.Text("ActionsEnabled") is null || alarm.IsTrue("ActionsEnabled"),
    };

    private static AlarmState State(string value) => value switch
    {
        "OK" => AlarmState.Ok,
        "ALARM" => AlarmState.Alarm,
        "INSUFFICIENT_DATA" => AlarmState.InsufficientData,
        _ => throw new FormatException("it has a state nobody knows"),
    };

    // The newest of the values it looked at. Somebody who sets a state by hand may write there what he likes.
    private static double? Value(string? data)
    {
        try
        {
            using var document = data is null ? null : JsonDocument.Parse(data);
            return document?.RootElement.List("recentDatapoints").LastOrDefault() is { ValueKind: JsonValueKind.Number } newest
                ? newest.GetDouble() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
