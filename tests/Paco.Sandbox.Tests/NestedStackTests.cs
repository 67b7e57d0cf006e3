using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>Stacks that are resources of other stacks (User Guide, nested stacks; the words of failures from public reports).</summary>
public sealed class NestedStackTests
{
    private const string Child = """
        Parameters: {Name: {Type: String}}
        Resources:
          Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Name}}
          Other: {Type: AWS::SNS::Topic, DependsOn: Topic, Properties: {DisplayName: !Ref "AWS::StackName"}}
        Outputs:
          Arn: {Value: !Ref Topic}
        """;

    private const string Parent = """
        Parameters: {Name: {Type: String, Default: orders}}
        Resources:
          Inner:
            Type: AWS::CloudFormation::Stack
            Properties:
              TemplateURL: https://templates.s3.us-west-2.amazonaws.com/child.yaml
              Parameters: {Name: !Ref Name}
              Tags: [{Key: part, Value: inner}]
              TimeoutInMinutes: 60
          Kept: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Inner.Outputs.Arn}}
        Outputs:
          Arn: {Value: !Sub "${Inner.Outputs.Arn}"}
        """;

    private static readonly string[] Renamed = ["Parameters.member.1.ParameterKey=Name", "Parameters.member.1.ParameterValue=bills"];

    [Fact]
    public async Task A_nested_stack_is_a_stack_of_its_own_and_a_resource_of_its_parent()
    {
        await using var bench = await Templates();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("shop", Parent, "Tags.member.1.Key=team", "Tags.member.1.Value=web"));

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
        await using var bench = await Templates(new SandboxOptions { Pace = Pace.Realistic });
        await bench.Create("shop", Parent);
        Assert.Equal("CREATE_IN_PROGRESS", await bench.Status("shop"));
        bench.Clock.Pass(7);
        Assert.Equal("CREATE_IN_PROGRESS", await bench.Status(await bench.Physical("shop", "Inner")));
        bench.Clock.Pass(60);
        Assert.Equal("CREATE_COMPLETE", await bench.Status("shop"));
    }

    [Fact]
    public async Task An_update_goes_through_the_nest_and_the_clean_up_comes_last()
    {
        await using var bench = await Templates();
        await bench.Create("shop", Parent);
        var id = await bench.Physical("shop", "Inner");

        Assert.Equal("UPDATE_COMPLETE", await bench.Update("shop", Parent, Renamed));

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
        await using var bench = await Templates();
        await bench.Create("shop", Parent);
        await bench.Put("templates", "child.yaml", With("Third: {Type: AWS::SNS::Topic}"));
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("shop", Parent));
        Assert.StartsWith("arn:", await bench.Physical(await bench.Physical("shop", "Inner"), "Third"), StringComparison.Ordinal);

        // And where nothing changed, the nested stack is left alone.
        var before = await bench.Events(await bench.Physical("shop", "Inner"));
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("shop", Parent));
        Assert.Equal(before, await bench.Events(await bench.Physical("shop", "Inner")));
    }

    // "Embedded stack … was not successfully created: The following resource(s) failed to create: [X]." (parallelcluster)
    [Fact]
    public async Task What_fails_within_fails_the_parent_and_all_of_it_is_rolled_back()
    {
        await using var bench = await Templates(Bench.With(new Fault.FailResource("shop-Inner-*", "Other", "no room")));
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("shop", Parent));

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
        await using var bench = await Templates(Bench.With(new Fault.FailResource("shop-Inner-*", "Third", "no room")));
        await bench.Create("shop", Parent);
        var id = await bench.Physical("shop", "Inner");
        await bench.Put("templates", "child.yaml", With("Third: {Type: AWS::SNS::Topic, DependsOn: Other}"));

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Update("shop", Parent));

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
        await using var bench = await Templates(Bench.With(new Fault.FailResource("shop", "Kept", "no room", On: ResourceAction.Update)));
        await bench.Create("shop", Parent);
        var id = await bench.Physical("shop", "Inner");

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Update("shop", Parent, Renamed));

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
        await using var bench = await Templates(Bench.With(
            new Fault.FailResource("shop-Inner-*", "Other", "stuck", Times: skips ? 9 : 2, On: ResourceAction.Update)));
        await bench.Put("templates", "child.yaml", Child.Replace("!Ref \"AWS::StackName\"", "!Ref Name", StringComparison.Ordinal));
        await bench.Create("shop", Parent);
        var id = await bench.Physical("shop", "Inner");

        Assert.Equal("UPDATE_ROLLBACK_FAILED", await bench.Update("shop", Parent, Renamed));
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
    public async Task A_cancelled_update_takes_the_nested_one_back()
    {
        await using var bench = await Templates(new SandboxOptions { Pace = Pace.Scaled(10) });
        await bench.Create("shop", Parent);
        bench.Clock.Pass(10_000);
        Assert.Equal("CREATE_COMPLETE", await bench.Status("shop"));
        var id = await bench.Physical("shop", "Inner");
        await bench.Update("shop", Parent, Renamed);
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
        await using (var first = await Templates(options))
        {
            await first.Create("shop", Parent);
            first.Clock.Pass(10_000);
            Assert.Equal("CREATE_COMPLETE", await first.Status("shop"));
            await first.Update("shop", Parent, Renamed);
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

    [Fact]
    public async Task Nested_stacks_go_with_their_parent()
    {
        await using var bench = await Templates();
        await bench.Put("templates", "middle.yaml", Parent);
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

    private const string Top = """
        Parameters: {Name: {Type: String, Default: orders}}
        Resources:
          Middle:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: "https://s3.amazonaws.com/templates/middle.yaml", Parameters: {Name: !Ref Name}}
          Last: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Middle.Outputs.Arn}}
        """;

    [Theory]
    [InlineData(false, "bills")]
    [InlineData(true, "orders")]
    public async Task A_nest_of_three_is_updated_or_goes_back_as_one(bool fails, string name)
    {
        await using var bench = await Templates(fails
            ? Bench.With(new Fault.FailResource("top", "Last", "no room", On: ResourceAction.Update)) : new());
        await bench.Put("templates", "middle.yaml", Parent);
        await bench.Create("top", Top);
        var middle = await bench.Physical("top", "Middle");
        var inner = await bench.Physical(middle, "Inner");

        var expected = fails ? "UPDATE_ROLLBACK_COMPLETE" : "UPDATE_COMPLETE";
        Assert.Equal(expected, await bench.Update("top", Top, Renamed));
        Assert.Equal([expected, expected], [await bench.Status(middle), await bench.Status(inner)]);
        Assert.Equal($"arn:aws:sns:us-west-2:111111111111:{name}", await bench.Physical(inner, "Topic"));
        Assert.Equal($"arn:aws:sns:us-west-2:111111111111:{name}",
            (await bench.Properties("AWS::SSM::Parameter", await bench.Physical("top", "Last")))["Value"]!.ToString());
        Assert.Equal([$"arn:aws:sns:us-west-2:111111111111:{name}"],
            (await bench.Query("sns", "ListTopics")).Descendants("TopicArn").Select(t => t.Value)
                .Where(t => !t.Contains("Other", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_nested_stack_that_leaves_the_template_is_deleted_and_one_that_comes_is_made()
    {
        await using var bench = await Templates();
        await bench.Create("shop", Parent);
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

    [Fact]
    public async Task Without_roll_back_what_failed_within_stays_and_is_mended_by_an_update()
    {
        await using var bench = await Templates(Bench.With(new Fault.FailResource("shop-Inner-*", "Other", "no room")));
        Assert.Equal("CREATE_FAILED", await bench.Create("shop", Parent, "DisableRollback=true"));
        var id = await bench.Physical("shop", "Inner");
        Assert.Equal("CREATE_FAILED", await bench.Status(id));
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("shop", Parent, "DisableRollback=true"));
        Assert.Equal("UPDATE_COMPLETE", await bench.Status(id));
    }

    [Fact]
    public async Task A_parent_without_roll_back_goes_back_by_hand()
    {
        await using var bench = await Templates(Bench.With(new Fault.FailResource("shop", "Kept", "no room", On: ResourceAction.Update)));
        await bench.Create("shop", Parent);
        var id = await bench.Physical("shop", "Inner");
        Assert.Equal("UPDATE_FAILED", await bench.Update("shop", Parent, [.. Renamed, "DisableRollback=true"]));
        Assert.Equal("UPDATE_COMPLETE", await bench.Status(id));
        await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("RollbackStack", $"StackName={id}"));

        await bench.Cfn("RollbackStack", "StackName=shop");
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Status("shop"));
        Assert.Equal("arn:aws:sns:us-west-2:111111111111:orders", await bench.Physical(id, "Topic"));
    }

    [Fact]
    public async Task A_creation_that_is_over_its_time_takes_its_nest_along()
    {
        await using var bench = await Templates(new SandboxOptions { Pace = Pace.Scaled(100) });
        await bench.Create("shop", Parent, "TimeoutInMinutes=1");
        var id = await bench.Physical("shop", "Inner");
        bench.Clock.Pass(61);
        Assert.Equal("ROLLBACK_IN_PROGRESS", await bench.Status("shop"));
        bench.Clock.Pass(100_000);
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Status("shop"));
        Assert.Equal("DELETE_COMPLETE", await bench.Status(id));
    }

    // User Guide, termination protection: of a nest it is the root's, for a nested stack too that is deleted directly.
    [Fact]
    public async Task The_roots_protection_is_that_of_all_in_its_nest()
    {
        await using var bench = await Templates();
        await bench.Create("shop", Parent, "EnableTerminationProtection=true");
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

    // SAR-Logging #31: the resource fails with "Requires capabilities : [CAPABILITY_AUTO_EXPAND]" and no physical id.
    [Theory]
    [InlineData("Resources: {R: {Type: AWS::IAM::Group}}", "Requires capabilities : [CAPABILITY_IAM]")]
    [InlineData("Transform: AWS::LanguageExtensions\nResources: {R: {Type: AWS::SNS::Topic}}",
        "Requires capabilities : [CAPABILITY_AUTO_EXPAND]")]
    [InlineData("Parameters: {P: {Type: String}}\nResources: {R: {Type: AWS::SNS::Topic}}", "Parameters: [P] must have values")]
    [InlineData("Resources: {R: {Type: AWS::No::Such}}", "Template format error: Unrecognized resource types: [AWS::No::Such]")]
    public async Task What_a_nested_template_lacks_fails_the_resource(string child, string reason)
    {
        await using var bench = await Templates();
        await bench.Put("templates", "child.yaml", child);
        await bench.Cfn("CreateStack", "StackName=shop", "OnFailure=DO_NOTHING", "TemplateBody=" + """
            Resources:
              Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://templates.s3.amazonaws.com/child.yaml"}}
            """);
        Assert.Contains($"Inner CREATE_FAILED {reason}", await bench.Events("shop"));
        Assert.Null((await bench.Resource("shop", "Inner")).Element("PhysicalResourceId"));
    }

    [Theory]
    [InlineData("s3://templates/child.yaml", "TemplateURL must be a supported URL.")]
    [InlineData("https://example.com/child.yaml", "TemplateURL must be a supported URL.")]
    [InlineData("https://templates.s3.amazonaws.com/none.yaml", "S3 error: The specified key does not exist.")]
    public async Task A_template_must_be_an_object_of_S3(string url, string reason)
    {
        await using var bench = await Templates();
        await bench.Create("shop", $"Resources: {{Inner: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: '{url}'}}}}}}");
        Assert.Contains(await bench.Events("shop"), e => e.StartsWith($"Inner CREATE_FAILED {reason}", StringComparison.Ordinal));
    }

    // The words: public reports of nested stacks with lists as parameters, and of properties a type does not have in templates.
    [Theory]
    [InlineData("TemplateURL: x, Parameters: {Name: [a, b]}",
        "Value of property Parameters must be an object with String (or simple type) properties")]
    [InlineData("TemplateURL: x, StackName: mine", "Encountered unsupported property StackName")]
    [InlineData("TimeoutInMinutes: 3", "Property TemplateURL cannot be empty.")]
    public async Task What_a_template_cannot_say_of_a_nested_stack(string properties, string reason)
    {
        await using var bench = await Templates();
        await bench.Create("shop", $"Resources: {{Inner: {{Type: AWS::CloudFormation::Stack, Properties: {{{properties}}}}}}}");
        Assert.Contains($"Inner CREATE_FAILED {reason}", await bench.Events("shop"));
    }

    [Fact]
    public async Task An_output_that_is_not_there_fails_who_reads_it()
    {
        await using var bench = await Templates();
        await bench.Create("shop", Parent.Replace("!GetAtt Inner.Outputs.Arn", "!GetAtt Inner.Outputs.None", StringComparison.Ordinal));
        Assert.Contains(await bench.Events("shop"), e => e.StartsWith(
            "Kept CREATE_FAILED Output 'None' not found in stack 'arn:aws:", StringComparison.Ordinal));
    }

    // User Guide, change sets: an AWS::CloudFormation::Stack is always among the changes, with the source Automatic.
    [Fact]
    public async Task A_change_set_always_says_that_a_nested_stack_may_change()
    {
        await using var bench = await Templates();
        await bench.Create("shop", Parent);
        await bench.Cfn("CreateChangeSet", "StackName=shop", "ChangeSetName=one", $"TemplateBody={Parent}");
        var set = await bench.Cfn("DescribeChangeSet", "StackName=shop", "ChangeSetName=one");
        Assert.Equal("CREATE_COMPLETE", set.Element("DescribeChangeSetResult")!.Element("Status")!.Value);
        var change = set.Descendants("ResourceChange").Single(c => c.Element("LogicalResourceId")!.Value == "Inner");
        Assert.Equal(["Modify", "False", "Automatic", "Dynamic"],
            new[] { "Action", "Replacement", "ChangeSource", "Evaluation" }.Select(name => change.Descendants(name).First().Value));
    }

    [Fact]
    public async Task An_output_that_an_update_adds_is_not_known_before()
    {
        await using var bench = await Templates();
        await bench.Create("shop", Parent);
        await bench.Put("templates", "child.yaml", $"{Child}\n  More: {{Value: here}}\n");
        var changed = Parent.Replace("!GetAtt Inner.Outputs.Arn}}", "!GetAtt Inner.Outputs.More}}", StringComparison.Ordinal);
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
        var summary = await bench.Cfn("GetTemplateSummary", $"TemplateBody={Parent}");
        Assert.Equal(["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
            summary.Descendants("Capabilities").Elements().Select(e => e.Value));
        Assert.Equal("The following resource(s) require capabilities: [AWS::CloudFormation::Stack]",
            summary.Descendants("CapabilitiesReason").Single().Value);
    }

    private static string With(string resource) => Child.Replace("Outputs:", $"  {resource}\nOutputs:", StringComparison.Ordinal);

    private static async Task<Bench> Templates(SandboxOptions? options = null)
    {
        var bench = new Bench(options);
        await bench.Put("templates", "child.yaml", Child);
        return bench;
    }
}
