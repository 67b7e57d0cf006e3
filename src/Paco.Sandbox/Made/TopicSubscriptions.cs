using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>A subscription of a topic: made as a resource of its own, or stated by the topic.</summary>
internal sealed record TopicSubscription(string TopicArn, string Protocol, string Endpoint, string Arn, bool IsPending);

/// <summary>Who is subscribed to a topic, and whether they agreed: whoever reads mail or answers HTTP must.</summary>
internal static class TopicSubscriptions
{
    public const string Topic = "AWS::SNS::Topic";
    public const string Subscription = "AWS::SNS::Subscription";

    // On the topic, whichever way a subscription came to be.
    private const string Confirmed = "ConfirmedSubscriptions";

    public static IEnumerable<TopicSubscription> Of(Store store, LiveResource topic)
    {
        var own = store.OfType(topic.Account, topic.Region, Subscription).Where(s => s.Properties["TopicArn"]?.ToString() == topic.Physical)
            .Select(s => (s.Properties, Arn: s.Physical));
        var stated = (topic.Properties["Subscription"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(s => (Properties: s, Arn: $"{topic.Physical}:{new DeterministicIds($"{topic.Physical} {s.ToJsonString()}").Uuid()}"));
        return own.Concat(stated).Select(s => Read(topic, s.Properties, s.Arn)).DistinctBy(s => (s.Protocol, s.Endpoint));
    }

    public static void Confirm(Store store, LiveResource topic, TopicSubscription it)
    {
        var confirmed = Keys(topic).Append(Key(it.Protocol, it.Endpoint)).Distinct().Select(k => (JsonNode)k);
        topic.Attributes[Confirmed] = new JsonArray([.. confirmed]);
        store.Insert(topic);
    }

    private static TopicSubscription Read(LiveResource topic, JsonObject properties, string arn)
    {
        var (protocol, endpoint) = ($"{properties["Protocol"]}", $"{properties["Endpoint"]}");
        var isPending = protocol is "email" or "email-json" or "http" or "https" && !Keys(topic).Contains(Key(protocol, endpoint));
        return new(topic.Physical, protocol, endpoint, arn, isPending);
    }

    private static IEnumerable<string> Keys(LiveResource topic) => (topic.Attributes[Confirmed] as JsonArray ?? []).Select(k => $"{k}");

    private static string Key(string protocol, string endpoint) => $"{protocol} {endpoint}";
}
