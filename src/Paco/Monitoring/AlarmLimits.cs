using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Paco.Monitoring;

/// <summary>
/// What CloudWatch takes of an alarm: asked when a project is loaded, and by the sandbox when an alarm is made.
/// Source: CloudWatch API Reference, PutMetricAlarm and PutCompositeAlarm.
/// </summary>
public static partial class AlarmLimits
{
    /// <summary>Actions of each of the three states.</summary>
    public const int MaxActions = 5;

    public const int MaxDimensions = 30;

    public const int MaxName = 255;

    public const int MaxDescription = 1024;

    /// <summary>Characters of a composite alarm's rule.</summary>
    public const int MaxRule = 10_240;

    private const int Hour = 3600;
    private const int Day = 24 * Hour;

    public static ImmutableArray<string> Statistics { get; } = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"];

    public static ImmutableArray<string> Comparisons { get; } =
        ["GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"];

    /// <summary>Those that compare with a band of expected values instead of a threshold.</summary>
    public static ImmutableArray<string> BandComparisons { get; } =
        ["LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold"];

    /// <summary>What a period without values may count as.</summary>
    public static ImmutableArray<string> MissingData { get; } = ["breaching", "notBreaching", "ignore", "missing"];

    /// <summary>Seconds of a period: 10, 20, 30 or a multiple of 60.</summary>
    public static bool IsPeriod(int seconds) => seconds is 10 or 20 or 30 || (seconds > 0 && seconds % 60 == 0);

    /// <summary>How many seconds all evaluated periods of that length may last together: a day, from an hour on a week.</summary>
    public static int LongestWindow(int period) => period < Hour ? Day : 7 * Day;

    /// <summary>A statistic besides the five: <c>p99.9</c>, <c>tm90</c>, <c>IQM</c>, <c>PR(10:50)</c>, <c>TM(10%:90%)</c>.</summary>
    public static bool IsExtendedStatistic(string text) => Extended().IsMatch(text);

    [GeneratedRegex(@"^(IQM|(p|tc|tm|ts|wm)(100|[0-9]{1,2}(\.[0-9]{0,10})?)|(PR|TC|TM|TS|WM)\([0-9.%]*:[0-9.%]*\))$")]
    private static partial Regex Extended();
}
