using Paco.CloudFormation;
using Paco.Monitoring;
using Paco.Stacks;

namespace Paco.Resources.Rds;

/// <summary>Sends events of a cluster or an instance to topics of the project, one subscription a topic.</summary>
internal sealed class EventSubscriptions(BuildScope scope, StackBuilder stack)
{
    public void Build(string logicalId, EventNotifications? notifications, string sourceType, string source)
    {
        if (notifications is null)
            return;
        foreach (var group in notifications.Groups.Distinct())
        {
            stack.Resource($"{logicalId}{Names.LogicalId(group)}", "AWS::RDS::EventSubscription", new MapValue
            {
                ["SnsTopicArn"] = Topic(group, notifications),
                ["SourceType"] = sourceType,
                ["SourceIds"] = Value.List(Fn.Ref(source)),
                ["EventCategories"] = Value.OfMany(notifications.EventCategories),
                ["Enabled"] = true,
            }, notifications.Location);
        }
    }

    // Topics are found by name in the account and region of the database, as those of alarms are.
    private Value Topic(string group, EventNotifications notifications)
    {
        var topic = Topics.Arn(scope.Place, group, notifications.Location);
        return stack.Input($"Notification{Names.Md5(topic.Text)}", topic);
    }
}
