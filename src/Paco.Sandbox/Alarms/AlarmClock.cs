using System.Globalization;
using System.Text.Json.Nodes;
using Paco.Monitoring;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Alarms;

/// <summary>
/// Lets the alarms of an account and region catch up with the time: each is looked at as often as AWS would have, and what that changes is
/// on record with its time. Nobody is told: what would have been sent is in the history.
/// </summary>
internal sealed class AlarmClock(Store store, string account, string region)
{
    public const string MetricType = "AWS::CloudWatch::Alarm";
    public const string CompositeType = "AWS::CloudWatch::CompositeAlarm";

    public void Advance(DateTimeOffset now)
    {
        var changes = store.OfType(account, region, MetricType).SelectMany(alarm => Catch(alarm, now))
            .OrderBy(c => c.State.Updated).ToList();
        foreach (var (alarm, state) in changes)
        {
            Change(alarm, state);
        }

        foreach (var composite in store.OfType(account, region, CompositeType))
        {
            // One nobody looked at so far.
            if (AlarmTable.StateOf(store, composite).Evaluated == composite.Created)
            {
                Composite(composite, now, null);
            }
        }
    }

    /// <summary>Puts an alarm into a state, on record, with what it would do; then those whose rules ask for it.</summary>
    public void Change(LiveResource alarm, AlarmState state)
    {
        var before = AlarmTable.StateOf(store, alarm);
        AlarmTable.Put(store, alarm, state);
        if (before.Value == state.Value)
        {
            return;
        }

        AlarmTable.Remember(store, alarm, state.Updated, "StateUpdate", $"Alarm updated from {before.Value} to {state.Value}", new()
        {
            ["version"] = "1.0",
            ["oldState"] = Told(before),
            ["newState"] = Told(state),
        });
        new AlarmActions(store, alarm).Due(state);
        foreach (var composite in store.OfType(account, region, CompositeType).Where(c => Asks(c, alarm)))
        {
            Composite(composite, state.Updated, (alarm, state));
        }
    }

    /// <summary>The alarm of that name or ARN; null where there is none.</summary>
    public LiveResource? Find(string nameOrArn)
    {
        var name = nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn.Split(':', 7)[^1] : nameOrArn;
        return store.Find(account, region, MetricType, name) ?? store.Find(account, region, CompositeType, name);
    }

    // The changes of one alarm since it was looked at; where nothing changed, only how far it was.
    private List<(LiveResource Alarm, AlarmState State)> Catch(LiveResource alarm, DateTimeOffset now)
    {
        var (state, changes) = (AlarmTable.StateOf(store, alarm), new List<(LiveResource, AlarmState)>());
        if (MetricAlarm.Of(alarm) is not { } rule)
        {
            return changes;
        }

        var first = state.Evaluated;
        var samples = MetricTable.Between(store, rule.Metric, first - rule.Range, now, rule.Unit);
        for (var at = Tick(first, rule.Interval); at <= now; at = Following(at, rule, samples, now))
        {
            var next = AlarmEvaluation.Next(rule, state, at, Periods(rule, samples, at));
            if (next.Value != state.Value)
            {
                changes.Add((alarm, next));
            }

            state = next;
        }

        if (changes.Count > 0)
        {
            changes[^1] = (alarm, state);
        }
        else if (state.Evaluated > first)
        {
            AlarmTable.Put(store, alarm, state);
        }

        return changes;
    }

    private static DateTimeOffset Tick(DateTimeOffset after, TimeSpan interval) =>
        new(after.UtcTicks - (after.UtcTicks % interval.Ticks) + interval.Ticks, TimeSpan.Zero);

    // Where no value is in sight nothing changes until the next one, or ever.
    private static DateTimeOffset Following(DateTimeOffset at, MetricAlarm rule, List<Sample> samples, DateTimeOffset now)
    {
        var next = at + rule.Interval;
        if (samples.Exists(s => s.Time < at && s.Time >= at - rule.Range))
        {
            return next;
        }

        var coming = samples.Find(s => s.Time >= at);
        var far = Tick((coming?.Time ?? now) - rule.Interval, rule.Interval);
        return far > next ? far : next;
    }

    private static List<(DateTimeOffset Begin, double? Value)> Periods(MetricAlarm rule, List<Sample> samples, DateTimeOffset at)
    {
        var periods = new List<(DateTimeOffset, double?)>();
        for (var begin = at - rule.Period; begin >= at - rule.Range; begin -= rule.Period)
        {
            var end = begin + rule.Period;
            var own = samples.Where(s => s.Time >= begin && s.Time < end).ToList();
            periods.Add((begin, own.Count == 0 ? null : Sample.Together(own).Statistic(rule.Statistic)));
        }

        return periods;
    }

    private bool Asks(LiveResource composite, LiveResource alarm) =>
        RuleOf(composite).Children.Any(child => Find(child)?.Physical == alarm.Physical);

    private void Composite(LiveResource composite, DateTimeOffset at, (LiveResource Alarm, AlarmState State)? cause)
    {
        var isMet = RuleOf(composite).IsMet(child => Find(child) is { } alarm ? AlarmTable.StateOf(store, alarm).Value : null);
        var (before, value) = (AlarmTable.StateOf(store, composite), isMet ? AlarmState.Alarm : AlarmState.Ok);
        Change(composite, value == before.Value ? before with { Evaluated = at } : new(value, Reason(composite, cause), "", at, at));
    }

    private string Reason(LiveResource composite, (LiveResource Alarm, AlarmState State)? cause) => cause is var (alarm, state)
        ? $"{alarm.Attributes["Arn"]} transitioned to {state.Value} at "
            + state.Updated.ToString("dddd dd MMMM, yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : string.Join(", ", RuleOf(composite).Children.Select(Find).OfType<LiveResource>().Select(
            child => $"{child.Attributes["Arn"]} is in {AlarmTable.StateOf(store, child).Value}"));

    private static AlarmRule RuleOf(LiveResource composite) => AlarmRule.Parse(Json.Scalar(composite.Properties["AlarmRule"]));

    private static JsonObject Told(AlarmState state) => new()
    {
        ["stateValue"] = state.Value,
        ["stateReason"] = state.Reason,
        ["stateReasonData"] = state.Data.Length > 0 ? JsonNode.Parse(state.Data) : null,
    };
}
