using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Monitoring;

/// <summary>What the log sets of a resource have to keep to together.</summary>
internal static class LogSetRules
{
    public static void Check(ImmutableArray<LogSet> sets, Fields f)
    {
        var groups = sets.SelectMany(set => set.LogGroups.Select(group => (Set: set, Group: group))).ToImmutableArray();
        var all = (f.Context.Index.Find(LoggingFile.Place) as LoggingFile)?.CloudWatch;
        CheckNames(groups, all, f);
        foreach (var (set, group) in groups)
            CheckRetention(group, group.Retention(set, all), f);
    }

    private static void CheckNames(ImmutableArray<(LogSet Set, LogGroup Group)> groups, CloudWatchLogging? all, Fields f)
    {
        var byName = groups.Where(g => !g.Group.ExternalResource).GroupBy(g => g.Group.InnerName(g.Set), StringComparer.Ordinal);
        foreach (var same in byName.Where(same => same.Count() > 1))
        {
            var (first, second) = (same.First(), same.Last());
            var (one, other) = (first.Group.Retention(first.Set, all), second.Group.Retention(second.Set, all));
            var times = one == other ? "" : $", kept {Days(one)} and {Days(other)}";
            f.Context.Bag.Add(LogCodes.SameGroup, second.Group.Location,
                $"{first.Set.Name}.{first.Group.Name} and {second.Set.Name}.{second.Group.Name} would be one log group{times}",
                "give one another log_group_name", new RelatedPlace(first.Group.Location, "the other one"), f.Path);
        }
    }

    private static void CheckRetention(LogGroup group, string retention, Fields f)
    {
        if (group.ExternalResource && group.ExpireEventsAfterDays.Length > 0)
        {
            f.Report(LogCodes.UnusedRetention, group.RetentionPlace,
                $"{group.LogGroupName} exists already: Paco does not change how long it keeps events");
        }
        foreach (var source in group.Sources.Where(s => s.ExpireEventsAfterDays.Length > 0 && s.ExpireEventsAfterDays != retention))
        {
            f.Report(LogCodes.UnusedRetention, source.RetentionPlace,
                $"the source {source.Name} wants events kept {Days(source.ExpireEventsAfterDays)}; "
                    + $"its log group {group.Name} keeps them {Days(retention)}",
                "say it at the group, or send the source to a group of its own");
        }
    }

    private static string Days(string retention) =>
        retention is "" or "Never" ? "for ever" : retention == "1" ? "1 day" : $"{retention} days";
}
