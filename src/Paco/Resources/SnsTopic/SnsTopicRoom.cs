using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Sns;
using Paco.Stacks;

namespace Paco.Resources.SnsTopic;

public sealed class SnsTopicRoom : Room
{
    public override string Type => "SNSTopic";

    public override string Summary =>
        "A topic of an application. Topics that alarms and people share stand in `resource/sns.yaml`.";

    public override AppResource Bind(Fields f) => new SnsTopic(f);
}

/// <summary>A topic that belongs to an application, in its environment's account and region.</summary>
public sealed class SnsTopic(Fields f) : AppResource(f, isOn: true)
{
    public TopicFields Topic { get; } = new(f);

    protected internal override void Rules(Fields f)
    {
        f.Obsolete("locations", "it stands where its environment does");
        Topic.Rules(f);
    }

    protected internal override void Build(BuildScope scope)
    {
        var stack = scope.Stack(this, "SNSTopics");
        if (!IsEnabled)
            return;
        var id = Names.LogicalId(Name);
        var topic = stack.Resource($"Topic{id}", "AWS::SNS::Topic", new MapValue
        {
            ["DisplayName"] = Value.Of(Topic.DisplayName),
            ["Subscription"] = Value.OfMany(Topic.Subscriptions.Where(IsInline).Select(s => Inline(s, stack, scope.Build))),
        });
        foreach (var (at, subscription) in Topic.Subscriptions.Index().Where(s => !IsInline(s.Item)))
            stack.Add(SubscriptionResource.Of(subscription, topic, $"Subscription{id}{at}", stack, scope.Build));
        stack.Resource($"Paco{id}TopicPolicy", "AWS::SNS::TopicPolicy", new MapValue
        {
            ["Topics"] = Value.List(Fn.Ref(topic.LogicalId)),
            ["PolicyDocument"] = new MapValue
            {
                ["Version"] = "2012-10-17",
                ["Id"] = "PacoSNSTopicPolicy",
                ["Statement"] = Value.List(new TopicPolicy(scope.Build, stack).Statements(Topic, Fn.Ref(topic.LogicalId), "")),
            },
        });
        stack.Output($"SNSTopicArn{id}", Fn.Ref(topic.LogicalId), $"{Path}.arn");
        stack.Output($"SNSTopicName{id}", Fn.GetAtt(topic.LogicalId, "TopicName"), $"{Path}.name");
        stack.Inquiries.Add(new OpenSubscriptions(Name, $"SNSTopicArn{id}", Subscription.Asked(Topic.Subscriptions)));
    }

    // In deployed stacks they stand in the topic itself. There is no room for a filter there, so those that have one stand alone.
    private static bool IsInline(Subscription subscription) => subscription.FilterPolicy is null;

    private static MapValue Inline(Subscription subscription, StackBuilder stack, BuildContext build) => new()
    {
        ["Endpoint"] = subscription.EndpointIn(stack, build),
        ["Protocol"] = subscription.Protocol,
    };
}
