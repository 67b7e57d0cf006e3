namespace Paco.Monitoring;

/// <summary>What the CloudWatch agent finds on the instances of a resource, as far as the project says it.</summary>
/// <param name="IsWindows">It runs on Windows.</param>
/// <param name="HasOnlyJournal">Nothing writes what syslog writes elsewhere: no /var/log/messages, secure and cron.</param>
public sealed record HostSystem(bool IsWindows = false, bool HasOnlyJournal = false)
{
    /// <summary>Linux of which no more is known.</summary>
    public static readonly HostSystem Linux = new();

    /// <summary>Where the agent writes its own log. Source: the CloudWatch User Guide, the agent's configuration file.</summary>
    internal string AgentLogFile => IsWindows
        ? @"c:\ProgramData\Amazon\AmazonCloudWatchAgent\Logs\amazon-cloudwatch-agent.log"
        : "/opt/aws/amazon-cloudwatch-agent/logs/amazon-cloudwatch-agent.log";

    /// <summary>What a source is to say instead of a file that is not there; null for files that are, as far as anybody knows.</summary>
    internal string? InsteadOf(string file) => !HasOnlyJournal ? null : file switch
    {
        "/var/log/messages" or "/var/log/syslog" => "journald: {}",
        "/var/log/secure" or "/var/log/auth.log" => "journald: {matches: [{SYSLOG_FACILITY: '4'}, {SYSLOG_FACILITY: '10'}]}",
        "/var/log/cron" => "journald: {units: [crond.service]}",
        "/var/log/maillog" => "journald: {matches: [{SYSLOG_FACILITY: '2'}]}",
        "/var/log/yum.log" => "path: /var/log/dnf.log",
        _ => null,
    };
}
