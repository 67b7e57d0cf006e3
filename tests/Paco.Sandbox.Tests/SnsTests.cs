namespace Paco.Sandbox.Tests;

/// <summary>Topics that stacks made, as SNS tells of them.</summary>
public sealed class SnsTests
{
    private const string Stack = """
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              Subscription:
                - {Protocol: https, Endpoint: "https://hooks.example.com/a"}
          Mail:
            Type: AWS::SNS::Subscription
            Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: jane@example.com}
          Text:
            Type: AWS::SNS::Subscription
            Properties: {TopicArn: !Ref Topic, Protocol: sms, Endpoint: "+12065550100"}
        Outputs:
          Arn: {Value: !Ref Topic}
        """;

    [Fact]
    public async Task A_topic_lists_who_is_subscribed_whichever_way_and_who_has_not_agreed()
    {
        await using var bench = new Bench();
        await bench.Create("topics", Stack);
        var arn = await bench.Output("topics", "Arn");

        Assert.Equal(["+12065550100 yes", "https://hooks.example.com/a no", "jane@example.com no"], await Subscribed(bench, arn));
        Assert.Equal(arn, (await bench.Query("sns", "ListTopics")).Descendants("TopicArn").Single().Value);
    }

    [Theory]
    [InlineData("jane@example.com")]
    [InlineData("https://hooks.example.com/a")]
    public async Task Who_agrees_is_subscribed_and_stays_so(string endpoint)
    {
        await using var bench = new Bench();
        await bench.Create("topics", Stack);
        var arn = await bench.Output("topics", "Arn");

        var confirmed = await bench.Query("sns", "ConfirmSubscription", $"TopicArn={arn}", $"Token={endpoint}");

        Assert.StartsWith($"{arn}:", confirmed.Descendants("SubscriptionArn").Single().Value, StringComparison.Ordinal);
        Assert.Contains($"{endpoint} yes", await Subscribed(bench, arn));
        await bench.Update("topics", Stack.Replace("      Subscription:", "      DisplayName: Shop\n      Subscription:",
            StringComparison.Ordinal));
        Assert.Contains($"{endpoint} yes", await Subscribed(bench, arn));
    }

    [Theory]
    [InlineData("arn:aws:sns:us-west-2:111111111111:gone", "NotFound")]
    [InlineData("gone", "InvalidParameter")]
    public async Task A_topic_that_is_not_there_is_refused_as_AWS_does(string arn, string code)
    {
        await using var bench = new Bench();

        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Query("sns", "ListSubscriptionsByTopic", $"TopicArn={arn}"));

        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public async Task What_it_does_not_do_it_says()
    {
        await using var bench = new Bench();

        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Query("sns", "Publish", "Message=hello"));

        Assert.Equal((501, "NotImplementedBySandbox"), (refusal.Status, refusal.Code));
    }

    private static async Task<IEnumerable<string>> Subscribed(Bench bench, string arn) =>
        from member in (await bench.Query("sns", "ListSubscriptionsByTopic", $"TopicArn={arn}")).Descendants("member")
        let isPending = member.Element("SubscriptionArn")!.Value == "PendingConfirmation"
        orderby member.Element("Endpoint")!.Value
        select $"{member.Element("Endpoint")!.Value} {(isPending ? "no" : "yes")}";
}
