using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.Backup;

/// <summary>When a plan saves, and how long that is kept.</summary>
public sealed class BackupRule(Fields f) : Model(f)
{
    private const string ScheduleField = "schedule_expression";

    // Source: API backup BackupRuleInput; 35 days: AWS Backup Developer Guide, "Point-in-time recovery".
    private const int LeastStart = 60;
    private const int Longest = 52_560_000;
    private const int UsualStart = 480;
    private const int LongestContinuous = 35;

    public string Title { get; } = f.Text("title", "Its name; what AWS takes in no name becomes `-`.", "");

    public string? RuleName { get; } = f.Text("name", "Its name, where it has no title.");

    public string? ScheduleExpression { get; } = f.Text(ScheduleField, "When: `cron(0 7 ? * * *)`, UTC; daily at 5:00 where not given.");

    public string? ScheduleExpressionTimezone { get; } = f.Text("schedule_expression_timezone",
        "The time zone of the schedule: `America/Vancouver`; UTC where not given.",
        Check.Matching("a time zone such as Europe/Berlin", @"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$"));

    public Given<int>? StartWindowMinutes { get; } = f.Int("start_window_minutes",
        "Minutes within which a backup must have begun; 480 where not given.", min: LeastStart, max: Longest);

    public Given<int>? CompletionWindowMinutes { get; } = f.Int("completion_window_minutes",
        "Minutes within which it must be done; 10,080 where not given.", min: LeastStart, max: Longest);

    public Given<bool> EnableContinuousBackup { get; } = f.Flag("enable_continuous_backup",
        "Keep what is needed to go back to any moment, for 35 days at most.", false);

    public BackupLifecycle Lifecycle { get; } = new(f);

    public ImmutableArray<BackupCopy> CopyActions { get; } =
        f.List("copy_actions", "Further vaults it is copied to.", x => new BackupCopy(x));

    /// <summary>Its name in AWS; its number where it has neither title nor name.</summary>
    internal string NameAt(int at) => BackupNames.Of(Title.Trim() is { Length: > 0 } title ? title : RuleName ?? $"rule-{at + 1}");

    protected internal override void Rules(Fields f)
    {
        Lifecycle.Rules(f);
        CheckSchedule(f);
        var start = StartWindowMinutes?.Value ?? UsualStart;
        if (CompletionWindowMinutes is { } end && end <= start)
        {
            f.Broken("completion_window_minutes", $"it would have to be done after {end} minutes, and may begin as late as after {start}",
                "completion_window_minutes must be more than start_window_minutes");
        }
        if (!EnableContinuousBackup)
            return;
        if (Lifecycle.DeleteAfterDays is not { } days || days > LongestContinuous)
        {
            f.Broken("enable_continuous_backup",
                $"a continuous backup is kept for {LongestContinuous} days at most",
                $"lifecycle_delete_after_days: {LongestContinuous}; keep longer with a second rule");
        }
        if (Lifecycle.MoveToColdStorageAfterDays is not null)
        {
            f.Broken("lifecycle_move_to_cold_storage_after_days", "a continuous backup cannot be moved to cold storage",
                "leave it out, or write a second rule");
        }
    }

    private void CheckSchedule(Fields f)
    {
        if (ScheduleExpression is null)
            return;
        var schedule = CronSchedule.Parse(ScheduleExpression, out var problem);
        if (problem is not null)
        {
            f.Report(BackupCodes.Schedule, f.PlaceWithin(ScheduleField, problem.Start, problem.Length), problem.Message, problem.WayOut);
        }
        else if (schedule!.IsMoreOftenThanHourly)
        {
            f.Report(BackupCodes.Schedule, f.PlaceWithin(ScheduleField, 0, ScheduleExpression.Length),
                "AWS Backup runs a rule once an hour at most, and this names several minutes of an hour", "cron(0 * ? * * *)");
        }
    }

    internal MapValue ToValue(int at, string vault, StackBuilder stack) => new()
    {
        ["RuleName"] = NameAt(at),
        ["TargetBackupVault"] = vault,
        ["ScheduleExpression"] = Value.Of(ScheduleExpression),
        ["ScheduleExpressionTimezone"] = Value.Of(ScheduleExpressionTimezone),
        ["StartWindowMinutes"] = Value.Of(StartWindowMinutes),
        ["CompletionWindowMinutes"] = Value.Of(CompletionWindowMinutes),
        ["EnableContinuousBackup"] = EnableContinuousBackup ? EnableContinuousBackup : null,
        ["Lifecycle"] = Lifecycle.ToValue(),
        ["CopyActions"] = Value.OfMany(CopyActions.Where(c => c.DestinationVault is not null).Select(c => (Value)c.ToValue(stack))),
    };
}

/// <summary>A copy in another vault: of another region, or of another account of the organization.</summary>
public sealed class BackupCopy(Fields f) : Model(f)
{
    public RefOrText? DestinationVault { get; } = f.RefOrText("destination_vault",
        "The other vault: a reference to it (`paco.ref netenv.mynet.prod.us-east-1.backup_vaults.app`), or its ARN.", "BackupVault",
        Check.Matching("the ARN of a vault", "^arn:aws[a-z-]*:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:[A-Za-z0-9_-]{2,50}$"),
        required: true);

    public BackupLifecycle Lifecycle { get; } = new(f);

    protected internal override void Rules(Fields f) => Lifecycle.Rules(f);

    internal MapValue ToValue(StackBuilder stack) => new()
    {
        ["DestinationBackupVaultArn"] = DestinationVault!.Ref is { } vault && vault.Output("arn") is var arn
            ? stack.Input($"DestinationVault{Names.Md5(arn.Text)}", arn)
            : DestinationVault.Text!,
        ["Lifecycle"] = Lifecycle.ToValue(),
    };
}
