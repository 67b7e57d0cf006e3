using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// A notification rule: its name is the account's. Source: CodeStar Notifications API Reference, CreateNotificationRule; the words from
/// aws/aws-cdk#32892.
/// </summary>
internal sealed class NotificationRuleHandler : ResourceHandler
{
    public const string Type = "AWS::CodeStarNotifications::NotificationRule";

    private const string Service = "codestar-notifications.amazonaws.com";

    public override LiveResource Create(ResourceRequest m)
    {
        if (m.Store.OfType(m.Account, Type).Any(r => Json.Scalar(r.Properties["Name"]) == m.Text("Name")))
        {
            throw ServiceRefusal.Taken(m,
                "The notification rule was not created because another notification rule already exists with the same name. Notification "
                + "rule names must be unique within an AWS account. This helps prevent exceeding the maximum allowed number of "
                + $"notification rules. (Service: CodestarNotifications, Status Code: 409, Request ID: {m.Seed.Uuid("request")})");
        }

        return base.Create(m);
    }

    /// <summary>
    /// <c>ACTIVE</c>, or <c>UNREACHABLE</c> where there is no such topic or its policy does not let the service publish: AWS makes the rule
    /// all the same, and nothing arrives (aws/aws-cdk#31784).
    /// </summary>
    public static string StatusOf(Store store, string topic)
    {
        var policy = store.OfTypeAnywhere("AWS::SNS::TopicPolicy")
            .FirstOrDefault(p => (p.Properties["Topics"] as JsonArray ?? []).Any(t => Json.Scalar(t) == topic))
            ?.Properties["PolicyDocument"];
        var owner = topic.Split(':') is [_, _, _, _, var account, ..] ? account : "";
        var asks = new ServicePermission([Service], new Dictionary<string, string> { ["aws:SourceAccount"] = owner });
        return store.Anywhere(TopicSubscriptions.Topic, topic) is not null && asks.Allows(policy, "sns:Publish", topic)
            ? "ACTIVE"
            : "UNREACHABLE";
    }
}
