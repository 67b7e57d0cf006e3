using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>
/// The source Automatic. API_ResourceChangeDetail: "If you made no changes to the AWS::CloudFormation::Stack resource, CloudFormation sets
/// the ChangeSource to Automatic because the nested stack's template might have changed."
/// </summary>
public sealed class AutomaticChangeTests
{
    private const string Next = """
          Next:
            Type: AWS::CloudFormation::Stack
            Properties:
              TemplateURL: https://templates.s3.us-west-2.amazonaws.com/child.yaml
              Parameters: {Name: !Sub "next-${Inner.Outputs.Word}"}
        Outputs:
        """;

    private static readonly string Parent = Nest.Parent.Replace("Outputs:\n", $"{Next}\n", StringComparison.Ordinal);

    // The answer of DescribeChangeSet in the User Guide, change sets for nested stacks.
    [Fact]
    public async Task Of_a_nested_stack_that_stays_one_detail_is_told()
    {
        await using var bench = await Nest.Open();
        await bench.Create("shop", Nest.Parent);
        foreach (var values in new[] { "false", "true" })
        {
            var change = Of(await Set(bench, Nest.Parent, values), "Inner");
            Assert.Equal(("Modify", "False", "Properties"),
                (Value(change, "Action"), Value(change, "Replacement"), Value(change, "Scope")));
            var detail = Assert.Single(change.Element("Details")!.Elements());
            Assert.Equal("<Attribute>Properties</Attribute><RequiresRecreation>Never</RequiresRecreation>", string.Concat(
                detail.Element("Target")!.Elements().Where(e => e.Name != "AttributeChangeType").Select(e => e.ToString())));
            Assert.Equal(("Dynamic", "Automatic", null),
                (Value(detail, "Evaluation"), Value(detail, "ChangeSource"), detail.Element("CausingEntity")));
        }
    }

    [Fact]
    public async Task What_the_template_changes_of_a_nested_stack_is_told_instead()
    {
        await using var bench = await Nest.Open();
        await bench.Create("shop", Nest.Parent);
        await bench.Put("templates", "other.yaml", Nest.Child);
        var change = Of(await Set(bench, Nest.Parent.Replace("child.yaml", "other.yaml", StringComparison.Ordinal), "false"), "Inner");
        var detail = Assert.Single(change.Element("Details")!.Elements());
        Assert.Equal(("TemplateURL", "DirectModification", "Static"),
            (detail.Descendants("Name").Single().Value, Value(detail, "ChangeSource"), Value(detail, "Evaluation")));
    }

    // A published set of an Amplify application, with values: a nested stack with outputs of another one as parameters has this one detail.
    [Fact]
    public async Task Outputs_of_another_nested_stack_are_with_values_what_they_are()
    {
        await using var bench = await Nest.Open();
        await bench.Put("templates", "child.yaml", $"{Nest.Child}\n  Word: {{Value: word}}\n");
        Assert.Equal("CREATE_COMPLETE", await bench.Create("shop", Parent));
        var set = await Set(bench, Parent, "true");
        Assert.Equal("Automatic", Assert.Single(Of(set, "Next").Descendants("ChangeSource")).Value);
        Assert.Equal(Value(Of(set, "Next"), "BeforeContext"), Value(Of(set, "Next"), "AfterContext"));
        Assert.DoesNotContain(set.Descendants("LogicalResourceId"), e => e.Value == "Kept");

        // Without values it is told that they may be others by then.
        set = await Set(bench, Parent, "false");
        Assert.Equal(["Automatic", "ResourceAttribute"],
            Of(set, "Next").Descendants("ChangeSource").Select(e => e.Value).Order(StringComparer.Ordinal));
        Assert.Equal("Inner.Outputs.Arn", Of(set, "Kept").Descendants("CausingEntity").Single().Value);
    }

    private static async Task<XElement> Set(Bench bench, string template, string values)
    {
        await bench.Cfn("DeleteChangeSet", "StackName=shop", "ChangeSetName=c");
        await bench.Cfn("CreateChangeSet", "StackName=shop", "ChangeSetName=c", $"TemplateBody={template}");
        return await bench.Cfn("DescribeChangeSet", "StackName=shop", "ChangeSetName=c", $"IncludePropertyValues={values}");
    }

    private static XElement Of(XElement set, string logical) =>
        set.Descendants("ResourceChange").Single(c => Value(c, "LogicalResourceId") == logical);

    private static string Value(XElement of, string name) => of.Element(name)!.Value;
}
