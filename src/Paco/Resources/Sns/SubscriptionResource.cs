using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Sns;

/// <summary>A subscription as a resource of its own.</summary>
internal static class SubscriptionResource
{
    public static Resource Of(Subscription subscription, Resource topic, string logicalId, StackBuilder stack, BuildContext build) =>
        new(logicalId, "AWS::SNS::Subscription", new MapValue
        {
            ["TopicArn"] = Fn.Ref(topic.LogicalId),
            ["Endpoint"] = subscription.EndpointIn(stack, build),
            ["Protocol"] = subscription.Protocol,
            ["FilterPolicy"] = subscription.Filter(),
        })
        { Source = subscription.Location, IsNumbered = true };
}
