using System.Globalization;
using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Alarms;

/// <summary>
/// What a metric alarm's state is at a time, by the values of its periods. Source: CloudWatch User Guide, "Alarm evaluation" and
/// "Configuring how CloudWatch alarms treat missing data", whose tables the tests have.
/// </summary>
internal sealed class AlarmEvaluation
{
    private readonly MetricAlarm _alarm;
    private readonly DateTimeOffset _at;
    private readonly List<(DateTimeOffset Begin, double? Value)> _evaluated;
    private readonly int _filled;

    private AlarmEvaluation(MetricAlarm alarm, DateTimeOffset at, IReadOnlyList<(DateTimeOffset Begin, double? Value)> newestFirst)
    {
        (_alarm, _at) = (alarm, at);
        // With enough values in the whole range, what is missing does not count at all.
        _evaluated = [.. newestFirst.Where(p => p.Value is not null).Take(alarm.Periods)];
        _filled = alarm.Periods - _evaluated.Count;
        OldestBreach = newestFirst.Select((p, age) => p.Value is { } v && alarm.IsBreaching(v) ? age + 1 : 0).Max();
    }

    /// <summary>How many periods ago the oldest value is that breaches: 1 for the newest period, 0 for none.</summary>
    private int OldestBreach { get; }

    private int Breaching => _evaluated.Count(p => _alarm.IsBreaching(p.Value!.Value));

    /// <summary>The state then; the same as before where nothing says otherwise.</summary>
    /// <param name="newestFirst">The periods of the alarm's range.</param>
    public static AlarmState Next(MetricAlarm alarm, AlarmState before, DateTimeOffset at,
        IReadOnlyList<(DateTimeOffset Begin, double? Value)> newestFirst)
    {
        var it = new AlarmEvaluation(alarm, at, newestFirst);
        var value = it.Value() ?? before.Value;
        return value == before.Value ? before with { Evaluated = at } : new(value, it.Reason(value), it.Data(), at, at);
    }

    private string? Value()
    {
        var breaching = Breaching + (_alarm.MissingData == "breaching" ? _filled : 0);
        if (breaching >= _alarm.Datapoints)
        {
            return AlarmState.Alarm;
        }

        return (_alarm.MissingData, _evaluated.Count) switch
        {
            ("breaching" or "notBreaching", _) => AlarmState.Ok,
            ("ignore", 0) => null,
            ("missing", 0) => AlarmState.InsufficientData,
            _ when Breaching < _evaluated.Count => AlarmState.Ok,
            // All there is breaches, and it is less than it takes: one that is old enough is enough, lest gaps hide a problem.
            ("missing", _) when OldestBreach >= _alarm.Datapoints => AlarmState.Alarm,
            _ => null,
        };
    }

    private string Reason(string value)
    {
        if (value == AlarmState.InsufficientData)
        {
            return $"Insufficient Data: {Counted(_alarm.Periods, "datapoint was", "datapoints were")} unknown.";
        }

        if (_evaluated.Count == 0)
        {
            var kind = value == AlarmState.Alarm ? "Breaching" : "NonBreaching";
            return $"Threshold Crossed: no datapoints were received for {Counted(_alarm.Periods, "period", "periods")} and "
                + $"{Counted(_alarm.Periods, "missing datapoint was", "missing datapoints were")} treated as [{kind}].";
        }

        var isAlarm = value == AlarmState.Alarm;
        var those = _evaluated.Where(p => _alarm.IsBreaching(p.Value!.Value) == isAlarm).ToList();
        var values = string.Join(", ", those.Select(p => $"{Number(p.Value!.Value)} ({p.Begin:dd/MM/yy HH:mm:ss})"));
        return $"Threshold Crossed: {those.Count} out of the last {Counted(_evaluated.Count, "datapoint", "datapoints")} [{values}] "
            + $"{(those.Count == 1 ? "was" : "were")} {(isAlarm ? "" : "not ")}{_alarm.Words} the threshold ({Number(_alarm.Threshold)}) "
            + $"(minimum {Minimum(isAlarm)} for {(isAlarm ? "OK -> ALARM" : "ALARM -> OK")} transition).";
    }

    private string Minimum(bool isAlarm) =>
        Counted(isAlarm ? _alarm.Datapoints : _alarm.Periods - _alarm.Datapoints + 1, "datapoint", "datapoints");

    private string Data()
    {
        var data = new JsonObject
        {
            ["version"] = "1.0",
            ["queryDate"] = Stamp(_at),
            ["startDate"] = _evaluated.Count > 0 ? Stamp(_evaluated[^1].Begin) : null,
            ["statistic"] = _alarm.Statistic,
            ["period"] = (int)_alarm.Period.TotalSeconds,
            ["recentDatapoints"] = new JsonArray([.. Enumerable.Reverse(_evaluated).Select(p => (JsonNode)p.Value!.Value)]),
            ["threshold"] = _alarm.Threshold,
            ["evaluatedDatapoints"] = new JsonArray([.. _evaluated.Select(p =>
                (JsonNode)new JsonObject { ["timestamp"] = Stamp(p.Begin), ["value"] = p.Value!.Value })]),
        };
        return data.ToText();
    }

    private static string Stamp(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    private static string Counted(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    // As AWS writes it, which is as Java does.
    private static string Number(double value) =>
        double.IsInteger(value) && Math.Abs(value) < 1e7 ? value.ToString("0.0", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
}
