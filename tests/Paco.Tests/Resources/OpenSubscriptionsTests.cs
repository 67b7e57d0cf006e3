using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Global.Sns;
using Paco.Resources.Sns;
using Paco.Syntax;

namespace Paco.Tests.Resources;

public class OpenSubscriptionsTests
{
    private const string Arn = "arn:aws:sns:us-west-2:222222222222:admin";

    [Theory]
    [InlineData("PendingConfirmation",
        "jane@example.com has not confirmed its subscription to admin: the link is in an e-mail from AWS, and lapses after two days")]
    [InlineData($"{Arn}:1", "")]
    public async Task An_address_that_has_not_agreed_is_told(string subscription, string told) =>
        Assert.Equal(told, await Ask([new("email", "jane@example.com", subscription), new("sms", "+12065550100", $"{Arn}:2")]));

    [Fact]
    public async Task An_address_that_AWS_has_forgotten_is_told_with_the_way_to_ask_again() => Assert.Equal(
        "jane@example.com is no longer subscribed to admin: nobody confirmed it in time, or it was unsubscribed. To ask again: "
            + $"aws sns subscribe --topic-arn {Arn} --protocol email --notification-endpoint jane@example.com",
        await Ask([]));

    [Fact]
    public async Task Nobody_is_asked_about_a_topic_that_is_not_there()
    {
        var nothing = ImmutableDictionary<string, string>.Empty;

        Assert.Empty(await Inquiry().Ask(new SmallCloud(), new Place("dev", "us-west-2"), nothing, default));
    }

    private static async Task<string> Ask(ImmutableArray<TopicSubscription> there)
    {
        var outputs = ImmutableDictionary<string, string>.Empty.Add("SNSTopicArnadmin", Arn);
        var found = await Inquiry().Ask(new SmallCloud { Subscriptions = there }, new Place("dev", "us-west-2"), outputs, default);
        return string.Join('\n', found.Select(f => $"{f.About} {f.Text}"));
    }

    private static OpenSubscriptions Inquiry()
    {
        var bag = new DiagnosticBag();
        var node = YamlReader.Read(new SourceFile("sns.yaml", """
            subscriptions:
              - endpoint: jane@example.com
              - {endpoint: "+12065550100", protocol: sms}
            """), bag);
        var context = new BindContext(bag, new ProjectFiles("/", bag), new ObjectIndex());
        var topic = Fields.Bind(new Fields(node, "admin", "resource.sns.topics.admin", null, context), f => new Topic(f));
        Assert.False(bag.HasErrors);
        return new OpenSubscriptions("admin", "SNSTopicArnadmin", Subscription.Asked(topic.Fields.Subscriptions));
    }
}
