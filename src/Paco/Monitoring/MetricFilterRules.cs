using Paco.Binding;
using Paco.Monitoring.FilterPatterns;

namespace Paco.Monitoring;

/// <summary>What the metric filters of a log group have to keep to together.</summary>
internal static class MetricFilterRules
{
    private const int MostFilters = 100;
    private const int MostWithRegex = 5;

    public static void Check(LogGroup group, Fields f)
    {
        CheckLimits(group, f);
        foreach (var filter in group.MetricFilters.Where(_ => group.HoldsJournal))
            CheckJournal(filter, f);
    }

    private static void CheckLimits(LogGroup group, Fields f)
    {
        if (group.MetricFilters.Length > MostFilters)
        {
            f.Report(LogCodes.RefusedFilter, f.Place("metric_filters"),
                $"a log group has {MostFilters} metric filters at most, got {group.MetricFilters.Length}");
        }
        var expressions = group.MetricFilters.Count(x => FilterPattern.Parse(x.FilterPattern, out _) is { Regexes: > 0 });
        if (expressions > MostWithRegex)
        {
            f.Report(LogCodes.RefusedFilter, f.Place("metric_filters"),
                $"{expressions} of the group's patterns have regular expressions; CloudWatch takes {MostWithRegex}",
                "a * at the beginning or the end of a text often does instead");
        }
    }

    // Fields with blanks between them are never found in JSON; words are found in every field of an entry, its command line too.
    private static void CheckJournal(MetricFilter filter, Fields f)
    {
        if (FilterPattern.Parse(filter.FilterPattern, out _) is FieldsPattern or TermsPattern { IsEverything: false })
        {
            f.Report(LogCodes.DoubtfulFilter, filter.Location,
                $"{filter.Name} is no pattern for JSON, and what comes from the journal is JSON", "{ $.MESSAGE = \"*text*\" }");
        }
    }
}
