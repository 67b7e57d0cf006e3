using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>What becomes of a nest's change sets: all stand and fall with the one at the top (User Guide, nested stacks).</summary>
public sealed class NestedSetLifeTests
{
    private static readonly SandboxOptions Slow = new() { Pace = Pace.Realistic };

    [Fact]
    public async Task A_nested_set_is_executed_as_long_as_the_one_at_the_top()
    {
        await using var bench = await Nest.Open(Slow);
        await Make(bench, "CREATE");
        var id = await NestedSet(bench);
        var stack = Value(await Describe(bench, id), "StackId");
        await bench.Cfn("ExecuteChangeSet", "StackName=shop", "ChangeSetName=c");
        Assert.Equal("EXECUTE_IN_PROGRESS", Value(await Describe(bench, id), "ExecutionStatus"));
        bench.Clock.Pass(3600);
        Assert.Equal("CREATE_COMPLETE", await bench.Status("shop"));
        Assert.Equal("EXECUTE_COMPLETE", Value(await Describe(bench, id), "ExecutionStatus"));
        Assert.Equal(id, (await bench.Stack(stack)).Element("ChangeSetId")!.Value);

        // How it ended stays said, whatever the nest does afterwards; the name is free again.
        await Make(bench, "UPDATE", Nest.Renamed);
        await bench.Cfn("ExecuteChangeSet", "StackName=shop", "ChangeSetName=c");
        Assert.Equal("EXECUTE_COMPLETE", Value(await Describe(bench, id), "ExecutionStatus"));
    }

    [Fact]
    public async Task A_nested_set_fails_with_the_one_at_the_top()
    {
        await using var bench = await Nest.Open(Bench.With(new Fault.FailResource("shop", "Kept", "no", On: ResourceAction.Update)));
        await bench.Create("shop", Nest.Parent);
        await Make(bench, "UPDATE", Nest.Renamed);
        var id = await NestedSet(bench);
        await bench.Cfn("ExecuteChangeSet", "StackName=shop", "ChangeSetName=c");
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("shop"));
        Assert.Equal("EXECUTE_FAILED", Value(await Describe(bench, id), "ExecutionStatus"));
    }

    [Fact]
    public async Task An_update_of_the_parent_overtakes_all_sets_of_the_nest()
    {
        await using var bench = await Nest.Open();
        await bench.Create("shop", Nest.Parent);
        await Make(bench, "UPDATE", Nest.Renamed);
        var id = await NestedSet(bench);
        await bench.Update("shop", Nest.Parent.Replace("part, Value: inner", "part, Value: other", StringComparison.Ordinal));
        Assert.Equal("OBSOLETE", Value(await Describe(bench, id), "ExecutionStatus"));
        Assert.Equal("OBSOLETE", Value(await Describe(bench, "c"), "ExecutionStatus"));
        await bench.Cfn("DeleteChangeSet", "StackName=shop", "ChangeSetName=c");
        Assert.Equal("ChangeSetNotFound", (await Assert.ThrowsAsync<Refusal>(() => Describe(bench, id))).Code);
    }

    [Fact]
    public async Task A_stack_that_is_deleted_takes_the_stacks_along_that_were_made_for_its_sets()
    {
        await using var bench = await Nest.Open();
        await Make(bench, "CREATE");
        var id = await NestedSet(bench);
        var stack = Value(await Describe(bench, id), "StackId");
        Assert.Null((await bench.Stack(stack)).Element("Parameters"));
        await bench.Cfn("DeleteStack", "StackName=shop");
        Assert.Equal("DELETE_COMPLETE", await bench.Status(stack));
        Assert.Equal("OBSOLETE", Value(await Describe(bench, id), "ExecutionStatus"));
    }

    [Fact]
    public async Task A_set_against_drift_looks_into_nested_stacks_and_brings_them_back()
    {
        await using var bench = await Nest.Open();
        await bench.Create("shop", Nest.Parent);
        var inner = await bench.Physical("shop", "Inner");
        var topic = await bench.Physical(inner, "Other");
        await bench.Json("cloudcontrolapi", "UpdateResource", $$"""
            {"TypeName": "AWS::SNS::Topic", "Identifier": "{{topic}}",
             "PatchDocument": "[{\"op\": \"replace\", \"path\": \"/DisplayName\", \"value\": \"by hand\"}]"}
            """);
        await Make(bench, "UPDATE", "DeploymentMode=REVERT_DRIFT");
        Assert.Equal(["Inner", "Kept"], (await Describe(bench, "c")).Descendants("LogicalResourceId").Select(e => e.Value));
        Assert.Equal(["Other"], (await Describe(bench, await NestedSet(bench))).Descendants("LogicalResourceId").Select(e => e.Value));
        await bench.Cfn("ExecuteChangeSet", "StackName=shop", "ChangeSetName=c");
        Assert.Equal("UPDATE_COMPLETE", await bench.Status("shop"));
        Assert.Equal(inner.Split('/')[1], (await bench.Properties("AWS::SNS::Topic", topic))["DisplayName"]!.ToString());
    }

    private static Task<XElement> Make(Bench bench, string type, params string[] values) => bench.Cfn("CreateChangeSet",
        ["StackName=shop", "ChangeSetName=c", $"ChangeSetType={type}", "IncludeNestedStacks=true", $"TemplateBody={Nest.Parent}",
            .. values]);

    private static async Task<XElement> Describe(Bench bench, string of) => (await bench.Cfn("DescribeChangeSet",
        of == "c" ? ["StackName=shop", "ChangeSetName=c"] : [$"ChangeSetName={of}"])).Element("DescribeChangeSetResult")!;

    private static async Task<string> NestedSet(Bench bench) => (await Describe(bench, "c")).Descendants("ResourceChange")
        .Single(c => Value(c, "LogicalResourceId") == "Inner").Element("ChangeSetId")!.Value;

    private static string Value(XElement of, string name) => of.Element(name)!.Value;
}
