using System.Collections.Immutable;
using Paco.CloudFormation.Types;

namespace Paco.CloudFormation;

/// <summary>What a change does to those who use the resource.</summary>
public enum ConsequenceKind
{
    /// <summary>Its servers are replaced, batch by batch.</summary>
    RollingUpdate,

    /// <summary>No server is replaced: only those that are launched later are as the change wants them.</summary>
    NewInstancesOnly,

    /// <summary>It cannot be used meanwhile.</summary>
    Outage,

    /// <summary>It stops and starts again.</summary>
    Restart,

    /// <summary>A standby takes over.</summary>
    Failover,

    /// <summary>It cannot be used for a moment.</summary>
    Pause,

    /// <summary>It is reached at another address.</summary>
    NewAddress,
}

/// <summary>One of the things that follow for those who use a resource, as the table of types says.</summary>
/// <param name="Text">A sentence for a person, without its end.</param>
/// <param name="Length">How long it lasts, about; null where it is no matter of time.</param>
/// <param name="IsPossible">It may also not be so.</param>
public sealed record Consequence(ConsequenceKind Kind, string Text, TimeSpan? Length = null, bool IsPossible = false)
{
    /// <summary>How many servers are replaced; null where that is not known, or none are.</summary>
    public int? Servers { get; init; }

    /// <summary>Somebody is cut off from something for a time.</summary>
    public bool IsInterruption => Kind is ConsequenceKind.Outage or ConsequenceKind.Restart or ConsequenceKind.Failover
        or ConsequenceKind.Pause;

    internal static ImmutableArray<Consequence> Of(ResourceChange change) => change.Kind switch
    {
        ChangeKind.Update => [.. Rolls(change), .. Interrupts(change), .. Addresses(change)],
        ChangeKind.Replace => [.. Addresses(change)],
        _ => [],
    };

    // ---- groups of servers -------------------------------------------------------------------------------------------

    private static IEnumerable<Consequence> Rolls(ResourceChange change)
    {
        if (ResourceFacts.Of(change.Type).Rolls is not { } roll
            || change.Properties.Where(p => roll.With.Contains(p.Top)).ToList() is not { Count: > 0 } by)
        {
            return [];
        }
        if (change.UpdatePolicy?["AutoScalingRollingUpdate"] is not MapValue policy)
        {
            return [new(ConsequenceKind.NewInstancesOnly,
                "no server is replaced: those that run stay as they are, and only new ones get the change (there is no rolling update)")];
        }
        var update = RollingUpdate.Of(name => TemplateDiff.Text(change.After?[name]), name => TemplateDiff.Text(policy[name]));
        return update.Instances == 0 ? [] : Rolls(update, roll, by.TrueForAll(p => p.MayStay));
    }

    private static IEnumerable<Consequence> Rolls(RollingUpdate update, RollFacts roll, bool isPossible)
    {
        var servers = update.Instances is { } all ? Counted(all) : "its servers";
        var staying = update is { Instances: > 1, InService: > 0 and var serving }
            ? $"; {serving} {(serving == 1 ? "stays" : "stay")} in service"
            : "";
        yield return new(ConsequenceKind.RollingUpdate,
            Perhaps(isPossible,
                $"rolling update: {servers}, {update.Batch} at a time, about {About(update.Length(roll))}{(update.Instances is null ? " a batch" : "")}{staying}"),
            update.Length(roll), isPossible) { Servers = update.Instances };
        if (update.MinInService > 0)
            yield break;
        yield return update.InService == 0
            ? new(ConsequenceKind.Outage,
                Perhaps(isPossible, $"no server is in service for about {About(update.BatchLength(roll))} (MinInstancesInService is 0)"),
                update.BatchLength(roll), isPossible)
            : new(ConsequenceKind.Outage,
                "there may be times without a server in service: MinInstancesInService is 0, so none is kept", null, IsPossible: true);
    }

    private static string Counted(int count) => count == 1 ? "1 server" : $"{count} servers";

    // ---- changes in place --------------------------------------------------------------------------------------------

    private static IEnumerable<Consequence> Interrupts(ResourceChange change)
    {
        var facts = ResourceFacts.Of(change.Type);
        return
            from property in change.Properties
            where property.IsOfProperties
            let interruption = facts.InterruptedBy(property.Top, name => TemplateDiff.Text(change.Before?[name]),
                name => TemplateDiff.Text(change.After?[name]))
            where interruption is not null
            group property by interruption into same
            orderby same.Key.Kind descending
            let isPossible = same.All(p => p.MayStay)
            select new Consequence(KindOf(same.Key.Kind),
                Perhaps(isPossible, $"{Effect(same.Key)} ({string.Join(", ", same.Select(p => p.Top).Distinct())})"), same.Key.Length,
                isPossible);
    }

    private static ConsequenceKind KindOf(InterruptionKind kind) => kind switch
    {
        InterruptionKind.Pause => ConsequenceKind.Pause,
        InterruptionKind.Failover => ConsequenceKind.Failover,
        InterruptionKind.Restart => ConsequenceKind.Restart,
        InterruptionKind.Outage => ConsequenceKind.Outage,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such interruption"),
    };

    private static string Effect(Interruption interruption) => interruption.Kind switch
    {
        InterruptionKind.Pause => $"cannot be used for a moment, about {About(interruption.Length)}",
        InterruptionKind.Failover => $"its standby takes over: cannot be used for about {About(interruption.Length)}",
        InterruptionKind.Restart => $"stops and starts again: cannot be used for about {About(interruption.Length)}",
        InterruptionKind.Outage => $"cannot be used for about {About(interruption.Length)}",
        _ => throw new ArgumentOutOfRangeException(nameof(interruption), interruption.Kind, "no such interruption"),
    };

    // ---- addresses ---------------------------------------------------------------------------------------------------

    private static IEnumerable<Consequence> Addresses(ResourceChange change)
    {
        var moving = ResourceFacts.Of(change.Type).Addresses.Select(a => (Name: a, Movement: ResourceMovement.Of(change, a)))
            .Where(a => a.Movement != Movement.Stays).ToList();
        if (moving.Count == 0)
            return [];
        var isPossible = moving.TrueForAll(m => m.Movement == Movement.MayMove);
        return [new(ConsequenceKind.NewAddress,
            Perhaps(isPossible,
                $"gets another {string.Join(" and ", moving.Select(m => m.Name))}: what is outside the project and uses the old one must be told"),
            null, isPossible)];
    }

    private static string Perhaps(bool isPossible, string text) => isPossible ? $"possibly: {text}" : text;

    private static string About(TimeSpan length) => length.TotalSeconds < 90
        ? $"{Math.Ceiling(length.TotalSeconds):0} s"
        : $"{Math.Round(length.TotalMinutes):0} min";
}
