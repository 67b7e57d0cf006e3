using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>Change sets that include nested stacks (User Guide, change sets for nested stacks).</summary>
public sealed class NestedChangeSetTests
{
    private const string Child = """
        Parameters: {Name: {Type: String}}
        Resources:
          Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Name}}
        """;

    private const string Parent = """
        Parameters: {Name: {Type: String, Default: orders}}
        Resources:
          One:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: "https://templates.s3.amazonaws.com/child.yaml", Parameters: {Name: !Ref Name}}
          Two:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: "https://templates.s3.amazonaws.com/child.yaml", Parameters: {Name: same}}
        """;

    [Fact]
    public async Task A_set_of_a_new_nest_has_a_set_for_each_stack_and_they_are_executed_together()
    {
        await using var bench = new Bench();
        await bench.Put("templates", "child.yaml", Child);
        await Make(bench, "CREATE", Parent);

        var root = await Describe(bench, "shop");
        Assert.Equal("true", root.Element("IncludeNestedStacks")!.Value);
        var (_, id) = Nested(root, "One");
        var set = await Describe(bench, id);
        Assert.Equal("CREATE_COMPLETE", set.Element("Status")!.Value);
        Assert.Equal(root.Element("ChangeSetId")!.Value, set.Element("RootChangeSetId")!.Value);
        Assert.Equal(root.Element("ChangeSetId")!.Value, set.Element("ParentChangeSetId")!.Value);
        Assert.Equal("Topic", set.Descendants("LogicalResourceId").Single().Value);
        var stack = set.Element("StackId")!.Value;
        Assert.Equal("REVIEW_IN_PROGRESS", await bench.Status(stack));
        foreach (var action in new[] { "ExecuteChangeSet", "DeleteChangeSet" })
        {
            await Assert.ThrowsAsync<Refusal>(() => bench.Cfn(action, $"ChangeSetName={id}"));
        }

        // What stands at the address by now is another template; the one that was looked at is used.
        await bench.Put("templates", "child.yaml", "Resources: {Other: {Type: AWS::SNS::Topic}}");
        await bench.Cfn("ExecuteChangeSet", "StackName=shop", "ChangeSetName=one");
        Assert.Equal("CREATE_COMPLETE", await bench.Status("shop"));
        Assert.Equal(stack, await bench.Physical("shop", "One"));
        Assert.Equal("orders", (await bench.Properties("AWS::SNS::Topic",
            await bench.Physical(stack, "Topic")))["DisplayName"]!.ToString());
        Assert.Equal("EXECUTE_COMPLETE", (await Describe(bench, id)).Element("ExecutionStatus")!.Value);
    }

    [Fact]
    public async Task Only_what_changes_is_among_the_changes()
    {
        await using var bench = new Bench();
        await bench.Put("templates", "child.yaml", Child);
        await bench.Create("shop", Parent);
        await Make(bench, "UPDATE", Parent, "Parameters.member.1.ParameterKey=Name", "Parameters.member.1.ParameterValue=bills");

        var root = await Describe(bench, "shop");
        Assert.Equal(["One"], root.Descendants("LogicalResourceId").Select(e => e.Value));
        var set = await Describe(bench, Nested(root, "One").Set);
        Assert.Equal(["DisplayName"], set.Descendants("Name").Select(e => e.Value).Distinct());
        await bench.Cfn("ExecuteChangeSet", "StackName=shop", "ChangeSetName=one");
        Assert.Equal("UPDATE_COMPLETE", await bench.Status("shop"));
        Assert.Equal("bills", (await bench.Properties("AWS::SNS::Topic",
            await bench.Physical(await bench.Physical("shop", "One"), "Topic")))["DisplayName"]!.ToString());
    }

    [Fact]
    public async Task A_nest_that_stays_as_it_is_has_no_changes()
    {
        await using var bench = new Bench();
        await bench.Put("templates", "child.yaml", Child);
        await bench.Create("shop", Parent);
        await Make(bench, "UPDATE", Parent);
        var root = await Describe(bench, "shop");
        Assert.Equal("FAILED", root.Element("Status")!.Value);
        Assert.StartsWith("The submitted information didn't contain changes.",
            root.Element("StatusReason")!.Value, StringComparison.Ordinal);
    }

    // "Nested change set … was not successfully created: Currently in FAILED." (sam-cli and others)
    [Fact]
    public async Task A_nested_set_that_fails_fails_the_one_at_the_top()
    {
        await using var bench = new Bench();
        await bench.Put("templates", "child.yaml", "Parameters: {Missing: {Type: String}}\nResources: {T: {Type: AWS::SNS::Topic}}");
        await Make(bench, "CREATE", Parent.Replace(", Parameters: {Name: !Ref Name}", "", StringComparison.Ordinal));
        var root = await Describe(bench, "shop");
        Assert.Equal("FAILED", root.Element("Status")!.Value);
        Assert.Matches("^Nested change set arn:aws:[^ ]+ was not successfully created: Currently in FAILED\\.$",
            root.Element("StatusReason")!.Value);
        var id = root.Element("StatusReason")!.Value.Split(' ')[3];
        Assert.Equal("Parameters: [Missing] must have values", (await Describe(bench, id)).Element("StatusReason")!.Value);
    }

    [Fact]
    public async Task What_another_nested_stack_has_first_is_not_known_before()
    {
        await using var bench = new Bench();
        await bench.Put("templates", "kinds.yaml",
            "Resources: {T: {Type: AWS::SNS::Topic}}\nOutputs: {Kind: {Value: !Select [0, !Split ['.', 'String.x']]}}");
        await bench.Put("templates", "kept.yaml", """
            Parameters: {Kind: {Type: String, AllowedValues: [String, StringList]}}
            Rules: {Known: {Assertions: [{Assert: !Equals [!Ref Kind, String]}]}}
            Mappings: {Words: {String: {Word: one}}}
            Resources:
              P: {Type: AWS::SSM::Parameter, Properties: {Type: !Ref Kind, Value: !FindInMap [Words, !Ref Kind, Word]}}
            """);
        await Make(bench, "CREATE", """
            Resources:
              Kinds: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://templates.s3.amazonaws.com/kinds.yaml"}}
              Kept:
                Type: AWS::CloudFormation::Stack
                Properties: {TemplateURL: "https://templates.s3.amazonaws.com/kept.yaml", Parameters: {Kind: !GetAtt Kinds.Outputs.Kind}}
            """);
        var set = await Describe(bench, Nested(await Describe(bench, "shop"), "Kept").Set);
        Assert.Equal(("CREATE_COMPLETE", "{{changeSet:KNOWN_AFTER_APPLY}}"),
            (set.Element("Status")!.Value, set.Descendants("ParameterValue").Single().Value));
        var told = await bench.Cfn("DescribeChangeSet", $"ChangeSetName={set.Element("ChangeSetId")!.Value}", "IncludePropertyValues=true");
        Assert.Contains("\"Value\":\"{{changeSet:KNOWN_AFTER_APPLY}}\"", told.Descendants("AfterContext").Single().Value,
            StringComparison.Ordinal);

        await bench.Cfn("ExecuteChangeSet", "StackName=shop", "ChangeSetName=one");
        Assert.Equal("CREATE_COMPLETE", await bench.Status("shop"));
        var stack = await bench.Physical("shop", "Kept");
        Assert.Equal("one", (await bench.Properties("AWS::SSM::Parameter", await bench.Physical(stack, "P")))["Value"]!.ToString());
    }

    [Fact]
    public async Task Deleting_the_set_at_the_top_deletes_the_others_and_the_stacks_made_for_them()
    {
        await using var bench = new Bench();
        await bench.Put("templates", "child.yaml", Child);
        await Make(bench, "CREATE", Parent);
        var id = Nested(await Describe(bench, "shop"), "One").Set;
        var stack = (await Describe(bench, id)).Element("StackId")!.Value;
        await bench.Cfn("DeleteChangeSet", "StackName=shop", "ChangeSetName=one");
        Assert.Equal("ChangeSetNotFound", (await Assert.ThrowsAsync<Refusal>(() => Describe(bench, id))).Code);
        Assert.Equal("DELETE_COMPLETE", await bench.Status(stack));
    }

    private static Task<XElement> Make(Bench bench, string type, string template, params string[] values) => bench.Cfn("CreateChangeSet",
        ["StackName=shop", "ChangeSetName=one", $"ChangeSetType={type}", "IncludeNestedStacks=true", $"TemplateBody={template}",
            .. values]);

    private static async Task<XElement> Describe(Bench bench, string of) => (await bench.Cfn("DescribeChangeSet",
        of == "shop" ? ["StackName=shop", "ChangeSetName=one"] : [$"ChangeSetName={of}"])).Element("DescribeChangeSetResult")!;

    private static (XElement Change, string Set) Nested(XElement set, string logical)
    {
        var change = set.Descendants("ResourceChange").Single(c => c.Element("LogicalResourceId")!.Value == logical);
        return (change, change.Element("ChangeSetId")!.Value);
    }
}
