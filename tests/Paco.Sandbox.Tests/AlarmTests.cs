using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>Alarms that stacks made, as they go with what somebody measures and with the time.</summary>
public sealed class AlarmTests
{
    private const string Stack = """
        Resources:
          Topic: {Type: AWS::SNS::Topic}
          High:
            Type: AWS::CloudWatch::Alarm
            Properties:
              AlarmName: high
              AlarmDescription: Too busy
              Namespace: Shop
              MetricName: Load
              Dimensions: [{Name: Host, Value: web}]
              Statistic: Average
              Period: 60
              EvaluationPeriods: 2
              Threshold: 80
              ComparisonOperator: GreaterThanThreshold
              TreatMissingData: MISSING_DATA
              AlarmActions: [!Ref Topic]
              OKActions: [arn:aws:sns:us-west-2:111111111111:gone]
        """;

    private const string Composite = """

          Both:
            Type: AWS::CloudWatch::CompositeAlarm
            DependsOn: High
            Properties: {AlarmName: both, AlarmRule: 'ALARM("high") AND NOT INSUFFICIENT_DATA(high)'}
        """;

    [Fact]
    public async Task An_alarm_knows_nothing_until_it_is_looked_at_and_then_what_its_values_say()
    {
        await using var bench = new Bench();
        await bench.Create("alarms", Template("missing"));

        var fresh = await Alarm(bench);
        await Measure(bench, 95);
        await Measure(bench, 96);
        var raised = await Alarm(bench);
        await Measure(bench, 10);
        await Measure(bench, 10);
        var over = await Alarm(bench);

        Assert.Equal("INSUFFICIENT_DATA Unchecked: Initial alarm creation", State(fresh));
        Assert.Equal("ALARM Threshold Crossed: 2 out of the last 2 datapoints [96.0 (22/11/26 09:01:00), 95.0 (22/11/26 09:00:00)] "
            + "were greater than the threshold (80.0) (minimum 2 datapoints for OK -> ALARM transition).", State(raised));
        Assert.StartsWith("OK Threshold Crossed: 1 out of the last 2 datapoints [10.0", State(over), StringComparison.Ordinal);
        Assert.Equal("2026-11-22T09:02:00.000Z", raised.Element("StateUpdatedTimestamp")!.Value);
    }

    [Fact]
    public async Task What_happened_is_on_record_and_nobody_is_told()
    {
        await using var bench = new Bench();
        await bench.Create("alarms", Template("missing"));
        foreach (var value in new[] { 95, 96, 10 })
            await Measure(bench, value);

        var history = await bench.Query("monitoring", "DescribeAlarmHistory", "AlarmName=high", "ScanBy=TimestampAscending");

        var topic = await bench.Physical("alarms", "Topic");
        Assert.Equal(
            [
                "ConfigurationUpdate: Alarm \"high\" created", "StateUpdate: Alarm updated from INSUFFICIENT_DATA to ALARM",
                $"Action: Action {topic} was due: the sandbox sends nothing", "StateUpdate: Alarm updated from ALARM to OK",
                "Action: Failed to execute action arn:aws:sns:us-west-2:111111111111:gone",
            ],
            history.Descendants("AlarmHistoryItems").Elements()
                .Select(h => $"{h.Element("HistoryItemType")!.Value}: {h.Element("HistorySummary")!.Value}"));
    }

    [Theory]
    [InlineData("missing", "INSUFFICIENT_DATA")]
    [InlineData("ignore", "INSUFFICIENT_DATA")]
    [InlineData("breaching", "ALARM")]
    [InlineData("notBreaching", "OK")]
    public async Task Without_values_it_stands_as_it_is_told_to(string missing, string state)
    {
        await using var bench = new Bench();
        await bench.Create("alarms", Template(missing));

        bench.Clock.Pass(600);

        Assert.Equal(state, (await Alarm(bench)).Element("StateValue")!.Value);
    }

    [Fact]
    public async Task When_values_stop_they_are_forgotten_and_an_alarm_that_keeps_its_state_keeps_it()
    {
        foreach (var (missing, state) in new[] { ("missing", "INSUFFICIENT_DATA"), ("ignore", "ALARM"), ("notBreaching", "OK") })
        {
            await using var bench = new Bench();
            await bench.Create("alarms", Template(missing));
            await Measure(bench, 95);
            await Measure(bench, 95);
            Assert.Equal("ALARM", (await Alarm(bench)).Element("StateValue")!.Value);

            bench.Clock.Pass(3600 * 24 * 30);

            Assert.Equal(state, (await Alarm(bench)).Element("StateValue")!.Value);
        }
    }

    [Fact]
    public async Task A_state_that_somebody_sets_lasts_until_it_is_looked_at_again()
    {
        await using var bench = new Bench();
        await bench.Create("alarms", Template("notBreaching"));
        await bench.Query("monitoring", "SetAlarmState", "AlarmName=high", "StateValue=ALARM", "StateReason=a trial");

        var set = await Alarm(bench);
        bench.Clock.Pass(60);

        Assert.Equal("ALARM a trial", State(set));
        Assert.StartsWith("OK Threshold Crossed: no datapoints were received for 2 periods", State(await Alarm(bench)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_on_alarms_follows_them()
    {
        await using var bench = new Bench();
        await bench.Create("alarms", Template("missing") + Composite);
        async Task<XElement> Both() => (await bench.Query("monitoring", "DescribeAlarms", "AlarmTypes.member.1=CompositeAlarm"))
            .Descendants("CompositeAlarms").Elements().Single();

        var before = await Both();
        await Measure(bench, 95);
        await Measure(bench, 95);
        var after = await Both();

        Assert.Equal("OK", before.Element("StateValue")!.Value);
        Assert.Equal("ALARM arn:aws:cloudwatch:us-west-2:111111111111:alarm:high transitioned to ALARM at "
            + "Sunday 22 November, 2026 09:02:00 UTC", State(after));
    }

    [Fact]
    public async Task Alarms_are_found_by_name_beginning_state_and_action_page_by_page()
    {
        await using var bench = new Bench();
        await bench.Create("alarms", Template("missing") + Composite);
        async Task<string> Names(params string[] asked) => string.Join(' ',
            (await bench.Query("monitoring", "DescribeAlarms", asked)).Descendants("AlarmName").Select(n => n.Value));
        string[] types = ["AlarmTypes.member.1=MetricAlarm", "AlarmTypes.member.2=CompositeAlarm"];

        Assert.Equal("high", await Names());
        Assert.Equal("both high", await Names(types));
        Assert.Equal("both", await Names([.. types, "AlarmNamePrefix=bo"]));
        Assert.Equal("high", await Names([.. types, "AlarmNames.member.1=high"]));
        Assert.Equal("", await Names("StateValue=ALARM"));
        Assert.Equal("high", await Names("ActionPrefix=arn:aws:sns"));
        Assert.Equal("both", await Names([.. types, "MaxRecords=1"]));
        Assert.Equal("high", await Names([.. types, "MaxRecords=1", "NextToken=1"]));
    }

    [Theory]
    [InlineData("Period: 60", "Period: 90", "Period must be 10, 20, 30 or a multiple of 60")]
    [InlineData("EvaluationPeriods: 2", "EvaluationPeriods: 1441", "Metrics cannot be checked across more than a day")]
    [InlineData("EvaluationPeriods: 2", "EvaluationPeriods: 2\n      DatapointsToAlarm: 3", "DatapointsToAlarm must be between 1 and")]
    [InlineData("Statistic: Average", "ExtendedStatistic: p101", "ExtendedStatistic is not supported")]
    [InlineData("      Statistic: Average\n", "", "Either Statistic or ExtendedStatistic must be specified")]
    [InlineData("GreaterThanThreshold", "GreaterThanUpperThreshold", "Member must satisfy enum value set")]
    [InlineData("us-west-2:111111111111:gone", "us-east-1:111111111111:gone", "Invalid region us-east-1 specified. Only us-west-2 is")]
    [InlineData("[!Ref Topic]", "[!Ref Topic, a, b, c, d, e]", "length less than or equal to 5")]
    public async Task What_CloudWatch_refuses_no_stack_gets(string right, string wrong, string words)
    {
        await using var bench = new Bench();

        await bench.Create("alarms", Stack.Replace(right, wrong, StringComparison.Ordinal)
            .Replace("MISSING_DATA", "missing", StringComparison.Ordinal));

        Assert.Contains(await bench.Events("alarms"),
            e => e.StartsWith("High CREATE_FAILED", StringComparison.Ordinal) && e.Contains(words, StringComparison.Ordinal));
    }

    // CloudFormation's own schema refuses these of a stack, in its own words.
    [Theory]
    [InlineData("ExtendedStatistic=p99", "The parameters Statistic and ExtendedStatistic are mutually exclusive")]
    [InlineData("TreatMissingData=silence", "The value silence for parameter TreatMissingData is not supported.")]
    [InlineData("Metrics.member.1.Id=m", "The parameters MetricName and Metrics are mutually exclusive")]
    public async Task Nor_does_who_puts_it_by_hand(string more, string words)
    {
        await using var bench = new Bench();

        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Query("monitoring", "PutMetricAlarm", "AlarmName=high",
            "Namespace=Shop", "MetricName=Load", "Statistic=Sum", "Period=60", "EvaluationPeriods=1", "Threshold=1",
            "ComparisonOperator=LessThanThreshold", more));

        Assert.Equal(("ValidationError", words), (refusal.Code, refusal.Words));
    }

    [Theory]
    [InlineData("ALARM(gone)", "Could not save the composite alarm as alarms [gone] in the alarm rule do not exist")]
    [InlineData("ALARM(high", "the rule lacks a \")\"")]
    [InlineData("ALARM(high) XOR TRUE", "the rule cannot have \"XOR\" there (character 13)")]
    [InlineData("OK()", "the rule cannot have \")\" there")]
    public async Task A_rule_that_is_none_is_refused(string rule, string words)
    {
        await using var bench = new Bench();

        await bench.Create("alarms", Template("missing")
            + Composite.Replace("ALARM(\"high\") AND NOT INSUFFICIENT_DATA(high)", rule, StringComparison.Ordinal));

        Assert.Contains(await bench.Events("alarms"), e => e.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_measured_is_told_again()
    {
        await using var bench = new Bench();
        foreach (var value in new[] { 1, 3, 20 })
            await Measure(bench, value, 20);

        var told = await bench.Query("monitoring", "GetMetricStatistics", "Namespace=Shop", "MetricName=Load", "Period=60",
            "Dimensions.member.1.Name=Host", "Dimensions.member.1.Value=web", "StartTime=2026-11-22T09:00:00Z",
            "EndTime=2026-11-22T10:00:00Z", "Statistics.member.1=Sum", "Statistics.member.2=Average", "Statistics.member.3=Maximum");

        var point = told.Descendants("Datapoints").Elements().Single();
        Assert.Equal(("24", "8", "20"), (point.Element("Sum")!.Value, point.Element("Average")!.Value, point.Element("Maximum")!.Value));
    }

    [Theory]
    [InlineData("""{"type":"log","properties":{"query":"SOURCE 'shop'"}}""", "/widgets/0/properties")]
    [InlineData("""{"type":"custom","properties":{}}""", "/widgets/0/properties")]
    [InlineData("""{"type":"alarm","properties":{"alarms":[]}}""", "/widgets/0/properties/alarms")]
    [InlineData("""{"type":"text","x":20,"width":6,"properties":{"markdown":"Hello"}}""", "/widgets/0/width")]
    [InlineData("""{"type":"text","y":-1,"properties":{"markdown":"Hello"}}""", "/widgets/0/y")]
    public async Task What_a_project_may_not_show_the_cloud_refuses_too(string widget, string place)
    {
        await using var bench = new Bench();

        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Query("monitoring", "PutDashboard", "DashboardName=shop",
            $$"""DashboardBody={"widgets":[{{widget}}]}"""));

        Assert.Contains("there are 1 validation errors", refusal.Words, StringComparison.Ordinal);
        Assert.Contains($"\"dataPath\": \"{place}\"", refusal.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dashboard_is_changed_by_hand_and_a_body_that_is_none_is_refused()
    {
        await using var bench = new Bench();
        const string Body = """{"widgets":[{"type":"text","properties":{"markdown":"Hello"}}]}""";
        const string Board = "Resources: {D: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardName: shop, DashboardBody: 'BODY'}}}";
        await bench.Create("boards", Board.Replace("BODY", Body, StringComparison.Ordinal));

        await bench.Query("monitoring", "PutDashboard", "DashboardName=shop",
            $"DashboardBody={Body.Replace("Hello", "Bye", StringComparison.Ordinal)}");
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Query("monitoring", "PutDashboard", "DashboardName=shop",
            """DashboardBody={"widgets":[{"type":"metric","width":25,"properties":{"metrics":[]}}]}"""));

        Assert.Contains("Bye", (await bench.Query("monitoring", "GetDashboard", "DashboardName=shop")).Descendants("DashboardBody")
            .Single().Value, StringComparison.Ordinal);
        Assert.Equal("InvalidParameterInput", refusal.Code);
        Assert.Contains("there are 2 validation errors", refusal.Words, StringComparison.Ordinal);
        Assert.Contains("/widgets/0/properties", refusal.Words, StringComparison.Ordinal);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Update("boards", Board.Replace("BODY", "{}", StringComparison.Ordinal)));
    }

    private static string Template(string missing) => Stack.Replace("MISSING_DATA", missing, StringComparison.Ordinal);

    private static async Task Measure(Bench bench, double value, double seconds = 60)
    {
        await bench.Query("monitoring", "PutMetricData", "Namespace=Shop", "MetricData.member.1.MetricName=Load",
            "MetricData.member.1.Dimensions.member.1.Name=Host", "MetricData.member.1.Dimensions.member.1.Value=web",
            FormattableString.Invariant($"MetricData.member.1.Value={value}"));
        bench.Clock.Pass(seconds);
    }

    private static async Task<XElement> Alarm(Bench bench) =>
        (await bench.Query("monitoring", "DescribeAlarms", "AlarmNames.member.1=high")).Descendants("MetricAlarms").Elements().Single();

    private static string State(XElement alarm) => $"{alarm.Element("StateValue")!.Value} {alarm.Element("StateReason")!.Value}";
}
