using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>Stacks that are resources of other stacks (User Guide, nested stacks).</summary>
public sealed class NestedStackTests
{
    [Fact]
    public async Task A_nested_stack_is_a_stack_of_its_own_and_a_resource_of_its_parent()
    {
        await using var bench = await Nest.Open();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("shop", Nest.Parent, "Tags.member.1.Key=team", "Tags.member.1.Value=web"));

        var id = await bench.Physical("shop", "Inner");
        Assert.Matches("^arn:aws:cloudformation:us-west-2:111111111111:stack/shop-Inner-[A-Z0-9]{13}/", id);
        var nested = await bench.Stack(id);
        Assert.Equal("CREATE_COMPLETE", nested.Element("StackStatus")!.Value);
        var root = (await bench.Stack("shop")).Element("StackId")!.Value;
        Assert.Equal([root, root], [nested.Element("ParentId")!.Value, nested.Element("RootId")!.Value]);
        Assert.Equal("60", nested.Element("TimeoutInMinutes")!.Value);
        Assert.Equal(["team=web", "part=inner"], nested.Descendants("Tags").Elements().Select(t =>
             $"{t.Element("Key")!.Value}={t.Element("Value")!.Value}"));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:orders", await bench.Output("shop", "Arn"));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:orders",
            (await bench.Properties("AWS::SSM::Parameter", await bench.Physical("shop", "Kept")))["Value"]!.ToString());
        Assert.Equal(
            [
                "shop CREATE_IN_PROGRESS User Initiated",
                "Inner CREATE_IN_PROGRESS",
                "Inner CREATE_IN_PROGRESS Resource creation Initiated",
                "Inner CREATE_COMPLETE",
            ],
            (await bench.Events("shop"))[..4]);
        Assert.Equal("Topic CREATE_COMPLETE", (await bench.Events(id))[3]);
    }

    [Fact]
    public async Task The_parent_waits_for_what_its_nested_stack_makes()
    {
        await using var bench = await Nest.Open(new SandboxOptions { Pace = Pace.Realistic });
        await bench.Create("shop", Nest.Parent);
        Assert.Equal("CREATE_IN_PROGRESS", await bench.Status("shop"));
        bench.Clock.Pass(7);
        Assert.Equal("CREATE_IN_PROGRESS", await bench.Status(await bench.Physical("shop", "Inner")));
        bench.Clock.Pass(60);
        Assert.Equal("CREATE_COMPLETE", await bench.Status("shop"));
    }

    [Fact]
    public async Task An_update_goes_through_the_nest_and_the_clean_up_comes_last()
    {
        await using var bench = await Nest.Open();
        await bench.Create("shop", Nest.Parent);
        var id = await bench.Physical("shop", "Inner");

        Assert.Equal("UPDATE_COMPLETE", await bench.Update("shop", Nest.Parent, Nest.Renamed));

        Assert.Equal(id, await bench.Physical("shop", "Inner"));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:bills", await bench.Output("shop", "Arn"));
        Assert.Equal(
            [
                "Inner UPDATE_IN_PROGRESS",
                "Inner UPDATE_COMPLETE",
                "Kept UPDATE_IN_PROGRESS",
                "Kept UPDATE_COMPLETE",
                "shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                "Inner UPDATE_COMPLETE",
                "shop UPDATE_COMPLETE",
            ],
            (await bench.Events("shop"))[^7..]);
        Assert.Equal(
            ["UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "DELETE_IN_PROGRESS", "DELETE_COMPLETE", "UPDATE_COMPLETE"],
            (await bench.Events(id))[^4..].Select(e => e.Split(' ')[1]));
    }

    [Fact]
    public async Task A_template_that_changed_under_the_same_address_is_found_by_an_update_of_the_parent()
    {
        await using var bench = await Nest.Open();
        await bench.Create("shop", Nest.Parent);
        await bench.Put("templates", "child.yaml", Nest.With("Third: {Type: AWS::SNS::Topic}"));
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("shop", Nest.Parent));
        Assert.StartsWith("arn:", await bench.Physical(await bench.Physical("shop", "Inner"), "Third"), StringComparison.Ordinal);

        // And where nothing changed, the nested stack is left alone.
        var before = await bench.Events(await bench.Physical("shop", "Inner"));
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("shop", Nest.Parent));
        Assert.Equal(before, await bench.Events(await bench.Physical("shop", "Inner")));
    }

    [Fact]
    public async Task Nested_stacks_go_with_their_parent()
    {
        await using var bench = await Nest.Open();
        await bench.Put("templates", "middle.yaml", Nest.Parent);
        await bench.Create("top", """
            Resources:
              Middle:
                Type: AWS::CloudFormation::Stack
                Properties: {TemplateURL: "https://s3.us-west-2.amazonaws.com/templates/middle.yaml"}
            """);
        var middle = await bench.Physical("top", "Middle");
        var inner = await bench.Physical(middle, "Inner");
        var (top, nested) = ((await bench.Stack("top")).Element("StackId")!.Value, await bench.Stack(inner));
        Assert.Equal([middle, top], [nested.Element("ParentId")!.Value, nested.Element("RootId")!.Value]);

        await bench.Cfn("DeleteStack", "StackName=top");
        foreach (var id in new[] { top, middle, inner })
        {
            Assert.Equal("DELETE_COMPLETE", await bench.Status(id));
        }
    }

    // What a stack says of its own exports; the parent's words are those of many reports.
    [Fact]
    public async Task A_nested_stack_whose_export_is_imported_stays_and_its_parents_deletion_fails()
    {
        await using var bench = await Nest.Open();
        await bench.Put("templates", "child.yaml", $"{Nest.Child}\n  Word: {{Value: word, Export: {{Name: shop-word}}}}\n");
        await bench.Create("shop", Nest.Parent);
        var id = await bench.Physical("shop", "Inner");
        await bench.Create("reader",
            "Resources: {P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !ImportValue shop-word}}}");
        await bench.Cfn("DeleteStack", "StackName=shop");
        Assert.Equal("DELETE_FAILED", await bench.Status("shop"));
        Assert.Equal("CREATE_COMPLETE", await bench.Status(id));
        Assert.Contains($"Inner DELETE_FAILED Embedded stack {id} was not successfully deleted: "
            + "Delete canceled. Cannot delete export shop-word as it is in use by reader.", await bench.Events("shop"));

        await bench.Cfn("DeleteStack", "StackName=reader");
        await bench.Cfn("DeleteStack", "StackName=shop");
        Assert.Equal("DELETE_COMPLETE", await bench.Status(id));
    }

    [Fact]
    public async Task A_nested_stack_that_leaves_the_template_is_deleted_and_one_that_comes_is_made()
    {
        await using var bench = await Nest.Open();
        await bench.Create("shop", Nest.Parent);
        var id = await bench.Physical("shop", "Inner");
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("shop", """
            Resources:
              Another:
                Type: AWS::CloudFormation::Stack
                Properties: {TemplateURL: "https://s3.amazonaws.com/templates/child.yaml", Parameters: {Name: other}}
            """));
        Assert.Equal("DELETE_COMPLETE", await bench.Status(id));
        Assert.Equal("CREATE_COMPLETE", await bench.Status(await bench.Physical("shop", "Another")));
    }

    // User Guide, termination protection: of a nest it is the root's, for a nested stack too that is deleted directly.
    [Fact]
    public async Task The_roots_protection_is_that_of_all_in_its_nest()
    {
        await using var bench = await Nest.Open();
        await bench.Create("shop", Nest.Parent, "EnableTerminationProtection=true");
        var id = await bench.Physical("shop", "Inner");
        Assert.Equal("true", (await bench.Stack(id)).Element("EnableTerminationProtection")!.Value);
        await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("DeleteStack", $"StackName={id}"));
        var refusal = await Assert.ThrowsAsync<Refusal>(() =>
            bench.Cfn("UpdateTerminationProtection", $"StackName={id}", "EnableTerminationProtection=false"));
        Assert.Contains("can't be changed directly on the nested stack", refusal.Words, StringComparison.Ordinal);

        await bench.Cfn("UpdateTerminationProtection", "StackName=shop", "EnableTerminationProtection=false");
        await bench.Cfn("DeleteStack", $"StackName={id}");
        Assert.Equal("DELETE_COMPLETE", await bench.Status(id));
        await bench.Cfn("DeleteStack", "StackName=shop");
        await Assert.ThrowsAsync<Refusal>(() => bench.Status("shop"));
    }

    // User Guide, change sets: an AWS::CloudFormation::Stack is always among the changes, with the source Automatic.
    [Fact]
    public async Task A_change_set_always_says_that_a_nested_stack_may_change()
    {
        await using var bench = await Nest.Open();
        await bench.Create("shop", Nest.Parent);
        await bench.Cfn("CreateChangeSet", "StackName=shop", "ChangeSetName=one", $"TemplateBody={Nest.Parent}");
        var set = await bench.Cfn("DescribeChangeSet", "StackName=shop", "ChangeSetName=one");
        Assert.Equal("CREATE_COMPLETE", set.Element("DescribeChangeSetResult")!.Element("Status")!.Value);
        var change = set.Descendants("ResourceChange").Single(c => c.Element("LogicalResourceId")!.Value == "Inner");
        Assert.Equal(["Modify", "False", "Automatic", "Dynamic"],
            new[] { "Action", "Replacement", "ChangeSource", "Evaluation" }.Select(name => change.Descendants(name).First().Value));
    }

    [Fact]
    public async Task An_output_that_an_update_adds_is_not_known_before()
    {
        await using var bench = await Nest.Open();
        await bench.Create("shop", Nest.Parent);
        await bench.Put("templates", "child.yaml", $"{Nest.Child}\n  More: {{Value: here}}\n");
        var changed = Nest.Parent.Replace("!GetAtt Inner.Outputs.Arn}}", "!GetAtt Inner.Outputs.More}}", StringComparison.Ordinal);
        await bench.Cfn("CreateChangeSet", "StackName=shop", "ChangeSetName=one", $"TemplateBody={changed}");
        var set = await bench.Cfn("DescribeChangeSet", "StackName=shop", "ChangeSetName=one");
        Assert.Equal(["Inner", "Kept"], set.Descendants("LogicalResourceId").Select(e => e.Value));
        await bench.Cfn("ExecuteChangeSet", "StackName=shop", "ChangeSetName=one");
        Assert.Equal("UPDATE_COMPLETE", await bench.Status("shop"));
        Assert.Equal("here", (await bench.Properties("AWS::SSM::Parameter", await bench.Physical("shop", "Kept")))["Value"]!.ToString());
    }

    [Fact]
    public async Task A_summary_asks_for_all_that_a_nested_stack_may_need()
    {
        await using var bench = new Bench();
        var summary = await bench.Cfn("GetTemplateSummary", $"TemplateBody={Nest.Parent}");
        Assert.Equal(["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
            summary.Descendants("Capabilities").Elements().Select(e => e.Value));
        Assert.Equal("The following resource(s) require capabilities: [AWS::CloudFormation::Stack]",
            summary.Descendants("CapabilitiesReason").Single().Value);
    }
}
