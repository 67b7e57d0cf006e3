using Paco.Diagnostics;

namespace Paco.Monitoring;

/// <summary>PACO307x: log groups, metric filters and what the agent collects.</summary>
public static class LogCodes
{
    public static readonly DiagnosticCode BadPattern = new("PACO3074", Severity.Error, "a filter pattern that does not parse",
        "The pattern is none in CloudWatch Logs' pattern language: words and texts in quotes (`ERROR -\"health check\"`), `{ … }` with conditions for events that are JSON, `[ … ]` with fields for events with blanks between them, and `%…%` for regular expressions. `paco explain --filter 'PATTERN' FILE` shows which lines of a file fit.");

    public static readonly DiagnosticCode RefusedFilter = new("PACO3075", Severity.Error, "a metric filter CloudWatch refuses",
        "CloudWatch Logs takes one metric a filter; a log group takes 100 filters, five of them with regular expressions. A metric's value is a number or what the pattern takes out of an event; dimensions are that too, and go without a default value.");

    public static readonly DiagnosticCode SameGroup = new("PACO3076", Severity.Error, "one log group twice",
        "Two log groups of a resource would have one name in CloudWatch. A log group has one retention: where two sets want the same group for different times, give them different names.");

    public static readonly DiagnosticCode UnusedRetention = new("PACO3077", Severity.Warning, "a retention nobody applies",
        "How long events are kept is a property of the log group Paco makes. What a source says for itself, and what is said of a log group that exists already, has no effect.");

    public static readonly DiagnosticCode DoubtfulFilter = new("PACO3078", Severity.Warning, "a doubtful metric filter",
        "CloudWatch takes it, but part of the pattern is ignored or fits nothing: terms with `?` beside others, a `*` within a text, a value the pattern does not ask for, words where every event is an entry of the journal, which is JSON.");

    public static readonly DiagnosticCode NotCollected = new("PACO3079", Severity.Warning, "something the agent does not find",
        "The CloudWatch agent would be asked for a file that the image's system does not write, or for a plug-in or a measurement that it does not have. Amazon Linux 2023 has no syslog: what stood in /var/log/messages, secure and cron is in its journal, which a source reads with `journald:`.");
}
