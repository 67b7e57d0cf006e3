namespace Paco.Sandbox.Tests;

/// <summary>A group whose servers are replaced, in CloudFormation's words (seen at guardian/testing-asg-rolling-update).</summary>
public sealed class RollingTests
{
    private const string Servers = """
        Resources:
          Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceType: t3.micro}}}
          Group:
            Type: AWS::AutoScaling::AutoScalingGroup
            Properties: {MinSize: "1", MaxSize: "6", DesiredCapacity: "3", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}
            UpdatePolicy: {AutoScalingRollingUpdate: {MaxBatchSize: 2, MinInstancesInService: 2, WaitOnResourceSignals: true}}
        """;

    [Fact]
    public async Task Batches_take_their_time_and_tell_of_themselves()
    {
        await using var bench = new Bench(new SandboxOptions { Pace = Pace.Realistic });
        await bench.Create("s", Servers);
        bench.Clock.Pass(300);
        await bench.Update("s", Servers.Replace("t3.micro", "t3.small", StringComparison.Ordinal));
        // The template, the group's own change, and two batches with their signals.
        bench.Clock.Pass(3 + 15 + (2 * 165) - 1);
        Assert.Equal("UPDATE_IN_PROGRESS", await bench.Status("s"));
        bench.Clock.Pass(1);
        Assert.Equal("UPDATE_COMPLETE", await bench.Status("s"));
        var events = string.Join('\n', await bench.Events("s"));
        Assert.Contains(
            "Rolling update initiated. Terminating 3 obsolete instance(s) in batches of 2, while keeping at least 2 instance(s) in service. Waiting on resource signals with a timeout of PT5M when new instances are added to the autoscaling group.",
            events, StringComparison.Ordinal);
        Assert.Contains("Temporarily setting autoscaling group MinSize and DesiredCapacity to 4.", events, StringComparison.Ordinal);
        Assert.Contains("replacing with 2 new instance(s).", events, StringComparison.Ordinal);
        Assert.Contains("(Progress 66%).", events, StringComparison.Ordinal);
        Assert.Contains("(Progress 100%).", events, StringComparison.Ordinal);
        Assert.Equal(3, events.Split("Received SUCCESS signal").Length - 1);
    }

    [Fact]
    public async Task Nothing_rolls_for_what_does_not_concern_the_servers()
    {
        await using var bench = new Bench();
        await bench.Create("s", Servers);
        await bench.Update("s", Servers.Replace("MaxSize: \"6\"", "MaxSize: \"7\"", StringComparison.Ordinal));
        Assert.DoesNotContain("Rolling", string.Join('\n', await bench.Events("s")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_worked_on_takes_longer()
    {
        const string Database = """
            Resources: {Data: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBInstanceClass: db.t4g.micro, AllocatedStorage: "20", MasterUsername: root, ManageMasterUserPassword: true}}}
            """;
        await using var bench = new Bench(new SandboxOptions { Pace = Pace.Realistic });
        await bench.Create("s", Database);
        bench.Clock.Pass(600);
        await bench.Update("s", Database.Replace("micro", "small", StringComparison.Ordinal));
        bench.Clock.Pass(899);
        Assert.Equal("UPDATE_IN_PROGRESS", await bench.Status("s"));
        bench.Clock.Pass(1);
        Assert.Equal("UPDATE_COMPLETE", await bench.Status("s"));
    }
}
