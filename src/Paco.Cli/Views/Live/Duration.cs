namespace Paco.Cli.Views.Live;

/// <summary>Times as people read them.</summary>
internal static class Duration
{
    /// <summary>How long something took: <c>3.2s</c>, <c>1m04s</c>.</summary>
    public static string Of(TimeSpan time) => time.TotalSeconds < 9.95 ? $"{time.TotalSeconds:0.0}s" : Clock(time);

    /// <summary>How long something has been going on, in whole seconds, so that it stands still between them.</summary>
    public static string Clock(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{(int)Math.Max(0, time.TotalSeconds)}s",
        { TotalHours: < 1 } => $"{time.Minutes}m{time.Seconds:00}s",
        _ => $"{(int)time.TotalHours}h{time.Minutes:00}m",
    };

    /// <summary>An estimate, no finer than it is worth: <c>40 s</c>, <c>9 min</c>.</summary>
    public static string About(TimeSpan time) =>
        time.TotalMinutes < 1.5 ? $"{Math.Ceiling(time.TotalSeconds):0} s" : $"{Math.Round(time.TotalMinutes):0} min";
}
