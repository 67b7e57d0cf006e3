using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Monitoring;
using Paco.Stacks;

namespace Paco.Resources.Backup;

/// <summary>A vault of AWS Backup with the plans that fill it.</summary>
public sealed class BackupVault(Fields f) : Model(f)
{
    internal const string LogicalId = "BackupVault";

    // Source: API backup BackupVaultEvent.
    private static readonly Check Events = Check.OneOf(
        "BACKUP_JOB_STARTED", "BACKUP_JOB_COMPLETED", "BACKUP_JOB_SUCCESSFUL", "BACKUP_JOB_FAILED", "BACKUP_JOB_EXPIRED",
        "RESTORE_JOB_STARTED", "RESTORE_JOB_COMPLETED", "RESTORE_JOB_SUCCESSFUL", "RESTORE_JOB_FAILED",
        "COPY_JOB_STARTED", "COPY_JOB_SUCCESSFUL", "COPY_JOB_FAILED", "RECOVERY_POINT_MODIFIED", "BACKUP_PLAN_CREATED",
        "BACKUP_PLAN_MODIFIED", "S3_BACKUP_OBJECT_FAILED", "S3_RESTORE_OBJECT_FAILED", "CONTINUOUS_BACKUP_INTERRUPTED",
        "RECOVERY_POINT_INDEX_COMPLETED", "RECOVERY_POINT_INDEX_DELETED", "RECOVERY_POINT_INDEXING_FAILED",
        "EKS_RESTORE_OBJECT_FAILED", "EKS_RESTORE_OBJECT_SKIPPED", "EKS_BACKUP_OBJECT_FAILED");

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public int Order { get; } = f.Int("order", "Breaks ties.", 0, min: 0);

    public bool ChangeProtected { get; } = f.Flag("change_protected", "Never update or delete it.", false);

    public string? VaultName { get; } = f.Text("vault_name",
        "Its name in AWS, where its key is not: an account has one vault of a name in a region. Another name is another vault.",
        BackupNames.OfVault);

    public string DeletionPolicy { get; } = f.Text("deletion_policy",
        "What becomes of the vault when its stack is deleted: it stays with its recovery points (retain), or both are deleted.", "retain",
        Check.OneOf("retain", "delete"));

    public ImmutableArray<string> NotificationEvents { get; } = f.Texts("notification_events", "What somebody is told of.", Events);

    public string? NotificationGroup { get; } = f.Text("notification_group", "Who is told: a topic of resource/sns.yaml.");

    public ImmutableArray<BackupPlan> Plans { get; } = f.Map("plans", "When what is saved.", x => new BackupPlan(x));

    internal string AwsName => VaultName ?? Name;

    protected internal override void Rules(Fields f)
    {
        foreach (var accepted in (string[])["type", "dns_enabled", "force_dns_enabled", "import_from"])
            f.Ignore(accepted);
        if (VaultName is null && !BackupNames.OfVault.Holds(Name))
            f.Broken("", $"a vault's name is {BackupNames.OfVault.Words}, not \"{Name}\"", "give it another in vault_name");
        if (!NotificationEvents.IsEmpty && NotificationGroup is null)
        {
            f.Lacks("notification_events", "nobody is told of \"notification_events\"",
                "say who: notification_group, a topic of resource/sns.yaml");
        }
        if (NotificationEvents.IsEmpty && NotificationGroup is not null && !f.Has("notification_events"))
        {
            f.Lacks("notification_group", "\"notification_group\" is told of nothing",
                "notification_events: [BACKUP_JOB_FAILED, COPY_JOB_FAILED]");
        }
    }

    /// <summary>Its stack; one that is switched off lets the vault go, with what is in it.</summary>
    /// <param name="role">Yields the ARN of the role that saves.</param>
    internal void Build(BuildScope scope, Ref role)
    {
        var stack = scope.Stack(this, Name);
        if (!IsEnabled)
            return;
        CheckName(scope);
        // A vault with anything in it cannot be deleted, and what is in it is wanted most when everything else is gone.
        stack.Add(new Resource(LogicalId, "AWS::Backup::BackupVault", new MapValue
        {
            ["BackupVaultName"] = AwsName,
            ["Notifications"] = Notifications(scope, stack),
        })
        {
            DeletionPolicy = CloudFormation.DeletionPolicy.Retain,
            UpdateReplacePolicy = CloudFormation.DeletionPolicy.Retain,
            Metadata = DeletionPolicy == "delete" ? new MapValue { [Resource.OnDeleteKey] = Resource.Emptied } : null,
            Source = Location,
        });
        var roleArn = stack.Input("ServiceRoleArn", role);
        foreach (var plan in Plans)
            plan.Build(this, roleArn, stack, scope);
        stack.Output("BackupVaultName", Fn.Ref(LogicalId), $"{Path}.name");
        stack.Output("BackupVaultArn", Fn.GetAtt(LogicalId, "BackupVaultArn"), $"{Path}.arn");
    }

    private MapValue? Notifications(BuildScope scope, StackBuilder stack)
    {
        if (NotificationEvents.IsEmpty || NotificationGroup is null)
            return null;
        var place = PlaceOf("notification_group");
        if (scope.Build.Index.Find(ITopics.Path) is ITopics topics && !topics.LetsBackupIn(NotificationGroup))
        {
            scope.Build.Bag.Add(BackupCodes.DeafTopic, place, $"the topic {NotificationGroup} does not let AWS Backup publish",
                $"backup_notification_access: true at the topic in {topics.File}", subject: Path);
        }
        var topic = Topics.Arn(scope.Place, NotificationGroup, place);
        return new MapValue
        {
            ["BackupVaultEvents"] = Value.OfMany(NotificationEvents.Distinct()),
            ["SNSTopicArn"] = stack.Input($"Notification{Names.Md5(topic.Text)}", topic),
        };
    }

    // What a vault holds stays under its name: none is given another unasked.
    private void CheckName(BuildScope scope)
    {
        if (scope.Build.Claim($"vault {scope.Place} {AwsName}", Path) is not { } other)
            return;
        var environment = scope.Environment?.Name ?? "other";
        scope.Build.Bag.Add(StackCodes.NameTaken, Location,
            $"two vaults of {scope.Place} would be called {AwsName}: this one and {other}",
            $"give one of them a name of its own in its environment: vault_name: {AwsName}-{environment}", subject: Path);
    }
}
