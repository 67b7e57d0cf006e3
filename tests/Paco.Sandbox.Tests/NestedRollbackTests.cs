namespace Paco.Sandbox.Tests;

/// <summary>Nests that fail, and the way back of all of them; the words from public reports.</summary>
public sealed class NestedRollbackTests
{
    // API_RollbackConfiguration: the monitoring time passes before old resources are deleted; of a nest, all of them.
    [Fact]
    public async Task An_alarm_that_rings_in_the_monitoring_time_turns_the_whole_nest_back()
    {
        await using var bench = await Nest.Open();
        await bench.Create("alarms", "Resources: {A: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: errors, MetricName: m, "
            + "Namespace: n, Period: 60, EvaluationPeriods: 1, Statistic: Sum, Threshold: 1, ComparisonOperator: GreaterThanThreshold}}}");
        await bench.Create("shop", Nest.Parent);
        var inner = await bench.Physical("shop", "Inner");
        var topic = await bench.Physical(inner, "Topic");
        const string Trigger = "RollbackConfiguration.RollbackTriggers.member.1.";
        await bench.Update("shop", Nest.Parent, [.. Nest.Renamed, $"{Trigger}Arn=arn:aws:cloudwatch:us-west-2:111111111111:alarm:errors",
            $"{Trigger}Type=AWS::CloudWatch::Alarm", "RollbackConfiguration.MonitoringTimeInMinutes=10"]);
        bench.Clock.Pass(9 * 60);
        Assert.Equal("UPDATE_IN_PROGRESS", await bench.Status("shop"));
        Assert.Equal("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", await bench.Status(inner));
        await bench.Query("monitoring", "SetAlarmState", "AlarmName=errors", "StateValue=ALARM", "StateReason=test");
        bench.Clock.Pass(60);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("shop"));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status(inner));
        Assert.Equal(topic, await bench.Physical(inner, "Topic"));
    }

    // "Embedded stack … was not successfully created: The following resource(s) failed to create: [X]." (parallelcluster)
    [Fact]
    public async Task What_fails_within_fails_the_parent_and_all_of_it_is_rolled_back()
    {
        await using var bench = await Nest.Open(Bench.With(new Fault.FailResource("shop-Inner-*", "Other", "no room")));
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("shop", Nest.Parent));

        var events = await bench.Events("shop");
        var failed = events.Single(e => e.StartsWith("Inner CREATE_FAILED", StringComparison.Ordinal));
        Assert.Matches("^Inner CREATE_FAILED Embedded stack arn:aws:[^ ]+ was not successfully created: ", failed);
        Assert.EndsWith(": The following resource(s) failed to create: [Other].", failed, StringComparison.Ordinal);
        Assert.Contains("Inner DELETE_COMPLETE", events);
        var id = failed.Split(' ')[4];
        Assert.Equal("DELETE_COMPLETE", await bench.Status(id));
        Assert.Contains($"{id.Split('/')[1]} CREATE_FAILED The following resource(s) failed to create: [Other].", await bench.Events(id));
    }

    // "Embedded stack … was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: …" (many reports)
    [Fact]
    public async Task A_nested_update_that_fails_goes_back_with_the_whole_nest()
    {
        await using var bench = await Nest.Open(Bench.With(new Fault.FailResource("shop-Inner-*", "Third", "no room")));
        await bench.Create("shop", Nest.Parent);
        var id = await bench.Physical("shop", "Inner");
        await bench.Put("templates", "child.yaml", Nest.With("Third: {Type: AWS::SNS::Topic, DependsOn: Other}"));

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Update("shop", Nest.Parent));

        Assert.Contains(
            $"Inner UPDATE_FAILED Embedded stack {id} was not successfully updated. "
                + "Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: The following resource(s) failed to create: [Third].",
            await bench.Events("shop"));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status(id));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:orders", await bench.Output("shop", "Arn"));
    }

    [Fact]
    public async Task A_nested_stack_that_is_updated_already_goes_back_when_its_parent_fails()
    {
        await using var bench = await Nest.Open(Bench.With(new Fault.FailResource("shop", "Kept", "no room", On: ResourceAction.Update)));
        await bench.Create("shop", Nest.Parent);
        var id = await bench.Physical("shop", "Inner");

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Update("shop", Nest.Parent, Nest.Renamed));

        Assert.Equal(
            [
                "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS",
                "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE",
            ],
            (await bench.Events(id)).Where(e => e.StartsWith("shop-Inner-", StringComparison.Ordinal)).Skip(2)
                .Select(e => e.Split(' ')[1]));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:orders", await bench.Output(id, "Arn"));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:orders", await bench.Physical(id, "Topic"));
    }

    // API reference, ContinueUpdateRollback: on the parent only, and resources to skip as NestedStackName.ResourceLogicalID.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_roll_back_that_fails_within_is_continued_from_the_parent(bool skips)
    {
        await using var bench = await Nest.Open(Bench.With(
            new Fault.FailResource("shop-Inner-*", "Other", "stuck", Times: skips ? 9 : 2, On: ResourceAction.Update)));
        await bench.Put("templates", "child.yaml", Nest.Child.Replace("!Ref \"AWS::StackName\"", "!Ref Name", StringComparison.Ordinal));
        await bench.Create("shop", Nest.Parent);
        var id = await bench.Physical("shop", "Inner");

        Assert.Equal("UPDATE_ROLLBACK_FAILED", await bench.Update("shop", Nest.Parent, Nest.Renamed));
        Assert.Equal("UPDATE_ROLLBACK_FAILED", await bench.Status(id));
        Assert.Contains(await bench.Events("shop"), e => e.StartsWith(
            $"Inner UPDATE_FAILED Embedded stack {id} was not successfully updated. Currently in UPDATE_ROLLBACK_FAILED with reason: The",
            StringComparison.Ordinal));
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("ContinueUpdateRollback", $"StackName={id}"));
        Assert.Contains("is a nested stack", refusal.Words, StringComparison.Ordinal);

        await bench.Cfn("ContinueUpdateRollback",
            ["StackName=shop", .. skips ? new[] { $"ResourcesToSkip.member.1={id.Split('/')[1]}.Other" } : []]);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("shop"));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status(id));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:orders", await bench.Output("shop", "Arn"));
    }

    [Fact]
    public async Task A_nested_stack_has_a_time_of_its_own()
    {
        await using var bench = await Nest.Open(new SandboxOptions { Pace = Pace.Scaled(100) });
        await bench.Create("shop", Nest.Parent.Replace("TimeoutInMinutes: 60", "TimeoutInMinutes: 1", StringComparison.Ordinal));
        var id = await bench.Physical("shop", "Inner");
        bench.Clock.Pass(61);
        Assert.Contains(
            $"Inner CREATE_FAILED Embedded stack {id} was not successfully created: Stack creation time exceeded the specified timeout.",
            await bench.Events("shop"));
        bench.Clock.Pass(100_000);
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Status("shop"));
    }

    [Fact]
    public async Task A_parent_that_keeps_what_it_made_waits_for_its_nest_beyond_its_time()
    {
        await using var bench = await Nest.Open(new SandboxOptions { Pace = Pace.Scaled(100) });
        await bench.Create("shop", Nest.Parent, "TimeoutInMinutes=1", "DisableRollback=true");
        bench.Clock.Pass(100_000);
        Assert.Equal("CREATE_FAILED", await bench.Status("shop"));
        Assert.Contains("shop CREATE_FAILED Stack creation time exceeded the specified timeout.", await bench.Events("shop"));
    }

    [Fact]
    public async Task A_cancelled_update_takes_the_nested_one_back()
    {
        await using var bench = await Nest.Open(new SandboxOptions { Pace = Pace.Scaled(10) });
        await bench.Create("shop", Nest.Parent);
        bench.Clock.Pass(10_000);
        Assert.Equal("CREATE_COMPLETE", await bench.Status("shop"));
        var id = await bench.Physical("shop", "Inner");
        await bench.Update("shop", Nest.Parent, Nest.Renamed);
        Assert.Equal("UPDATE_IN_PROGRESS", await bench.Status(id));
        await bench.Cfn("CancelUpdateStack", "StackName=shop");
        bench.Clock.Pass(10_000);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("shop"));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status(id));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:orders", await bench.Physical(id, "Topic"));
        Assert.Contains("Inner UPDATE_FAILED Resource update cancelled", await bench.Events("shop"));
    }

    [Fact]
    public async Task A_nest_that_is_killed_in_the_middle_goes_on_where_it_was()
    {
        var folder = Directory.CreateTempSubdirectory("paco-nest-");
        var options = new SandboxOptions { DatabasePath = Path.Combine(folder.FullName, "cloud.db"), Pace = Pace.Scaled(10) };
        await using (var first = await Nest.Open(options))
        {
            await first.Create("shop", Nest.Parent);
            first.Clock.Pass(10_000);
            Assert.Equal("CREATE_COMPLETE", await first.Status("shop"));
            await first.Update("shop", Nest.Parent, Nest.Renamed);
            Assert.Equal("UPDATE_IN_PROGRESS", await first.Status("shop"));
        }

        await using (var second = new Bench(options))
        {
            second.Clock.Pass(100_000);
            Assert.Equal("UPDATE_COMPLETE", await second.Status("shop"));
            Assert.Equal("UPDATE_COMPLETE", await second.Status(await second.Physical("shop", "Inner")));
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false, "bills")]
    [InlineData(true, "orders")]
    public async Task A_nest_of_three_is_updated_or_goes_back_as_one(bool fails, string name)
    {
        await using var bench = await Nest.Open(fails
            ? Bench.With(new Fault.FailResource("top", "Last", "no room", On: ResourceAction.Update)) : new());
        await bench.Put("templates", "middle.yaml", Nest.Parent);
        await bench.Create("top", Nest.Top);
        var middle = await bench.Physical("top", "Middle");
        var inner = await bench.Physical(middle, "Inner");

        var expected = fails ? "UPDATE_ROLLBACK_COMPLETE" : "UPDATE_COMPLETE";
        Assert.Equal(expected, await bench.Update("top", Nest.Top, Nest.Renamed));
        Assert.Equal([expected, expected], [await bench.Status(middle), await bench.Status(inner)]);
        Assert.Equal($"arn:aws:sns:us-west-2:111111111111:{name}", await bench.Physical(inner, "Topic"));
        Assert.Equal($"arn:aws:sns:us-west-2:111111111111:{name}",
            (await bench.Properties("AWS::SSM::Parameter", await bench.Physical("top", "Last")))["Value"]!.ToString());
        Assert.Equal([$"arn:aws:sns:us-west-2:111111111111:{name}"],
            (await bench.Query("sns", "ListTopics")).Descendants("TopicArn").Select(t => t.Value)
                .Where(t => !t.Contains("Other", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_roll_back_what_failed_within_stays_and_is_mended_by_an_update()
    {
        await using var bench = await Nest.Open(Bench.With(new Fault.FailResource("shop-Inner-*", "Other", "no room")));
        Assert.Equal("CREATE_FAILED", await bench.Create("shop", Nest.Parent, "DisableRollback=true"));
        var id = await bench.Physical("shop", "Inner");
        Assert.Equal("CREATE_FAILED", await bench.Status(id));
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("shop", Nest.Parent, "DisableRollback=true"));
        Assert.Equal("UPDATE_COMPLETE", await bench.Status(id));
    }

    [Fact]
    public async Task A_parent_without_roll_back_goes_back_by_hand()
    {
        await using var bench = await Nest.Open(Bench.With(new Fault.FailResource("shop", "Kept", "no room", On: ResourceAction.Update)));
        await bench.Create("shop", Nest.Parent);
        var id = await bench.Physical("shop", "Inner");
        Assert.Equal("UPDATE_FAILED", await bench.Update("shop", Nest.Parent, [.. Nest.Renamed, "DisableRollback=true"]));
        Assert.Equal("UPDATE_COMPLETE", await bench.Status(id));
        await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("RollbackStack", $"StackName={id}"));

        await bench.Cfn("RollbackStack", "StackName=shop");
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("shop"));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:orders", await bench.Physical(id, "Topic"));
    }

    [Fact]
    public async Task A_creation_that_is_over_its_time_takes_its_nest_along()
    {
        await using var bench = await Nest.Open(new SandboxOptions { Pace = Pace.Scaled(100) });
        await bench.Create("shop", Nest.Parent, "TimeoutInMinutes=1");
        var id = await bench.Physical("shop", "Inner");
        bench.Clock.Pass(61);
        Assert.Equal("ROLLBACK_IN_PROGRESS", await bench.Status("shop"));
        bench.Clock.Pass(100_000);
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Status("shop"));
        Assert.Equal("DELETE_COMPLETE", await bench.Status(id));
    }
}
