using System.Globalization;

namespace Paco.Cli;

/// <summary>
/// A time on the command line: so long ago (<c>15m</c>, <c>1h</c>, <c>2d</c>), or a point in time, in UTC where it does not say.
/// </summary>
internal static class TimeArgument
{
    public static DateTimeOffset? Read(string text, DateTimeOffset now)
    {
        if (text.Length > 1 && Unit(text[^1]) is { } unit
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count * unit < now - DateTimeOffset.UnixEpoch ? now - (count * unit) : DateTimeOffset.UnixEpoch;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time >= DateTimeOffset.UnixEpoch ? time : null;
    }

    private static TimeSpan? Unit(char letter) => letter switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        _ => null,
    };
}
