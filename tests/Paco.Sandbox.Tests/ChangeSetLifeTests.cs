using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>Change sets from first to last. Recorded answers of AWS: localstack's test_changesets, validated against it.</summary>
public sealed class ChangeSetLifeTests
{
    private const string One = """
        Parameters: {Word: {Type: String, Default: x}}
        Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: one}}}
        """;

    private static readonly string Two = One.Replace("DisplayName: one", "DisplayName: two", StringComparison.Ordinal);

    // What `cdk deploy` does twice: it deletes what may be there, waits until nothing is found by that name, makes a set of it, and
    // executes that.
    [Fact]
    public async Task An_executed_name_can_be_used_again_and_what_is_not_there_can_be_deleted()
    {
        await using var bench = new Bench();
        var sets = new List<string>();
        foreach (var (type, template) in new[] { ("CREATE", One), ("UPDATE", Two), ("UPDATE", One) })
        {
            if (type == "UPDATE")
            {
                await bench.Cfn("DeleteChangeSet", "StackName=s", "ChangeSetName=cdk-deploy-change-set");
                var gone = await Assert.ThrowsAsync<Refusal>(
                    () => bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=cdk-deploy-change-set"));
                Assert.Equal("ChangeSetNotFound", gone.Code);
            }

            sets.Add((await Make(bench, "s", "cdk-deploy-change-set", type, template)).Element("Id")!.Value);
            await bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=cdk-deploy-change-set");
        }

        Assert.Equal("UPDATE_COMPLETE", await bench.Status("s"));
        Assert.Equal(3, sets.Distinct().Count());
        Assert.Equal(sets[2], (await bench.Stack("s")).Element("ChangeSetId")!.Value);
    }

    // test_delete_change_set_exception, test_describe_change_set_nonexisting
    [Fact]
    public async Task A_stack_that_is_not_there_has_no_change_set_to_delete()
    {
        await using var bench = new Bench();
        foreach (var action in new[] { "DeleteChangeSet", "DescribeChangeSet" })
        {
            var missing = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn(action, "StackName=nostack", "ChangeSetName=c"));
            Assert.Equal(("ValidationError", "Stack [nostack] does not exist"), (missing.Code, missing.Words));
            var nameless = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn(action, "ChangeSetName=c"));
            Assert.Equal("StackName must be specified if ChangeSetName is not specified as an ARN.", nameless.Words);
        }
    }

    // test_name_conflicts
    [Fact]
    public async Task A_set_is_described_by_its_ARN_after_its_stack_is_gone()
    {
        await using var bench = new Bench();
        var id = (await Make(bench, "s", "c", "CREATE", One)).Element("Id")!.Value;
        await bench.Cfn("ExecuteChangeSet", $"ChangeSetName={id}");
        var unused = (await Make(bench, "s", "d", "UPDATE", Two)).Element("Id")!.Value;
        await bench.Cfn("DeleteStack", "StackName=s");
        await Assert.ThrowsAsync<Refusal>(() => bench.Stack("s"));
        var set = await bench.Cfn("DescribeChangeSet", $"ChangeSetName={id}");
        Assert.Equal(("EXECUTE_COMPLETE", "CREATE_COMPLETE", "Add"),
            (Value(set, "ExecutionStatus"), Value(set, "Status"), Value(set, "Action")));
        Assert.Equal("OBSOLETE", Value(await bench.Cfn("DescribeChangeSet", $"ChangeSetName={unused}"), "ExecutionStatus"));
        var another = await bench.In("222222222222");
        var foreign = await Assert.ThrowsAsync<Refusal>(() => another.Cfn("DescribeChangeSet", $"ChangeSetName={id}"));
        Assert.Equal("ChangeSetNotFound", foreign.Code);
    }

    // test_name_conflicts; the summary: getmoto/moto #4424
    [Fact]
    public async Task A_stack_under_review_has_neither_parameters_nor_template()
    {
        await using var bench = new Bench();
        await Make(bench, "s", "c", "CREATE", One);
        var stack = await bench.Stack("s");
        Assert.Equal(("REVIEW_IN_PROGRESS", "User Initiated"), (Value(stack, "StackStatus"), Value(stack, "StackStatusReason")));
        Assert.Null(stack.Element("Parameters"));
        Assert.Equal("x", Value(await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c"), "ParameterValue"));
        Assert.Empty((await bench.Cfn("GetTemplate", "StackName=s")).Descendants("TemplateBody"));
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("GetTemplateSummary", "StackName=s"));
        Assert.Equal(("ValidationError", "GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks."),
            (refusal.Code, refusal.Words));
        await bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=c");
        Assert.Equal("x", Value(await bench.Stack("s"), "ParameterValue"));
    }

    // test_create_while_in_review
    [Fact]
    public async Task A_stack_under_review_can_be_created_and_its_sets_are_obsolete_then()
    {
        await using var bench = new Bench();
        var made = await Make(bench, "s", "c", "CREATE", One);
        var created = await bench.Cfn("CreateStack", "StackName=s", $"TemplateBody={Two}", "EnableTerminationProtection=true");
        Assert.Equal(Value(made, "StackId"), Value(created, "StackId"));
        Assert.Equal("CREATE_COMPLETE", await bench.Status("s"));
        Assert.Equal("true", Value(await bench.Stack("s"), "EnableTerminationProtection"));
        Assert.Equal("OBSOLETE", Value(await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c"), "ExecutionStatus"));
        Assert.Equal("InvalidChangeSetStatus",
            (await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=c"))).Code);
    }

    [Fact]
    public async Task A_set_tells_how_its_execution_goes_and_ended()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "Topic", "no", Times: 1, On: ResourceAction.Update))
            with { Pace = Pace.Realistic });
        var ends = new List<string>();
        foreach (var (type, template) in new[] { ("CREATE", One), ("UPDATE", Two), ("UPDATE", Two) })
        {
            var id = (await Make(bench, "s", "c", type, template)).Element("Id")!.Value;
            await bench.Cfn("ExecuteChangeSet", $"ChangeSetName={id}");
            Assert.Equal("EXECUTE_IN_PROGRESS", await Execution(bench, id));
            bench.Clock.Pass(3600);
            ends.Add(id);
        }

        Assert.Equal(["EXECUTE_COMPLETE", "EXECUTE_FAILED", "EXECUTE_COMPLETE"], [await Execution(bench, ends[0]),
            await Execution(bench, ends[1]), await Execution(bench, ends[2])]);
    }

    [Fact]
    public async Task An_update_makes_the_sets_of_its_stack_obsolete()
    {
        await using var bench = new Bench();
        await bench.Create("s", One);
        await Make(bench, "s", "c", "UPDATE", Two);
        await bench.Update("s", One.Replace("one", "three", StringComparison.Ordinal));
        Assert.Equal("OBSOLETE", Value(await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c"), "ExecutionStatus"));
    }

    private static async Task<string> Execution(Bench bench, string id) =>
        Value(await bench.Cfn("DescribeChangeSet", $"ChangeSetName={id}"), "ExecutionStatus");

    private static async Task<XElement> Make(Bench bench, string stack, string name, string type, string template) =>
        (await bench.Cfn("CreateChangeSet", $"StackName={stack}", $"ChangeSetName={name}", $"ChangeSetType={type}",
            $"TemplateBody={template}")).Descendants("CreateChangeSetResult").Single();

    private static string Value(XElement element, string name) => element.Descendants(name).First().Value;
}
