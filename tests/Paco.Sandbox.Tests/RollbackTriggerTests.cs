namespace Paco.Sandbox.Tests;

/// <summary>Alarms that turn an operation back. What must hold: API_RollbackConfiguration and API_RollbackTrigger.</summary>
public sealed class RollbackTriggerTests
{
    private const string Old = "Resources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: old}}}";
    private const string New = "Resources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: new}}}";
    private const string Arn = "arn:aws:cloudwatch:us-west-2:111111111111:alarm:errors";
    private const string Trigger = "RollbackConfiguration.RollbackTriggers.member.1.";

    private static readonly string[] Watched = [$"{Trigger}Arn={Arn}", $"{Trigger}Type=AWS::CloudWatch::Alarm"];

    [Fact]
    public async Task An_alarm_that_rings_turns_an_update_back()
    {
        await using var bench = await WithAlarm();
        await bench.Create("s", Old);
        await bench.Query("monitoring", "SetAlarmState", "AlarmName=errors", "StateValue=ALARM", "StateReason=test");
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Update("s", New, Watched));
        Assert.Contains(await bench.Events("s"), e => e.StartsWith("s UPDATE_ROLLBACK_IN_PROGRESS", StringComparison.Ordinal)
            && e.Contains(Arn, StringComparison.Ordinal));
        Assert.Equal("old", (await bench.Properties("AWS::SNS::Topic", await bench.Physical("s", "T")))["DisplayName"]!.ToString());
    }

    // "If a specified trigger is missing, the entire stack operation fails and is rolled back."
    [Fact]
    public async Task An_alarm_that_is_missing_turns_a_creation_back()
    {
        await using var bench = new Bench();
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("s", Old, Watched));
        Assert.Equal("CREATE_FAILED", await bench.Create("kept", Old, [.. Watched, "OnFailure=DO_NOTHING"]));
        Assert.Contains(Arn, (await bench.Stack("kept")).Element("StackStatusReason")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_of_another_region_is_missing_here()
    {
        await using var bench = await WithAlarm();
        var elsewhere = $"{Trigger}Arn={Arn.Replace("us-west-2", "eu-west-1", StringComparison.Ordinal)}";
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("s", Old, elsewhere, Watched[1]));
    }

    [Fact]
    public async Task An_operation_is_not_over_before_the_monitoring_time_is()
    {
        await using var bench = await WithAlarm();
        await bench.Create("s", Old, [.. Watched, "RollbackConfiguration.MonitoringTimeInMinutes=10"]);
        bench.Clock.Pass(9 * 60);
        Assert.Equal("CREATE_IN_PROGRESS", await bench.Status("s"));
        Assert.Equal("CREATE_COMPLETE", (await bench.Resource("s", "T")).Element("ResourceStatus")!.Value);
        bench.Clock.Pass(60);
        Assert.Equal("CREATE_COMPLETE", await bench.Status("s"));

        // The triggers are the stack's now; this update waits as long, and does not live to see the end.
        await bench.Update("s", New);
        bench.Clock.Pass(9 * 60);
        Assert.Equal("UPDATE_IN_PROGRESS", await bench.Status("s"));
        await bench.Query("monitoring", "SetAlarmState", "AlarmName=errors", "StateValue=ALARM", "StateReason=test");
        bench.Clock.Pass(60);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("s"));
    }

    [Fact]
    public async Task What_is_set_is_told_and_stays_until_it_is_taken_away()
    {
        await using var bench = await WithAlarm();
        await bench.Create("s", Old, [.. Watched, "RollbackConfiguration.MonitoringTimeInMinutes=0"]);
        await bench.Update("s", New);
        var told = (await bench.Stack("s")).Element("RollbackConfiguration")!;
        Assert.Equal((Arn, "0"), (told.Descendants("Arn").Single().Value, told.Element("MonitoringTimeInMinutes")!.Value));
        await bench.Update("s", Old, "RollbackConfiguration.RollbackTriggers=");
        Assert.Empty((await bench.Stack("s")).Element("RollbackConfiguration")!.Descendants("Arn"));
    }

    // The first two: localstack, test_update_with_invalid_rollback_configuration_errors. The bounds: API_RollbackConfiguration.
    [Theory]
    [InlineData($"{Trigger}Arn={Arn}|{Trigger}Type=Another", "Rollback Trigger Type not supported")]
    [InlineData($"{Trigger}Arn=gibberish|{Trigger}Type=AWS::CloudWatch::Alarm", "RelativeId of a Rollback Trigger's ARN is incorrect")]
    [InlineData($"{Trigger}Arn={Arn}", "1 validation error detected: Value null at 'rollbackConfiguration.rollbackTriggers.1.member.type' "
        + "failed to satisfy constraint: Member must not be null")]
    [InlineData("RollbackConfiguration.MonitoringTimeInMinutes=181", "1 validation error detected: Value '181' at "
        + "'rollbackConfiguration.monitoringTimeInMinutes' failed to satisfy constraint: Member must have value less than or equal to 180")]
    public async Task What_is_no_configuration_is_refused(string values, string words)
    {
        await using var bench = new Bench();
        await bench.Create("there", Old);
        foreach (var call in new[]
        {
            new[] { "CreateStack", "StackName=s" }, ["UpdateStack", "StackName=there"],
            ["CreateChangeSet", "StackName=there", "ChangeSetName=c"],
        })
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(
                () => bench.Cfn(call[0], [.. call[1..], $"TemplateBody={New}", .. values.Split('|')]));
            Assert.Equal(("ValidationError", words), (refusal.Code, refusal.Words));
        }
    }

    [Fact]
    public async Task Six_triggers_are_one_too_many()
    {
        await using var bench = new Bench();
        var six = Enumerable.Range(1, 6).SelectMany(
            i => Watched.Select(w => w.Replace("member.1.", $"member.{i}.", StringComparison.Ordinal)));
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Create("s", Old, [.. six]));
        Assert.EndsWith("at 'rollbackConfiguration.rollbackTriggers' failed to satisfy constraint: "
            + "Member must have length less than or equal to 5", refusal.Words, StringComparison.Ordinal);
    }

    private static async Task<Bench> WithAlarm()
    {
        var bench = new Bench();
        await bench.Query("monitoring", "PutMetricAlarm", "AlarmName=errors", "Namespace=Shop", "MetricName=Errors", "Statistic=Sum",
            "Period=60", "EvaluationPeriods=1", "Threshold=1", "ComparisonOperator=GreaterThanOrEqualToThreshold");
        return bench;
    }
}
