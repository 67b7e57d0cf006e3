using System.Collections.Immutable;
using Paco.Binding;

namespace Paco.Resources.Sns;

/// <summary>The fields of a topic, whatever it is declared in.</summary>
public sealed class TopicFields(Fields f)
{
    public string? DisplayName { get; } =
        f.Text("display_name", "The sender's name in e-mails and text messages.", Check.Length(0, 100));

    public Given<bool> CrossAccountAccess { get; } =
        f.Flag("cross_account_access", "Let all accounts of the project publish to it and subscribe.", false);

    public Given<bool> CodestarNotificationAccess { get; } =
        f.Flag("codestar_notification_access", "Let notification rules of repositories, builds and pipelines publish to it.", false);

    public Given<bool> EventsBridgeNotificationAccess { get; } =
        f.Flag("events_bridge_notification_access", "Let rules of EventBridge publish to it.", false);

    public Given<bool> BackupNotificationAccess { get; } =
        f.Flag("backup_notification_access", "Let vaults of AWS Backup publish to it.", false);

    public ImmutableArray<Subscription> Subscriptions { get; } =
        f.List("subscriptions", "Who gets its messages.", x => new Subscription(x));

    /// <summary>Somebody besides its own account and CloudWatch there is let in.</summary>
    internal bool LetsOthersIn =>
        CrossAccountAccess || CodestarNotificationAccess || EventsBridgeNotificationAccess || BackupNotificationAccess;

    /// <summary>Two that are the same would be one subscription, which one of them takes away from the other when it goes.</summary>
    internal void Rules(Fields f)
    {
        foreach (var twice in Subscriptions.Where(s => s.Endpoint is not null)
            .GroupBy(s => (s.Protocol, s.Endpoint!.Ref?.Path, s.Endpoint.Text)).SelectMany(g => g.Skip(1)))
        {
            f.Report(BindingCodes.BrokenRule, twice.Location, $"it is subscribed by {twice.Protocol} already", "take one of the two out");
        }
    }
}
