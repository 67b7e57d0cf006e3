using System.Collections.Immutable;
using Paco.Binding;

namespace Paco.Monitoring;

/// <summary>What the CloudWatch agent sends from instances: a file, several by a pattern, or what is in the systems' journal.</summary>
public sealed class LogSource(Fields f) : LogRetention(f)
{
    private static readonly string[] OfFiles = ["encoding", "timezone", "multi_line_start_pattern", "timestamp_format"];

    public string FilePath { get; } = f.Text("path",
        "The file on the instances; * stands for any part of a name, and of the files that fit the newest is sent.", "");

    public Journald? Journald { get; } = f.Object("journald",
        "Instead of a file what is in the journal: all of it (`{}`), or what the fields here select. Amazon Linux 2023 writes no "
        + "/var/log/messages, secure and cron; what stood there is in its journal.", x => new Journald(x));

    public string LogStreamName { get; } =
        f.RequiredText("log_stream_name", "The stream it goes to: `{instance_id}`.", Binding.Check.Length(1, 512));

    public string Encoding { get; } = f.Text("encoding", "The file's encoding.", "utf-8");

    public string TimeZone { get; } =
        f.Text("timezone", "Local or UTC: what the file's times are.", "Local", Binding.Check.OneOf("Local", "UTC"));

    public string MultiLineStartPattern { get; } =
        f.Text("multi_line_start_pattern", "What a new event begins with, where events have several lines.", "");

    public string TimestampFormat { get; } = f.Text("timestamp_format", "How the file writes times: `%b %d %H:%M:%S`.", "");

    internal Diagnostics.Location PathPlace { get; } = f.Place("path");

    protected internal override void Rules(Fields f)
    {
        f.OneOf("a source", ("path", FilePath.Length > 0), ("journald", Journald is not null));
        foreach (var field in OfFiles.Where(field => Journald is not null && f.Has(field)))
            f.Broken(field, $"\"{field}\" is about files; entries of the journal have their own time and end");
    }

    internal AgentLog ToAgentLog(string logGroup) => Journald is { } journald
        ? new AgentJournal(logGroup, LogStreamName)
        {
            Units = journald.Units,
            Priority = journald.Priority,
            Matches = journald.Matches,
            Filters = [.. journald.Filters.Select(x => (x.Type, x.Expression))],
        }
        : new AgentFile(FilePath, logGroup, LogStreamName)
        {
            Encoding = Encoding,
            TimeZone = TimeZone,
            MultiLineStartPattern = MultiLineStartPattern.Length > 0 ? MultiLineStartPattern : null,
            TimestampFormat = TimestampFormat.Length > 0 ? TimestampFormat : null,
        };
}

/// <summary>Which entries of the journal are sent; each becomes an event that is a JSON object with the entry's fields.</summary>
public sealed class Journald(Fields f) : Model(f)
{
    private static readonly Check Priorities =
        Check.OneOf("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug", "0", "1", "2", "3", "4", "5", "6", "7");

    public ImmutableArray<string> Units { get; } =
        f.Texts("units", "Only entries of these units of systemd: `sshd.service`.", Check.Length(1, 256));

    public string Priority { get; } =
        f.Text("priority", "The least important entries that are sent: emerg, alert, crit, err, warning, notice, info or debug.", "info",
            Priorities);

    public ImmutableArray<ImmutableArray<KeyValuePair<string, string>>> Matches { get; } = f.TextMaps("matches",
        "Only entries that fit one of these: fields of the journal and the values they must have, `SYSLOG_FACILITY: '10'`.");

    public ImmutableArray<JournalFilter> Filters { get; } =
        f.List("filters", "Entries that are sent or left out by a regular expression.", x => new JournalFilter(x));
}

/// <summary>An expression that entries are sent or left out by.</summary>
public sealed class JournalFilter(Fields f) : Model(f)
{
    public string Type { get; } = f.RequiredText("type", "include or exclude.", Check.OneOf("include", "exclude"));

    public string Expression { get; } = f.RequiredText("expression", "The regular expression, as Go has them.");
}
