using Paco.Sandbox.Alarms;

namespace Paco.Sandbox.Stacks;

/// <content>Rollback triggers: alarms that are watched while an operation is under way, and for some time after.</content>
internal sealed partial class OperationEngine
{
    private const long Minute = 60_000;

    private RollbackConfiguration? Watched => Run.Phase is Phase.Create or Phase.Update ? stack.Definition.Rollback : null;

    /// <summary>Why the operation is to go back, or null. An alarm that is not there is as bad as one that rings.</summary>
    private string? Breach(DateTimeOffset at)
    {
        if (Watched?.Triggers is not { Count: > 0 } triggers)
        {
            return null;
        }

        var alarms = new AlarmClock(store, stack.Account, stack.Region);
        alarms.Advance(at);
        var missing = triggers.Where(t => !IsHere(t.Arn) || alarms.Find(t.Arn) is null).Select(t => t.Arn).ToList();
        var since = DateTimeOffset.FromUnixTimeMilliseconds(Run.WatchedSince ?? at.ToUnixTimeMilliseconds());
        var ringing = triggers.Where(t => alarms.Find(t.Arn) is { } alarm && (AlarmTable.StateOf(store, alarm).Value == AlarmState.Alarm
            || AlarmTable.Went(store, alarm, AlarmState.Alarm, since))).Select(t => t.Arn).ToList();
        Run.WatchedSince ??= at.ToUnixTimeMilliseconds();
        return missing.Count > 0 ? $"The following rollback trigger(s) do not exist: [{string.Join(", ", missing)}]. "
            : ringing.Count > 0 ? $"The following rollback trigger(s) went into ALARM state: [{string.Join(", ", ringing)}]. " : null;
    }

    // Alarms of other regions and accounts are not seen from here.
    private bool IsHere(string arn) => arn.Split(':') is [_, _, _, var region, var account, ..]
        && (region, account) == (stack.Region, stack.Account);

    /// <summary>Nothing is at work any more: on to what comes next, unless alarms are to be watched for longer.</summary>
    private void End(string? breach, DateTimeOffset at)
    {
        var failed = Run.Cancelled || Run.FailedIds.Any();
        if (Run.Phase == Phase.Import)
        {
            EndImport(at);
        }
        else if (breach is not null && !failed)
        {
            GoBack(breach, at);
        }
        else if (failed || !StaysOnWatch(at))
        {
            EndPhase(at);
        }
    }

    private void GoBack(string breach, DateTimeOffset at)
    {
        if (Run.Phase == Phase.Create)
        {
            CreateFailed(breach, at);
        }
        else
        {
            UpdateFailed(breach, at);
        }
    }

    private bool StaysOnWatch(DateTimeOffset at)
    {
        if (Watched?.Minutes is not > 0)
        {
            return false;
        }

        Run.WatchedUntil ??= at.AddMinutes(Watched.Minutes.Value).ToUnixTimeMilliseconds();
        return at.ToUnixTimeMilliseconds() < Run.WatchedUntil;
    }

    /// <summary>When to look at the alarms again, no later than a time; they may ring before the next resource is done.</summary>
    private long? NextWatch(long now, long? due) => Watched switch
    {
        { Triggers.Count: > 0 } when Run.WatchedUntil is { } until => Math.Min(now + Minute, until),
        { Triggers.Count: > 0 } => Math.Min(now + Minute, due ?? long.MaxValue),
        not null when Run.WatchedUntil is { } until => until,
        _ => due,
    };
}
