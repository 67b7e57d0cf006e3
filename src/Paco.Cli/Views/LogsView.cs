using System.Globalization;
using System.Text.Json;
using Paco.Clouds;
using Paco.Planning;

namespace Paco.Cli.Views;

/// <summary>Lines of log groups for people: under the group's name when they were written, by whom, and what they say.</summary>
internal sealed class LogsView(Screen screen, DateTimeOffset now)
{
    private const int StreamWidth = 10;

    private KnownLog? _shown;

    /// <summary>Events of one group; a heading goes before them where another group's went before.</summary>
    /// <param name="isAll">There are no others.</param>
    public void Show(LogBatch batch, bool isAll)
    {
        Head(batch.Log);
        if (!batch.Exists)
            screen.Line("  does not exist yet: whatever writes to it, or a run, makes it", TextStyle.Dim);
        else if (isAll && batch.Events.IsEmpty)
            screen.Line("  nothing so far", TextStyle.Dim);
        foreach (var one in batch.Events)
            Event(one);
    }

    public void Nothing(string since) => screen.Line($"  nothing since {since}", TextStyle.Dim);

    private void Head(KnownLog log)
    {
        if (_shown == log)
            return;
        if (_shown is not null)
            screen.Line();
        _shown = log;
        screen.Composed($"{screen.Styled(log.Name, TextStyle.Bold)}  {screen.Styled(log.Place.ToString(), TextStyle.Dim)}");
    }

    // Tabs are the only ones of the characters that move anything which logs hold by the thousand.
    private void Event(LogEvent one)
    {
        var lead = $"  {Time(one.Time)}  {Stream(one.Stream)}  ";
        var hang = new string(' ', 4);
        var lines = one.Message.TrimEnd('\n', '\r').Replace("\t", "    ", StringComparison.Ordinal).Split('\n');
        screen.Composed($"{screen.Styled(lead, TextStyle.Dim)}{screen.Styled(lines[0].TrimEnd('\r'), TextStyle.Plain)}", hang);
        foreach (var line in lines.Skip(1))
            screen.Composed($"{hang}{screen.Styled(line.TrimEnd('\r'), TextStyle.Plain)}", hang);
    }

    private string Time(DateTimeOffset time) => time.UtcDateTime.Date == now.UtcDateTime.Date
        ? time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // What tells instances apart is at the end of their ids.
    private static string Stream(string stream) =>
        stream.Length <= StreamWidth ? stream.PadRight(StreamWidth) : $"…{stream[^(StreamWidth - 1)..]}";

    /// <summary>A line for programs that says which group is read.</summary>
    public static void Json(Utf8JsonWriter json, LogBatch batch)
    {
        json.Begin("log-group");
        Group(json, batch.Log);
        json.NodeInFull(batch.Log.Log.Node, batch.Log.Title, batch.Log.Log.Ref);
        json.WriteBoolean("exists", batch.Exists);
        json.WriteEndObject();
    }

    /// <summary>A line for programs that is an event.</summary>
    public static void Json(Utf8JsonWriter json, KnownLog log, LogEvent one)
    {
        json.Begin("log-event");
        Group(json, log);
        json.Node(log.Log.Node);
        json.WriteString("stream", one.Stream);
        json.WriteString("time", one.Time.UtcDateTime);
        json.WriteString("ingested", one.Ingested.UtcDateTime);
        json.WriteString("message", one.Message);
        json.WriteEndObject();
    }

    private static void Group(Utf8JsonWriter json, KnownLog log) => json.WriteString("group", log.Name);
}
