using System.Collections.Immutable;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>SNS over the Query protocol. Source: Amazon SNS API Reference, 2010-03-31.</summary>
internal sealed class SnsClient(ServiceCaller caller) : ISns
{
    public async Task<ImmutableArray<TopicSubscription>> ListSubscriptionsByTopic(string topicArn, CancellationToken cancel)
    {
        try
        {
            var all = await Pages.All(token => caller.Xml(
                new QueryForm(AwsService.Sns, "2010-03-31", "ListSubscriptionsByTopic").Add("TopicArn", topicArn).Add("NextToken", token)
                    .ToRequest(repeatable: true),
                root =>
                {
                    var page = root.Within("ListSubscriptionsByTopicResult");
                    return (page.List("Subscriptions").Select(s =>
                        new TopicSubscription(s.Need("Protocol"), s.Need("Endpoint"), s.Need("SubscriptionArn"))), page.Text("NextToken"));
                },
                cancel));
            return [.. all];
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return [];
        }
    }
}
