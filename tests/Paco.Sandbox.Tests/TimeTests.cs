namespace Paco.Sandbox.Tests;

public sealed class TimeTests
{
    private const string Network = """
        Resources:
          Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-1, subnet-2]}}
          Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: []}}}
          Topic: {Type: AWS::SNS::Topic, DependsOn: Role}
        """;

    [Fact]
    public async Task Resources_take_their_time_and_independent_ones_take_it_together()
    {
        await using var bench = new Bench(new SandboxOptions { Pace = Pace.Realistic });
        await bench.Create("s", Network);
        bench.Clock.Pass(18);
        Assert.Contains("Role CREATE_COMPLETE", await bench.Events("s"));
        Assert.DoesNotContain("Balancer CREATE_COMPLETE", await bench.Events("s"));
        bench.Clock.Pass(111);
        Assert.Equal("CREATE_IN_PROGRESS", await bench.Status("s"));
        bench.Clock.Pass(1);
        Assert.Equal("CREATE_COMPLETE", await bench.Status("s"));
    }

    [Fact]
    public async Task Whoever_looks_late_sees_when_it_happened()
    {
        await using var bench = new Bench(new SandboxOptions { Pace = Pace.Realistic });
        await bench.Create("s", Network);
        var start = bench.Clock.GetUtcNow();
        bench.Clock.Pass(86_400);
        var last = (await bench.Cfn("DescribeStackEvents", "StackName=s")).Descendants("Timestamp").First().Value;
        // The stack is complete a millisecond after its last resource.
        Assert.Equal(start.AddSeconds(130).AddMilliseconds(1), DateTimeOffset.Parse(last));
    }

    /// <summary>
    /// aws cloudformation describe-stacks of a stack in DELETE_IN_PROGRESS, as people show it: DeletionTime is there already.
    /// </summary>
    [Fact]
    public async Task A_stack_says_since_when_it_is_deleted()
    {
        await using var bench = new Bench(new SandboxOptions { Pace = Pace.Realistic });
        await bench.Create("s", Network);
        bench.Clock.Pass(600);
        await bench.Cfn("DeleteStack", "StackName=s");
        var began = bench.Clock.GetUtcNow();
        bench.Clock.Pass(1);

        Assert.Equal(("DELETE_IN_PROGRESS", began), (await bench.Status("s"),
            DateTimeOffset.Parse((await bench.Stack("s")).Element("DeletionTime")!.Value)));
    }

    [Fact]
    public async Task A_pace_can_be_scaled()
    {
        await using var bench = new Bench(new SandboxOptions { Pace = Pace.Scaled(0.1) });
        await bench.Create("s", Network);
        bench.Clock.Pass(13);
        Assert.Equal("CREATE_COMPLETE", await bench.Status("s"));
    }

    [Fact]
    public async Task A_creation_that_takes_too_long_rolls_back()
    {
        await using var bench = new Bench();
        await bench.Create("s",
            "Resources: {C: {Type: AWS::CertificateManager::Certificate, Properties: {DomainName: example.com, ValidationMethod: DNS}}}",
            "TimeoutInMinutes=10");
        bench.Clock.Pass(599);
        Assert.Equal("CREATE_IN_PROGRESS", await bench.Status("s"));
        bench.Clock.Pass(1);
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Status("s"));
        Assert.Contains("C CREATE_FAILED Resource creation cancelled", await bench.Events("s"));
    }

    [Fact]
    public async Task A_signal_of_failure_fails_what_is_under_way()
    {
        await using var bench = new Bench(new SandboxOptions { Pace = Pace.Realistic });
        await bench.Create("s", Network);
        await bench.Cfn("SignalResource", "StackName=s", "LogicalResourceId=Balancer", "UniqueId=i-1", "Status=FAILURE");
        await bench.Status("s");
        Assert.Contains("Balancer CREATE_FAILED Received 1 FAILURE signal(s) for resource Balancer", await bench.Events("s"));
    }

    [Fact]
    public async Task Resources_new_in_a_failed_update_do_not_stay_when_retained_except_on_create()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "Bad", "no")));
        await bench.Create("s", "Resources: {A: {Type: AWS::SNS::Topic}}");
        await bench.Update("s", """
            Resources:
              A: {Type: AWS::SNS::Topic}
              Kept: {Type: AWS::SNS::Topic, DeletionPolicy: Retain, Properties: {TopicName: kept}}
              Gone: {Type: AWS::SNS::Topic, DeletionPolicy: RetainExceptOnCreate, Properties: {TopicName: gone}}
              Bad: {Type: AWS::SNS::Topic, DependsOn: [Kept, Gone]}
            """);
        Assert.NotNull(await bench.Properties("AWS::SNS::Topic", "arn:aws:sns:us-west-2:111111111111:kept"));
        await Assert.ThrowsAsync<Refusal>(() => bench.Properties("AWS::SNS::Topic", "arn:aws:sns:us-west-2:111111111111:gone"));
    }
}
