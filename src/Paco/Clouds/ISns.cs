using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>SNS, for what CloudFormation does not know of a topic.</summary>
public interface ISns
{
    /// <summary>The subscriptions of a topic; none of one that does not exist.</summary>
    Task<ImmutableArray<TopicSubscription>> ListSubscriptionsByTopic(string topicArn, CancellationToken cancel);
}

/// <summary>A subscription: its protocol (<c>email</c>), its endpoint, and its ARN once it is confirmed.</summary>
public sealed record TopicSubscription(string Protocol, string Endpoint, string Arn)
{
    /// <summary>Nobody has confirmed it so far.</summary>
    public bool IsPending => Arn == "PendingConfirmation";
}
