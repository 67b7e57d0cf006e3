using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Monitoring;

/// <summary>
/// The file <c>monitor/alarmsets.yaml</c> (<c>AlarmSets.yaml</c> in most projects). It makes nothing by itself; resources name the sets
/// they have, and say what an alarm still lacks.
/// </summary>
public sealed class AlarmSetsFile : Model
{
    /// <summary>Where it stands in the project.</summary>
    public const string Place = "monitor.alarmsets";

    public AlarmSetsFile(Fields f)
        : base(f)
    {
        f.Enablement.Read(own: false, WhenDisabled.Emptied);
        Types = f.Rest("The sets for resources of a type; App: for applications.", x => new AlarmSets(x, null));
    }

    public ImmutableArray<AlarmSets> Types { get; }
}

/// <summary>Alarm sets: those of a resource type, or those a resource has, laid over the type's (decision 0001).</summary>
/// <param name="type">The type whose sets lie under them; null in the file itself.</param>
public sealed class AlarmSets(Fields f, string? type) : Model(f)
{
    public ImmutableArray<AlarmSet> All { get; } = f.Rest("A set of alarms, and what differs from it.", x => new AlarmSet(x),
        entry => AlarmOverlay.Lay(SetsOf(f, type)?[entry.Key], entry.Value));

    protected internal override void Rules(Fields f)
    {
        if (type is null || f.Context.LacksAlarmSets)
            return;
        foreach (var set in All)
            Check(f, set, SetsOf(f, type)?[set.Name] as MapNode);
    }

    // What is not in the file is one of the resource's own where it is whole, else a misspelt name.
    private void Check(Fields f, AlarmSet set, MapNode? below)
    {
        var own = set.Alarms.Where(alarm => below?[alarm.Name] is null && !alarm.SaysWhatItLooksAt).ToList();
        if (below is null && (set.Alarms.IsEmpty || own.Count > 0))
        {
            f.Report(AlarmCodes.UnknownSet, KeyOf(f.Node, set.Name),
                $"there is no alarm set \"{set.Name}\" for {type} in monitor/AlarmSets.yaml",
                Spelling.DidYouMean(set.Name, Names(SetsOf(f, type))) ?? Others(f));
            return;
        }
        foreach (var alarm in own)
        {
            f.Report(AlarmCodes.UnknownAlarm,
                KeyOf(Written?[set.Name] as MapNode, alarm.Name) is { IsNone: false } key ? key : alarm.Location,
                $"the alarm set {set.Name} has no alarm \"{alarm.Name}\" to override",
                Spelling.DidYouMean(alarm.Name, Names(below)) ?? "an alarm that only the resource has states its metric_name");
        }
    }

    private string Others(Fields f) => SetsOf(f, type) is { } sets
        ? $"it has {string.Join(", ", Names(sets))}"
        : f.Context.AlarmSets is { } file ? $"it has sets for {string.Join(", ", Names(file))}"
        : $"write the file: {type}: {{SET: {{ALARM: {{metric_name: …}}}}}}";

    private static MapNode? SetsOf(Fields f, string? type) =>
        type is not null && f.Context.AlarmSets?[type] is MapNode sets ? f.Context.InApplication(sets, f.Path) : null;

    private static IEnumerable<string> Names(MapNode? map) =>
        (map?.Entries ?? []).Select(e => e.Key).Where(key => key is not (AlarmSet.TellField or "name" or "title"));

    private static Location KeyOf(MapNode? map, string key) => map?.Find(key)?.KeyLocation ?? default;
}

public sealed class AlarmSet(Fields f) : Model(f)
{
    internal const string TellField = "notifications";

    public Notifications? Notifications { get; } =
        f.Object(TellField, "Who is told of its alarms as well.", x => new Notifications(x));

    public ImmutableArray<Alarm> Alarms { get; } = f.Rest("An alarm, or the fields of it that differ from the set's.", x => new Alarm(x));
}

/// <summary>What a resource says of a set, laid over the set.</summary>
internal static class AlarmOverlay
{
    // Half of one metric's dimensions with half of another's are those of none.
    private static readonly string[] Whole = ["dimensions", "metrics"];

    public static Node Lay(Node? set, Node above)
    {
        var written = above is ScalarNode { IsNull: true, Overridden: MapNode below } ? below : above;
        return set is null ? written
            : written is ScalarNode { IsNull: true } ? set
            : Overlay.Lay(set, written is MapNode map ? Each(map) : written)!;
    }

    private static MapNode Each(MapNode set) => new(set.Location,
        [.. set.Entries.Select(alarm => alarm.Key != AlarmSet.TellField && alarm.Value is MapNode fields
            ? alarm with { Value = Replacing(fields) }
            : alarm)], set.Tag) { Overridden = set.Overridden };

    private static MapNode Replacing(MapNode alarm) => new(alarm.Location,
        [.. alarm.Entries.Select(field => field.Value is ListNode { Tag: null } list && Whole.Contains(field.Key)
            ? field with { Value = new ListNode(list.Location, list.Items, "!replace") { Overridden = list.Overridden } }
            : field)], alarm.Tag) { Overridden = alarm.Overridden };
}
