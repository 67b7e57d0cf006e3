using System.Text.Json.Nodes;
using static Paco.Sandbox.Tests.Delivery.Templates;

namespace Paco.Sandbox.Tests.Delivery;

/// <summary>Rules and buses of EventBridge, notification rules, and connections.</summary>
public sealed class EventTests
{
    private const string Here = "arn:aws:codepipeline:us-west-2:111111111111:shop";
    private const string There = "arn:aws:codepipeline:us-west-2:222222222222:shop";
    private const string Bus = "arn:aws:events:us-west-2:222222222222:event-bus/default";
    private const string Sender = "arn:aws:iam::111111111111:role/events";

    [Theory]
    [InlineData(There, Sender, $"Access to the resource {There} is denied. Reason: Adding cross-account target is not permitted.")]
    [InlineData(Here, null, $"RoleArn is required for target {Here}.")]
    [InlineData(Bus, null, $"RoleArn is required for target {Bus}.")]
    [InlineData(Here, "arn:aws:iam::111111111111:role/nobody",
        "Provided role 'arn:aws:iam::111111111111:role/nobody' cannot be assumed by principal 'events.amazonaws.com'")]
    [InlineData(Here, Sender, null)]
    [InlineData(Bus, Sender, null)]
    public async Task A_rule_reaches_no_pipeline_of_another_account_and_others_by_a_role(string target, string? role, string? words)
    {
        await using var bench = await Ready();
        var given = role is null ? "" : $", \"RoleArn\": \"{role}\"";

        var told = await Make(bench, Rule("""{"source": ["aws.codecommit"]}""", $$"""{"Id": "it", "Arn": "{{target}}" {{given}} }"""));

        Assert.Contains(words ?? "CREATE_COMPLETE", told, StringComparison.Ordinal);
        Assert.Equal(words is not null, told.Contains("ROLLBACK", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"source": "aws.codecommit"}""", "\"source\" must be an object or an array")]
    [InlineData("""{"detail": {"event": []}}""", "Empty arrays are not allowed")]
    [InlineData("""{"source": [{"begins": "aws"}]}""", "Unrecognized match type begins")]
    [InlineData("\"not JSON\"", "Filter is not an object")]
    public async Task What_is_no_pattern_is_refused(string pattern, string reason)
    {
        await using var bench = await Ready();
        Assert.Contains($"Event pattern is not valid. Reason: {reason}", await Make(bench, Rule(pattern, null)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"source": ["aws.codecommit"], "detail": {"referenceName": ["main"]}}""", true)]
    [InlineData("""{"detail": {"referenceName": ["other"]}}""", false)]
    [InlineData("""{"detail": {"referenceName": [{"prefix": "ma"}]}}""", true)]
    [InlineData("""{"detail": {"referenceName": [{"anything-but": ["main"]}]}}""", false)]
    [InlineData("""{"detail": {"gone": [{"exists": false}]}}""", true)]
    [InlineData("""{"detail": {"size": [{"numeric": [">", 1, "<=", 3]}]}}""", true)]
    [InlineData("""{"resources": [{"wildcard": "arn:*:shop"}]}""", true)]
    [InlineData("""{"$or": [{"source": ["aws.ecr"]}, {"detail": {"size": [3]}}]}""", true)]
    public async Task A_pattern_takes_the_events_that_have_what_it_asks_for(string pattern, bool takes)
    {
        await using var bench = await Ready();
        const string Event = """
            {"id": "1", "account": "111111111111", "source": "aws.codecommit", "time": "2026-11-22T09:00:00Z", "region": "us-west-2",
             "resources": ["arn:aws:codecommit:us-west-2:111111111111:shop"], "detail-type": "CodeCommit Repository State Change",
             "detail": {"referenceName": "main", "size": 3}}
            """;

        var body = new JsonObject { ["EventPattern"] = pattern, ["Event"] = Event };
        Assert.Equal(takes, (bool)(await bench.Json("events", "TestEventPattern", body.ToJsonString()))["Result"]!);
    }

    [Fact]
    public async Task A_bus_tells_whom_it_lets_in()
    {
        await using var bench = await Ready();
        await bench.Create("bus", Of(("Policy", "AWS::Events::EventBusPolicy",
            """{"StatementId": "dev", "Principal": "222222222222", "Action": "events:PutEvents"}""")));

        var policy = JsonNode.Parse((await bench.Json("events", "DescribeEventBus", "{}"))["Policy"]!.ToString())!;
        Assert.Equal("arn:aws:iam::222222222222:root", policy["Statement"]![0]!["Principal"]!["AWS"]!.ToString());
        Assert.Contains("Event bus gone does not exist.", await Make(bench, ("Policy", "AWS::Events::EventBusPolicy",
            """{"EventBusName": "gone", "StatementId": "dev", "Principal": "222222222222", "Action": "events:PutEvents"}""")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notification_rule_has_its_name_alone_and_says_where_it_reaches_nobody()
    {
        await using var bench = await Ready();
        var rule = ("Rule", "AWS::CodeStarNotifications::NotificationRule", $$"""
            {"Name": "shop", "DetailType": "FULL", "Resource": "{{Here}}",
             "EventTypeIds": ["codepipeline-pipeline-pipeline-execution-failed"],
             "Targets": [{"TargetType": "SNS", "TargetAddress": "arn:aws:sns:us-west-2:111111111111:nobody"}]}
            """);
        await bench.Create("first", Of(rule));

        Assert.Contains("another notification rule already exists with the same name", await Make(bench, rule), StringComparison.Ordinal);
        var told = (await bench.Rest("codestar-notifications", HttpMethod.Post,
            "https://codestar-notifications.us-west-2.amazonaws.com/describeNotificationRule",
            new JsonObject { ["Arn"] = await bench.Physical("first", "Rule") }.ToJsonString())).Body;
        Assert.Equal("UNREACHABLE", JsonNode.Parse(told)!["Targets"]![0]!["TargetStatus"]!.ToString());
    }

    [Fact]
    public async Task A_connection_is_pending_until_a_person_agrees()
    {
        const string Type = "AWS::CodeConnections::Connection";
        await using var bench = await Ready();
        await bench.Create("it", Of(("It", Type, """{"ConnectionName": "shop", "ProviderType": "GitHub"}""")));
        var arn = await bench.Physical("it", "It");
        async Task<string> Status() => (await bench.Json("codeconnections", "GetConnection", $$"""{"ConnectionArn": "{{arn}}"}"""))
            ["Connection"]!["ConnectionStatus"]!.ToString();

        Assert.Equal("PENDING", await Status());
        Assert.False(bench.Cloud.Connect($"{arn}0"));
        Assert.True(bench.Cloud.Connect(arn));
        Assert.Equal("AVAILABLE", await Status());
        Assert.Contains("already exists", await Make(bench, ("Same", Type, """{"ConnectionName": "shop", "ProviderType": "GitLab"}""")),
            StringComparison.Ordinal);
    }

    private static (string, string, string) Rule(string pattern, string? target)
    {
        var usual = $$"""{"Id": "it", "Arn": "{{Here}}", "RoleArn": "{{Sender}}"}""";
        return ("Rule", "AWS::Events::Rule", $$"""{"Name": "shop", "EventPattern": {{pattern}}, "Targets": [{{target ?? usual}}]}""");
    }

    private static async Task<Bench> Ready()
    {
        var bench = new Bench(new SandboxOptions { ManagementAccountId = Tools });
        await bench.Create("base", Of(Role("events", Service("events"))));
        return bench;
    }

    private static async Task<string> Make(Bench bench, (string, string, string) resource)
    {
        await bench.Create("made", Of(resource));
        var told = string.Join('\n', await bench.Events("made"));
        await bench.Cfn("DeleteStack", "StackName=made");
        return told;
    }
}
