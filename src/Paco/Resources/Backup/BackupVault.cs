using System.Collections.Immutable;
using Paco.Binding;

namespace Paco.Resources.Backup;

/// <summary>A vault of AWS Backup with the plans that fill it. Read only: nothing is built of it yet.</summary>
public sealed class BackupVault(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public int Order { get; } = f.Int("order", "Breaks ties.", 0, min: 0);

    public bool ChangeProtected { get; } = f.Flag("change_protected", "Never update or delete it.", false);

    public ImmutableArray<string> NotificationEvents { get; } = f.Texts("notification_events", "What is told of.",
        Check.OneOf("BACKUP_JOB_STARTED", "BACKUP_JOB_COMPLETED", "RESTORE_JOB_STARTED", "RESTORE_JOB_COMPLETED",
            "RECOVERY_POINT_MODIFIED"));

    public string? NotificationGroup { get; } = f.Text("notification_group", "Who is told: a topic of resource/snstopics.yaml.");

    public ImmutableArray<BackupPlan> Plans { get; } = f.Map("plans", "When what is saved.", x => new BackupPlan(x));

    public override Knowledge Knowledge => Knowledge.NotBuiltYet;

    protected internal override void Rules(Fields f)
    {
        foreach (var accepted in (string[])["type", "dns_enabled", "force_dns_enabled", "import_from"])
            f.Ignore(accepted);
    }
}

/// <summary>When, and what.</summary>
public sealed class BackupPlan(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public ImmutableArray<BackupRule> PlanRules { get; } = f.List("plan_rules", "When, and for how long.", x => new BackupRule(x));

    public ImmutableArray<BackupSelection> Selections { get; } = f.List("selections", "What is saved.", x => new BackupSelection(x));

    // A plan may hold keys of its own in the original; they are read, and their references followed.
    protected internal override void Rules(Fields f) => f.IgnoreRest();
}

public sealed class BackupRule(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Its name.", "");

    public string? RuleName { get; } = f.Text("name", "Its name, where it has no title.");

    public string? ScheduleExpression { get; } = f.Text("schedule_expression", "When: `cron(0 7 ? * * *)`.");

    public Given<int>? LifecycleDeleteAfterDays { get; } = f.Int("lifecycle_delete_after_days", "Days until it is deleted.", min: 1);

    public Given<int>? LifecycleMoveToColdStorageAfterDays { get; } =
        f.Int("lifecycle_move_to_cold_storage_after_days", "Days until it is moved to cold storage.", min: 1);

    public ImmutableArray<BackupCopy> CopyActions { get; } = f.List("copy_actions", "Where it is copied to.", x => new BackupCopy(x));
}

public sealed class BackupCopy(Fields f) : Model(f)
{
    public string? DestinationVault { get; } = f.Text("destination_vault", "The ARN of the other vault.");

    public Given<int>? LifecycleDeleteAfterDays { get; } = f.Int("lifecycle_delete_after_days", "Days until the copy is deleted.", min: 1);

    public Given<int>? LifecycleMoveToColdStorageAfterDays { get; } =
        f.Int("lifecycle_move_to_cold_storage_after_days", "Days until the copy is moved to cold storage.", min: 1);
}

/// <summary>What a plan saves: resources by name, or all that carry tags.</summary>
public sealed class BackupSelection(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Its name.", "");

    public ImmutableArray<string> Resources { get; } = f.AllMentioned("resources", "What is saved.");

    public ImmutableArray<string> Resource { get; } = f.AllMentioned("resource", "The same; an older spelling.");

    public ImmutableArray<BackupCondition> Tags { get; } = f.List("tags", "Tags that all must be there.", x => new BackupCondition(x));
}

public sealed class BackupCondition(Fields f) : Model(f)
{
    public string? ConditionType { get; } = f.Text("condition_type", "How the tag is compared: STRINGEQUALS.",
        Check.Known("condition operator",
            "STRINGEQUALS", "STRINGNOTEQUALS", "STRINGEQUALSIGNORECASE", "STRINGNOTEQUALSIGNORECASE", "STRINGLIKE", "STRINGNOTLIKE"));

    public string? ConditionKey { get; } = f.Text("condition_key", "The tag.", Check.Length(1, 128));

    public string? ConditionValue { get; } = f.Text("condition_value", "Its value.", Check.Length(1, 256));
}
