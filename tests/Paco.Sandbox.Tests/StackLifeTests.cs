using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

public sealed class StackLifeTests
{
    private const string Network = """
        Parameters:
          Cidr: {Type: String, Default: 10.0.0.0/16}
        Resources:
          Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Cidr}}
          Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
        Outputs:
          Vpc: {Value: !Ref Vpc, Export: {Name: the-vpc}}
        """;

    [Fact]
    public async Task A_stack_is_in_progress_at_first_and_complete_at_the_next_look()
    {
        await using var bench = new Bench();
        var id = (await bench.Cfn("CreateStack", "StackName=net", $"TemplateBody={Network}")).Descendants("StackId").Single().Value;

        Assert.StartsWith("arn:aws:cloudformation:us-west-2:111111111111:stack/net/", id, StringComparison.Ordinal);
        Assert.Equal(
            [
                "net CREATE_IN_PROGRESS User Initiated",
                "Vpc CREATE_IN_PROGRESS",
                "Vpc CREATE_IN_PROGRESS Resource creation Initiated",
                "Vpc CREATE_COMPLETE",
                "Subnet CREATE_IN_PROGRESS",
                "Subnet CREATE_IN_PROGRESS Resource creation Initiated",
                "Subnet CREATE_COMPLETE",
                "net CREATE_COMPLETE",
            ],
            await bench.Events("net"));
        Assert.Equal("CREATE_COMPLETE", await bench.Status(id));
        Assert.Equal(await bench.Physical("net", "Vpc"), await bench.Output("net", "Vpc"));
    }

    [Fact]
    public async Task An_update_changes_in_place_what_it_can_and_removes_what_is_gone()
    {
        await using var bench = new Bench();
        await bench.Create("net", Network);
        var before = await bench.Physical("net", "Vpc");

        var status = await bench.Update("net", """
            Resources:
              Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsSupport: true}}
            """);

        Assert.Equal("UPDATE_COMPLETE", status);
        Assert.Equal(before, await bench.Physical("net", "Vpc"));
        Assert.Equal("true", (await bench.Properties("AWS::EC2::VPC", before))["EnableDnsSupport"]!.ToString());
        Assert.Equal(
            [
                "net UPDATE_IN_PROGRESS User Initiated",
                "Vpc UPDATE_IN_PROGRESS",
                "Vpc UPDATE_COMPLETE",
                "net UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                "Subnet DELETE_IN_PROGRESS",
                "Subnet DELETE_COMPLETE",
                "net UPDATE_COMPLETE",
            ],
            (await bench.Events("net"))[8..]);
    }

    [Fact]
    public async Task A_create_only_property_replaces_the_resource_and_all_that_follows_from_it()
    {
        await using var bench = new Bench();
        await bench.Create("net", Network);
        var (vpc, subnet) = (await bench.Physical("net", "Vpc"), await bench.Physical("net", "Subnet"));

        await bench.Update("net", Network, "Parameters.member.1.ParameterKey=Cidr", "Parameters.member.1.ParameterValue=10.9.0.0/16");

        Assert.NotEqual(vpc, await bench.Physical("net", "Vpc"));
        Assert.NotEqual(subnet, await bench.Physical("net", "Subnet"));
        Assert.Contains("Vpc UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.",
            await bench.Events("net"));
        var gone = await Assert.ThrowsAsync<Refusal>(() => bench.Properties("AWS::EC2::VPC", vpc));
        Assert.Equal("ResourceNotFoundException", gone.Code);
    }

    [Fact]
    public async Task An_update_that_says_the_same_is_refused()
    {
        await using var bench = new Bench();
        await bench.Create("net", Network);
        var same = await Assert.ThrowsAsync<Refusal>(() => bench.Update("net", "# only a comment\n" + Network));
        Assert.Equal(("ValidationError", "No updates are to be performed."), (same.Code, same.Words));
    }

    [Fact]
    public async Task A_deleted_stack_is_found_by_its_id_only()
    {
        await using var bench = new Bench();
        await bench.Create("net", Network);
        var id = (await bench.Stack("net")).Element("StackId")!.Value;
        await bench.Cfn("DeleteStack", "StackName=net");

        var unknown = await Assert.ThrowsAsync<Refusal>(() => bench.Status("net"));
        Assert.Equal("Stack with id net does not exist", unknown.Words);
        Assert.Equal("DELETE_COMPLETE", await bench.Status(id));
        Assert.Equal("DELETE_COMPLETE", (await bench.Cfn("ListStacks")).Descendants("StackStatus").Single().Value);
        Assert.Empty((await bench.Cfn("DescribeStacks")).Descendants("member"));
        Assert.Equal(["Subnet DELETE_IN_PROGRESS", "Subnet DELETE_COMPLETE", "Vpc DELETE_IN_PROGRESS", "Vpc DELETE_COMPLETE",
            "net DELETE_COMPLETE"], (await bench.Events(id))[^5..]);
    }

    [Fact]
    public async Task Deleting_a_stack_that_does_not_exist_succeeds()
    {
        await using var bench = new Bench();
        await bench.Cfn("DeleteStack", "StackName=nothing");
    }

    [Fact]
    public async Task A_protected_stack_is_not_deleted()
    {
        await using var bench = new Bench();
        await bench.Create("net", Network, "EnableTerminationProtection=true");
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("DeleteStack", "StackName=net"));
        Assert.Contains("cannot be deleted while TerminationProtection is enabled", refusal.Words, StringComparison.Ordinal);

        await bench.Cfn("UpdateTerminationProtection", "StackName=net", "EnableTerminationProtection=false");
        await bench.Cfn("DeleteStack", "StackName=net");
        await Assert.ThrowsAsync<Refusal>(() => bench.Status("net"));
    }

    [Fact]
    public async Task The_same_call_with_the_same_token_is_one_call()
    {
        await using var bench = new Bench();
        string[] call = ["StackName=net", $"TemplateBody={Network}", "ClientRequestToken=t1"];
        var first = (await bench.Cfn("CreateStack", call)).Descendants("StackId").Single().Value;
        Assert.Equal(first, (await bench.Cfn("CreateStack", call)).Descendants("StackId").Single().Value);

        var other = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("CreateStack", [.. call, "DisableRollback=true"]));
        Assert.Equal("TokenAlreadyExistsException", other.Code);
        var taken = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("CreateStack", "StackName=net", $"TemplateBody={Network}"));
        Assert.Equal("AlreadyExistsException", taken.Code);
    }

    [Fact]
    public async Task Retained_resources_outlive_their_stack()
    {
        await using var bench = new Bench();
        await bench.Create("s", """
            Resources:
              Topic: {Type: AWS::SNS::Topic, DeletionPolicy: Retain, Properties: {TopicName: kept}}
            """);
        var topic = await bench.Physical("s", "Topic");
        var id = (await bench.Stack("s")).Element("StackId")!.Value;
        await bench.Cfn("DeleteStack", "StackName=s");
        Assert.Contains("Topic DELETE_SKIPPED", await bench.Events(id));
        Assert.Equal("kept", (await bench.Properties("AWS::SNS::Topic", topic))["TopicName"]!.ToString());
    }

    [Fact]
    public async Task Long_histories_come_in_pages_newest_first()
    {
        await using var bench = new Bench();
        var topics = string.Join("\n", Enumerable.Range(0, 40).Select(i => $"  T{i}: {{Type: AWS::SNS::Topic}}"));
        await bench.Create("many", $"Resources:\n{topics}");
        var first = await bench.Cfn("DescribeStackEvents", "StackName=many");
        var second = await bench.Cfn("DescribeStackEvents", "StackName=many", $"NextToken={first.Descendants("NextToken").Single().Value}");

        Assert.Equal("many", first.Descendants("StackEvents").Elements().First().Element("LogicalResourceId")!.Value);
        Assert.Equal(122, first.Descendants("StackEvents").Elements().Concat(second.Descendants("StackEvents").Elements())
            .Select(e => e.Element("EventId")!.Value).Distinct().Count());
        Assert.Empty(second.Descendants("NextToken"));
    }

    [Fact]
    public async Task Many_stacks_are_described_in_pages()
    {
        await using var bench = new Bench();
        for (var i = 0; i < 101; i++)
        {
            await bench.Cfn("CreateStack", $"StackName=s{i}",
                "TemplateBody={\"Resources\": {\"W\": {\"Type\": \"AWS::CloudFormation::WaitConditionHandle\"}}}");
        }

        var first = await bench.Cfn("DescribeStacks");
        var second = await bench.Cfn("DescribeStacks", $"NextToken={first.Descendants("NextToken").Single().Value}");
        Assert.Equal((100, 1), (first.Descendants("Stacks").Elements().Count(), second.Descendants("Stacks").Elements().Count()));
    }

    [Fact]
    public async Task Stack_tags_come_onto_the_resources()
    {
        await using var bench = new Bench();
        await bench.Create("net", Network, "Tags.member.1.Key=team", "Tags.member.1.Value=blue");
        var tags = (await bench.Properties("AWS::EC2::VPC", await bench.Physical("net", "Vpc")))["Tags"]!.AsArray();
        Assert.Contains(tags, t => t!["Key"]!.ToString() == "team" && t["Value"]!.ToString() == "blue");
        Assert.Contains(tags, t => t!["Key"]!.ToString() == "aws:cloudformation:logical-id" && t["Value"]!.ToString() == "Vpc");
    }

    [Fact]
    public async Task Ids_are_the_same_in_every_run()
    {
        await using var one = new Bench();
        await using var two = new Bench();
        await one.Create("net", Network);
        await two.Create("net", Network);
        Assert.Equal(await one.Physical("net", "Vpc"), await two.Physical("net", "Vpc"));
        Assert.Equal((await one.Stack("net")).ToString(), (await two.Stack("net")).ToString());
    }

    [Fact]
    public async Task Two_filters_of_one_log_group_are_two_resources()
    {
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("s", """
            Resources:
              Group: {Type: AWS::Logs::LogGroup}
              One: {Type: AWS::Logs::MetricFilter, Properties: &filter {LogGroupName: !Ref Group, FilterPattern: x, MetricTransformations: [{MetricName: m, MetricNamespace: n, MetricValue: "1"}]}}
              Two: {Type: AWS::Logs::MetricFilter, Properties: *filter}
            """));
        Assert.NotEqual(await bench.Physical("s", "One"), await bench.Physical("s", "Two"));
    }

    [Fact]
    public async Task No_two_events_of_a_stack_happen_at_one_time()
    {
        await using var bench = new Bench();
        await bench.Create("net", Network);
        await bench.Update("net", Network, "Parameters.member.1.ParameterKey=Cidr", "Parameters.member.1.ParameterValue=10.9.0.0/16");
        var times = (await bench.Cfn("DescribeStackEvents", "StackName=net")).Descendants("Timestamp")
            .Select(t => DateTimeOffset.Parse(t.Value)).ToList();

        Assert.Equal(times.Distinct().OrderDescending(), times);
    }

    /// <summary>
    /// As the AWS CLI shows stacks in many a README: <c>"RollbackConfiguration": {}</c>, <c>"NotificationARNs": []</c> and
    /// <c>"Tags": []</c> are always there, parameters, capabilities and outputs where there are some.
    /// </summary>
    [Fact]
    public async Task A_stack_is_described_with_the_lists_AWS_sends_empty_and_without_those_it_leaves_out()
    {
        await using var bench = new Bench();
        await bench.Cfn("CreateStack", "StackName=bare", "TemplateBody=Resources: {T: {Type: AWS::SNS::Topic}}");
        await bench.Status("bare");

        Assert.Equal(
            [
                "StackId", "StackName", "CreationTime", "RollbackConfiguration", "StackStatus", "DisableRollback", "NotificationARNs", "Tags",
                "EnableTerminationProtection", "DriftInformation",
            ],
            (await bench.Stack("bare")).Elements().Select(e => e.Name.LocalName));
    }
}
