using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

public sealed class RollbackTests
{
    private const string Two = """
        Resources:
          First: {Type: AWS::SNS::Topic, Properties: {DisplayName: one}}
          Second: {Type: AWS::SQS::Queue, DependsOn: First, Properties: {DelaySeconds: 1}}
        """;

    private static readonly string Changed = Two.Replace("one", "two", StringComparison.Ordinal)
        .Replace("DelaySeconds: 1", "DelaySeconds: 2", StringComparison.Ordinal);

    [Fact]
    public async Task A_stack_that_fails_rolls_back()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "Second", "No queues today")));
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("s", Two));
        Assert.Equal(
            [
                "Second CREATE_IN_PROGRESS",
                "Second CREATE_FAILED No queues today",
                "s ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Second]. Rollback requested by user.",
                "First DELETE_IN_PROGRESS",
                "First DELETE_COMPLETE",
                "s ROLLBACK_COMPLETE",
            ],
            (await bench.Events("s"))[4..]);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Update("s", Two));
        Assert.Contains("is in ROLLBACK_COMPLETE state and can not be updated.", refusal.Words, StringComparison.Ordinal);
        await bench.Cfn("DeleteStack", "StackName=s");
        Assert.Equal("CREATE_COMPLETE", await bench.Create("s", Two));
    }

    [Fact]
    public async Task What_runs_beside_a_failure_is_cancelled()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "A", "Broken")) with { Pace = Pace.Realistic });
        await bench.Create("s", """
            Resources:
              A: {Type: AWS::SNS::Topic}
              B: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBInstanceClass: db.t4g.micro, AllocatedStorage: "20", MasterUsername: root, ManageMasterUserPassword: true}}
            """);
        Assert.Contains("B CREATE_FAILED Resource creation cancelled", await bench.Events("s"));
        Assert.Equal("ROLLBACK_IN_PROGRESS", await bench.Status("s"));
        bench.Clock.Pass(3600);
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Status("s"));
    }

    [Fact]
    public async Task Without_rollback_a_failed_creation_stays_and_can_be_mended()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "Second", "Once")));
        Assert.Equal("CREATE_FAILED", await bench.Create("s", Two, "DisableRollback=true"));
        Assert.Equal("CREATE_COMPLETE", (await bench.Resource("s", "First")).Element("ResourceStatus")!.Value);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Update("s", Two));
        Assert.StartsWith("This stack is currently in a non-terminal [CREATE_FAILED] state.", refusal.Words, StringComparison.Ordinal);
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("s", Two, "DisableRollback=true"));
    }

    [Fact]
    public async Task With_on_failure_delete_nothing_stays()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "Second", "No")));
        await bench.Cfn("CreateStack", "StackName=s", $"TemplateBody={Two}", "OnFailure=DELETE");
        var summary = (await bench.Cfn("ListStacks")).Descendants("StackSummaries").Elements().Single();
        Assert.Equal("DELETE_COMPLETE", summary.Element("StackStatus")!.Value);
    }

    /// <summary>Amazon's schema of the association: replacementStrategy delete_then_create.</summary>
    [Fact]
    public async Task What_had_to_go_before_its_successor_is_made_once_more()
    {
        const string Ties = """
            Resources:
              Network: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
              Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Network, CidrBlock: 10.0.1.0/24}}
              One: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Network}}
              Two: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Network}}
              Tie: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref One}}
              Word: {Type: AWS::SNS::Topic, DependsOn: Tie, Properties: {DisplayName: one}}
            """;
        const string Association = "AWS::EC2::SubnetRouteTableAssociation";
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "Word", "Not that", On: ResourceAction.Update)));
        await bench.Create("s", Ties);
        var (first, table) = (await bench.Physical("s", "Tie"), await bench.Physical("s", "One"));

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Update("s", Ties
            .Replace("RouteTableId: !Ref One", "RouteTableId: !Ref Two", StringComparison.Ordinal)
            .Replace("DisplayName: one", "DisplayName: two", StringComparison.Ordinal)));

        var back = await bench.Physical("s", "Tie");
        Assert.NotEqual(first, back);
        Assert.Equal(table, (await bench.Properties(Association, back))["RouteTableId"]!.ToString());
        var all = await bench.Json("cloudcontrolapi", "ListResources", $$"""{"TypeName": "{{Association}}"}""");
        Assert.Equal(back, all["ResourceDescriptions"]!.AsArray().Single()!["Identifier"]!.ToString());
        await bench.Cfn("DeleteStack", "StackName=s");
        await Assert.ThrowsAsync<Refusal>(() => bench.Status("s"));
    }

    [Fact]
    public async Task A_failed_update_goes_back_to_where_it_was()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "Second", "Not that", On: ResourceAction.Update)));
        await bench.Create("s", Two);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Update("s", Changed));
        Assert.Equal("one", (await bench.Properties("AWS::SNS::Topic", await bench.Physical("s", "First")))["DisplayName"]!.ToString());
        Assert.Contains("s UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [Second].", await bench.Events("s"));
        Assert.Contains("s UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", await bench.Events("s"));
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("s", Changed));
    }

    [Fact]
    public async Task What_a_failed_update_added_or_replaced_is_removed_again()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "Last", "Never")));
        await bench.Create("s", "Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}}");
        var vpc = await bench.Physical("s", "Vpc");
        await bench.Update("s", """
            Resources:
              Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
              Added: {Type: AWS::SNS::Topic, DependsOn: Vpc}
              Last: {Type: AWS::SNS::Topic, DependsOn: Added}
            """);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("s"));
        Assert.Equal(vpc, await bench.Physical("s", "Vpc"));
        var vpcs = await bench.Json("cloudcontrolapi", "ListResources", """{"TypeName": "AWS::EC2::VPC"}""");
        Assert.Equal(vpc, Assert.Single(vpcs["ResourceDescriptions"]!.AsArray())!["Identifier"]!.ToString());
        var topics = await bench.Json("cloudcontrolapi", "ListResources", """{"TypeName": "AWS::SNS::Topic"}""");
        Assert.Empty(topics["ResourceDescriptions"]!.AsArray());
    }

    [Fact]
    public async Task A_rollback_that_fails_is_continued_without_what_is_stuck()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "Second", "Stuck", Times: 2, On: ResourceAction.Update)));
        await bench.Create("s", Two);
        Assert.Equal("UPDATE_ROLLBACK_FAILED", await bench.Update("s", Changed));

        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Update("s", Changed));
        Assert.Contains("is in UPDATE_ROLLBACK_FAILED state and can not be updated.", refusal.Words, StringComparison.Ordinal);
        await bench.Cfn("ContinueUpdateRollback", "StackName=s", "ResourcesToSkip.member.1=Second");
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("s"));
    }

    [Fact]
    public async Task An_update_that_failed_without_rollback_is_rolled_back_by_hand()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "Second", "No", On: ResourceAction.Update)));
        await bench.Create("s", Two);
        Assert.Equal("UPDATE_FAILED", await bench.Update("s", Changed, "DisableRollback=true"));
        await bench.Cfn("RollbackStack", "StackName=s");
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("s"));
        Assert.Equal("one", (await bench.Properties("AWS::SNS::Topic", await bench.Physical("s", "First")))["DisplayName"]!.ToString());
    }

    [Fact]
    public async Task A_deletion_that_fails_goes_on_without_what_is_retained()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "First", "In use", On: ResourceAction.Delete)));
        await bench.Create("s", Two);
        var id = (await bench.Stack("s")).Element("StackId")!.Value;
        await bench.Cfn("DeleteStack", "StackName=s");
        Assert.Equal("DELETE_FAILED", await bench.Status("s"));
        Assert.Equal("The following resource(s) failed to delete: [First]. ", (await bench.Stack("s")).Element("StackStatusReason")!.Value);

        await bench.Cfn("DeleteStack", "StackName=s", "RetainResources.member.1=First");
        Assert.Equal("DELETE_COMPLETE", await bench.Status(id));
        Assert.Contains("First DELETE_SKIPPED", await bench.Events(id));
    }

    [Fact]
    public async Task An_update_is_cancelled_while_it_runs_and_not_afterwards()
    {
        await using var bench = new Bench(new SandboxOptions { Pace = Pace.Realistic });
        await bench.Create("s", Two);
        bench.Clock.Pass(600);
        Assert.Equal("UPDATE_IN_PROGRESS", await bench.Update("s", Changed));
        await bench.Cfn("CancelUpdateStack", "StackName=s");
        bench.Clock.Pass(600);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("s"));
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("CancelUpdateStack", "StackName=s"));
        Assert.Equal("CancelUpdateStack cannot be called from current stack status UPDATE_ROLLBACK_COMPLETE", refusal.Words);
    }

    [Fact]
    public async Task While_an_update_runs_the_stack_is_neither_updated_nor_deleted()
    {
        await using var bench = new Bench(new SandboxOptions { Pace = Pace.Realistic });
        await bench.Create("s", Two);
        bench.Clock.Pass(600);
        await bench.Update("s", Changed);
        var update = await Assert.ThrowsAsync<Refusal>(() => bench.Update("s", Two));
        Assert.Matches("^Stack:arn:aws:.* is in UPDATE_IN_PROGRESS state and can not be updated.$", update.Words);
        var delete = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("DeleteStack", "StackName=s"));
        Assert.Equal("Stack [s] cannot be deleted while in status UPDATE_IN_PROGRESS", delete.Words);
    }

    [Fact]
    public async Task A_stack_that_is_being_made_may_be_deleted()
    {
        await using var bench = new Bench(new SandboxOptions { Pace = Pace.Realistic });
        await bench.Create("s", Two);
        bench.Clock.Pass(1);
        await bench.Cfn("DeleteStack", "StackName=s");
        bench.Clock.Pass(600);
        await Assert.ThrowsAsync<Refusal>(() => bench.Status("s"));
        var topics = await bench.Json("cloudcontrolapi", "ListResources", """{"TypeName": "AWS::SNS::Topic"}""");
        Assert.Empty(topics["ResourceDescriptions"]!.AsArray());
    }
}
