using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>
/// SNS: the topics that stacks made, and who is subscribed. Nothing is published and no mail is sent; the token that confirms a
/// subscription is its endpoint.
/// </summary>
internal sealed class Sns() : QueryService("sns", "http://sns.amazonaws.com/doc/2010-03-31/")
{
    private const int PageSize = 100;

    protected override XElement? Do(Call call, QueryForm form) => call.Operation switch
    {
        "ListTopics" => ListTopics(call, form),
        "ListSubscriptionsByTopic" => ListSubscriptions(call, form),
        "ConfirmSubscription" => Confirm(call, form),
        _ => throw AwsError.NotEmulated($"sns:{call.Operation}"),
    };

    private static XElement ListTopics(Call call, QueryForm form)
    {
        var topics = call.Store.OfType(call.Account, call.Region, TopicSubscriptions.Topic);
        return Page(form, topics.Select(t => new XElement("member", new XElement("TopicArn", t.Physical))), "Topics");
    }

    private static XElement ListSubscriptions(Call call, QueryForm form)
    {
        var subscriptions = TopicSubscriptions.Of(call.Store, Topic(call, form));
        return Page(form, subscriptions.Select(s => Member(call, s)), "Subscriptions");
    }

    private static XElement Member(Call call, TopicSubscription it) => new("member",
        new XElement("TopicArn", it.TopicArn),
        new XElement("Protocol", it.Protocol),
        new XElement("SubscriptionArn", it.IsPending ? "PendingConfirmation" : it.Arn),
        new XElement("Owner", call.Account),
        new XElement("Endpoint", it.Endpoint));

    private static XElement Confirm(Call call, QueryForm form)
    {
        var topic = Topic(call, form);
        var token = Parameter(form, "Token");
        var it = TopicSubscriptions.Of(call.Store, topic).FirstOrDefault(s => s.Endpoint == token)
            ?? throw new AwsError("InvalidParameter", "Invalid parameter: Token");
        TopicSubscriptions.Confirm(call.Store, topic, it);
        return new("Result", new XElement("SubscriptionArn", it.Arn));
    }

    private static LiveResource Topic(Call call, QueryForm form)
    {
        var arn = Parameter(form, "TopicArn");
        if (arn.Split(':') is not ["arn", _, "sns", _, _, _])
        {
            throw new AwsError("InvalidParameter", "Invalid parameter: TopicArn");
        }

        return call.Store.Find(call.Account, call.Region, TopicSubscriptions.Topic, arn)
            ?? throw new AwsError("NotFound", "Topic does not exist", 404);
    }

    private static string Parameter(QueryForm form, string name) =>
        form[name] is { Length: > 0 } value ? value : throw new AwsError("InvalidParameter", $"Invalid parameter: {name}");

    private static XElement Page(QueryForm form, IEnumerable<XElement> members, string list)
    {
        var (all, begin) = (members.ToList(), form.Number("NextToken") ?? 0);
        var result = new XElement("Result", new XElement(list, all.Skip(begin).Take(PageSize)));
        if (all.Count > begin + PageSize)
        {
            result.Add(new XElement("NextToken", begin + PageSize));
        }

        return result;
    }
}
