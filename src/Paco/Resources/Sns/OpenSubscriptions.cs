using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.Sns;

/// <summary>
/// Which subscriptions of a topic nobody has confirmed. AWS forgets one that is not confirmed within two days, and CloudFormation does not
/// notice. Source: AWS, "Amazon SNS now supports automatic deletion of unconfirmed subscriptions", 2023-05-10.
/// </summary>
/// <param name="Topic">Its name in the project.</param>
/// <param name="ArnOutput">The output of its stack that is its ARN.</param>
internal sealed record OpenSubscriptions(string Topic, string ArnOutput, ImmutableArray<AskedAddress> Wanted) : StackInquiry
{
    public override async Task<ImmutableArray<Finding>> Ask(ICloud cloud, Place place, IReadOnlyDictionary<string, string> outputs,
        CancellationToken cancel)
    {
        if (Wanted.IsEmpty || !outputs.TryGetValue(ArnOutput, out var arn))
            return [];
        var there = await cloud.Sns(place).ListSubscriptionsByTopic(arn, cancel);
        return
        [
            .. from subscription in Wanted
               let found = there.Where(t => t.Protocol == subscription.Protocol && t.Endpoint == subscription.Address).ToList()
               where found.TrueForAll(t => t.IsPending)
               select new Finding(subscription.Address, found.Count > 0 ? Waits(subscription) : Lapsed(subscription, arn)),
        ];
    }

    private string Waits(AskedAddress subscription) =>
        $"has not confirmed its subscription to {Topic}: {Where(subscription)}, and lapses after two days";

    private string Lapsed(AskedAddress subscription, string arn) =>
        $"is no longer subscribed to {Topic}: nobody confirmed it in time, or it was unsubscribed. To ask again: aws sns subscribe"
        + $" --topic-arn {arn} --protocol {subscription.Protocol} --notification-endpoint {subscription.Address}";

    private static string Where(AskedAddress subscription) =>
        subscription.Protocol.StartsWith("email", StringComparison.Ordinal)
            ? "the link is in an e-mail from AWS"
            : "the address it must open was sent there";
}

/// <summary>Who has to confirm that it wants what a topic sends.</summary>
/// <param name="Protocol">One that asks for that: <c>email</c>.</param>
internal sealed record AskedAddress(string Protocol, string Address);
