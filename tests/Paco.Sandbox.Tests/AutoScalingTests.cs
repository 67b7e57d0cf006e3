namespace Paco.Sandbox.Tests;

/// <summary>Groups that stacks made have servers, which EC2 and Auto Scaling tell of.</summary>
public sealed class AutoScalingTests
{
    private const string Stack = """
        Resources:
          Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
          One: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.4.0/24, AvailabilityZone: us-west-2a}}
          Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.5.0/28, AvailabilityZone: us-west-2b}}
          Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceType: t3.small, ImageId: ami-1}}}
          Group:
            Type: AWS::AutoScaling::AutoScalingGroup
            Properties:
              AutoScalingGroupName: web
              MinSize: "1"
              MaxSize: "6"
              DesiredCapacity: "3"
              VPCZoneIdentifier: [!Ref One, !Ref Two]
              LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
              Tags: [{Key: Name, Value: Web, PropagateAtLaunch: true}, {Key: own, Value: "1", PropagateAtLaunch: false}]
            UpdatePolicy: {AutoScalingRollingUpdate: {MaxBatchSize: 2}}
        """;

    [Fact]
    public async Task A_group_has_as_many_servers_as_it_wants_in_turn_in_its_subnets()
    {
        await using var bench = new Bench();
        await bench.Create("s", Stack);

        var servers = await Servers(bench);

        Assert.Equal(["us-west-2a", "us-west-2b", "us-west-2a"], servers.Select(s => s.Zone));
        Assert.All(servers, s => Assert.StartsWith(s.Zone == "us-west-2a" ? "10.0.4." : "10.0.5.", s.Address, StringComparison.Ordinal));
        Assert.Equal(3, servers.Select(s => s.Address).Distinct().Count());
        var one = await bench.Query("ec2", "DescribeInstances", "Filter.1.Name=tag:Name", "Filter.1.Value.1=Web",
            $"InstanceId.1={servers[0].Id}");
        Assert.Equal(["aws:autoscaling:groupName", "Name"],
            one.Descendants("key").Select(k => k.Value).Where(k => !k.StartsWith("aws:cloudformation", StringComparison.Ordinal)));
        Assert.Equal("t3.small", one.Descendants("instanceType").Single().Value);
    }

    [Fact]
    public async Task A_rolling_update_ends_the_servers_it_tells_of_and_launches_others()
    {
        await using var bench = new Bench();
        await bench.Create("s", Stack);
        var before = (await Servers(bench)).Select(s => s.Id).ToList();

        await bench.Update("s", Stack.Replace("t3.small", "t3.medium", StringComparison.Ordinal));

        var after = (await Servers(bench)).Select(s => s.Id).ToList();
        Assert.Equal(3, after.Count);
        Assert.Empty(before.Intersect(after));
        var events = string.Join('\n', await bench.Events("s"));
        Assert.All(before, id => Assert.Contains(id, events, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_group_grows_shrinks_and_goes_with_its_servers()
    {
        await using var bench = new Bench();
        await bench.Create("s", Stack);
        var three = (await Servers(bench)).Select(s => s.Id).ToList();

        await bench.Update("s", Stack.Replace("DesiredCapacity: \"3\"", "DesiredCapacity: \"5\"", StringComparison.Ordinal));
        var five = (await Servers(bench)).Select(s => s.Id).ToList();
        await bench.Update("s", Stack.Replace("DesiredCapacity: \"3\"", "DesiredCapacity: \"1\"", StringComparison.Ordinal));
        var one = (await Servers(bench)).Select(s => s.Id).ToList();
        await bench.Query("cloudformation", "DeleteStack", "StackName=s");
        bench.Clock.Pass(3600);

        Assert.Equal((3, 5, 1), (three.Intersect(five).Count(), five.Count, one.Count));
        Assert.Empty((await bench.Query("ec2", "DescribeInstances")).Descendants("instanceId"));
        Assert.Empty(await Servers(bench));
    }

    [Fact]
    public async Task The_same_stack_has_the_same_servers()
    {
        await using var first = new Bench();
        await using var second = new Bench();
        await first.Create("s", Stack);
        await second.Create("s", Stack);

        Assert.Equal(await Servers(first), await Servers(second));
    }

    [Theory]
    [InlineData("i-0123456789abcdef0", "InvalidInstanceID.NotFound")]
    [InlineData("web", "InvalidInstanceID.Malformed")]
    public async Task An_instance_that_is_not_there_is_refused_as_AWS_does(string id, string code)
    {
        await using var bench = new Bench();

        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Query("ec2", "DescribeInstances", $"InstanceId.1={id}"));

        Assert.Equal(code, refusal.Code);
    }

    private static async Task<List<(string Id, string Zone, string Address)>> Servers(Bench bench)
    {
        var groups = await bench.Query("autoscaling", "DescribeAutoScalingGroups", "AutoScalingGroupNames.member.1=web");
        var ids = groups.Descendants("InstanceId").Select(i => i.Value).ToList();
        var servers = new List<(string, string, string)>();
        foreach (var id in ids)
        {
            var it = await bench.Query("ec2", "DescribeInstances", $"InstanceId.1={id}");
            servers.Add((id, it.Descendants("availabilityZone").Single().Value, it.Descendants("privateIpAddress").Single().Value));
        }

        return servers;
    }
}
