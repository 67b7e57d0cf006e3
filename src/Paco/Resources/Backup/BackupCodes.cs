using System.Collections.Immutable;
using Paco.Diagnostics;

namespace Paco.Resources.Backup;

/// <summary>PACO3084 to PACO3087: mistakes in backups.</summary>
public static class BackupCodes
{
    public static readonly DiagnosticCode Schedule = new("PACO3084", Severity.Error, "a schedule AWS refuses",
        "AWS Backup takes `cron(minutes hours day-of-month month day-of-week year)`, in UTC unless `schedule_expression_timezone` says otherwise: six fields, exactly one of the two days is `?`, Sunday is 1, and not more than once an hour. It takes no `rate(…)`.");

    public static readonly DiagnosticCode DeafTopic = new("PACO3085", Severity.Warning, "a topic that does not let AWS Backup in",
        "A vault notifies a topic whose policy lets AWS Backup not publish: AWS accepts that, and nobody is ever told. Say `backup_notification_access: true` at the topic in `resource/sns.yaml` or `resource/snstopics.yaml`, and provision `resource.sns`.");

    public static readonly DiagnosticCode NotSaved = new("PACO3086", Severity.Error, "something AWS Backup does not save",
        "A selection names an object that is there, but is nothing AWS Backup can save. It saves databases and Aurora clusters, volumes, file systems and buckets. Name one of those, or select by tags.");

    public static readonly DiagnosticCode NeverCold = new("PACO3087", Severity.Warning, "cold storage for what never goes there",
        "AWS Backup moves only some kinds of recovery points to cold storage, and databases of RDS and Aurora are not among them: the setting is taken and nothing comes of it. Volumes go there, buckets do not.");

    public static readonly ImmutableArray<DiagnosticCode> All = [Schedule, DeafTopic, NotSaved, NeverCold];
}
