using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Monitoring;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// Who is told of what happens to a pipeline: a rule that publishes to topics of the pipeline's account and region. Without
/// events, or anybody to tell, there is nothing of it, and a stack that Paco 9 made is emptied. Source of the events: Developer Tools
/// console User Guide, "Events for notification rules on pipelines".
/// </summary>
internal static class NotificationRules
{
    private const string Title = "notification rules";
    private const int MaxName = 64;
    private const int HashAndDash = 9;

    private static readonly string[] OfPipeline = ["canceled", "failed", "resumed", "started", "succeeded", "superseded"];

    private static readonly string[] OfParts =
    [
        "action-execution-canceled", "action-execution-failed", "action-execution-started", "action-execution-succeeded",
        "manual-approval-failed", "manual-approval-needed", "manual-approval-succeeded", "stage-execution-canceled",
        "stage-execution-failed", "stage-execution-resumed", "stage-execution-started", "stage-execution-succeeded",
    ];

    public static readonly Check Events = Check.OneOf([.. OfPipeline, .. OfParts]);

    public static void Build(PipelineScope pipeline)
    {
        var model = pipeline.Pipeline;
        var told = Notifications.Told("", "", model.Monitoring?.Notifications, Watching.Application(pipeline.Target)?.Notifications);
        var isOn = model.IsEnabled && !model.NotificationEvents.IsEmpty && !told.IsEmpty;
        var stack = pipeline.Own.Stack(model, "NotificationRules", Title, $"{model.Path}.notification_rules", isOn);
        if (!isOn)
            return;
        stack.After.Add(pipeline.StackId);
        var name = string.Join('-', pipeline.Target.Names.Append(pipeline.Target.Place.Region));
        var id = $"NotificationRule{Names.Camel(name)}";
        stack.Resource(id, "AWS::CodeStarNotifications::NotificationRule", new MapValue
        {
            ["Name"] = Short(name),
            ["DetailType"] = "FULL",
            ["EventTypeIds"] = Value.OfMany(model.NotificationEvents.Distinct().Select(IdOf)),
            ["Resource"] = pipeline.Arn,
            ["Targets"] = Value.List(told.Select(group => (Value)new MapValue
            {
                ["TargetType"] = "SNS", ["TargetAddress"] = Topic(pipeline, stack, group),
            })),
        });
        stack.Output("NotificationRuleArn", Fn.Ref(id), $"{model.Path}.notification_rule.arn");
    }

    private static string IdOf(string written) =>
        $"codepipeline-pipeline-{(OfPipeline.Contains(written) ? $"pipeline-execution-{written}" : written)}";

    private static Value Topic(PipelineScope pipeline, StackBuilder stack, ToldGroup group)
    {
        if (pipeline.Build.Index.Find(ITopics.Path) is ITopics topics && !topics.LetsNotificationRulesIn(group.Name))
        {
            pipeline.Build.Bag.Add(PipelineCodes.DeafTopic, group.Written,
                $"the topic {group.Name} does not let notification rules of pipelines publish",
                $"codestar_notification_access: true at the topic in {topics.File}", subject: pipeline.Pipeline.Path);
        }
        var topic = Topics.Arn(pipeline.Own.Place, group.Name, group.Written);
        return stack.Input($"Notification{Names.Md5(topic.Text)}", topic);
    }

    private static string Short(string name) =>
        name.Length <= MaxName ? name : $"{Names.ShortHash(name)}-{name[^(MaxName - HashAndDash)..]}";
}
