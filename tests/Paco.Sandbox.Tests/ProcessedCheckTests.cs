using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>
/// What CloudFormation refuses at the call, in a template that transforms make first: it is they who find it, so that it ends the stack or
/// change set (User Guide, template macros: "processing of the template fails").
/// </summary>
public sealed class ProcessedCheckTests
{
    private const string Agreed = "Capabilities.member.2=CAPABILITY_AUTO_EXPAND";

    private const string Loop = """
        Transform: AWS::LanguageExtensions
        Conditions: {No: !Equals [a, b]}
        Resources:
          Fn::ForEach::Topics:
            - Name
            - [A, B]
            - Topic${Name}: {Type: AWS::SNS::Topic, Condition: No}
          Always: {Type: AWS::SNS::Topic}
        """;

    [Theory]
    [InlineData("Outputs: {O: {Value: !Ref TopicA}}", "Unresolved resource dependencies [TopicA] in the Outputs block of the template")]
    [InlineData("Outputs: {O: {Value: !Ref TopicC}}", "Unresolved resource dependencies [TopicC] in the Outputs block of the template")]
    [InlineData("Outputs: {O: {Value: !Select [2, !Split [',', 'a,b']]}}", "Fn::Select cannot select nonexistent value at index 2")]
    [InlineData("Outputs: {O: {Value: !If [Yes, a, b]}}", "unresolved condition dependency Yes in Fn::If")]
    public async Task What_is_wrong_with_it_ends_the_stack_before_anything_is_made(string outputs, string words)
    {
        await using var bench = new Bench();
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("s", $"{Loop}\n{outputs}", Agreed));
        var events = await bench.Events("s");
        Assert.Contains(events, e => e.StartsWith("s ROLLBACK_IN_PROGRESS", StringComparison.Ordinal)
            && e.Contains(words, StringComparison.Ordinal));
        Assert.DoesNotContain(events, e => e.StartsWith("Always", StringComparison.Ordinal));

        await bench.Cfn("CreateChangeSet", "StackName=n", "ChangeSetName=c", "ChangeSetType=CREATE", $"TemplateBody={Loop}\n{outputs}");
        var set = (await bench.Cfn("DescribeChangeSet", "StackName=n", "ChangeSetName=c")).Element("DescribeChangeSetResult")!;
        Assert.Equal("FAILED", set.Element("Status")!.Value);
        Assert.Contains(words, set.Element("StatusReason")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_needs_and_nobody_agreed_to_ends_it_before_anything_is_made()
    {
        await using var bench = new Bench();
        await bench.Cfn("CreateStack", "StackName=s", "Capabilities.member.1=CAPABILITY_AUTO_EXPAND", "TemplateBody=" + """
            Transform: AWS::LanguageExtensions
            Resources:
              Fn::ForEach::Groups: [Name, [A], {"Group${Name}": {Type: AWS::IAM::Group}}]
              Always: {Type: AWS::SNS::Topic}
            """);
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Status("s"));
        Assert.DoesNotContain(await bench.Events("s"), e => e.StartsWith("Always", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resources_that_loops_make_are_known_to_stack_policies_and_imports_and_have_types()
    {
        await using var bench = new Bench();
        var all = Loop.Replace("[a, b]", "[a, a]", StringComparison.Ordinal);
        const string Policy = """
            {"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "LogicalResourceId/TopicB"}]}
            """;
        Assert.Equal("CREATE_COMPLETE", await bench.Create("s", all, Agreed, $"StackPolicyBody={Policy}"));
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("t", all, Agreed, "ResourceTypes.member.1=AWS::SQS::*"));
        var summary = await bench.Cfn("GetTemplateSummary", "StackName=s");
        Assert.Equal(["TopicA", "TopicB", "Always"], summary.Descendants("LogicalResourceIds").Elements().Select(e => e.Value));
        Assert.Equal(["Always"], (await bench.Cfn("GetTemplateSummary", $"TemplateBody={all}"))
            .Descendants("LogicalResourceIds").Elements().Select(e => e.Value));
    }

    [Fact]
    public async Task A_template_that_is_kept_is_checked_at_the_call_since_nothing_transforms_it_again()
    {
        await using var bench = new Bench();
        var template = Loop.Replace("Conditions: {No: !Equals [a, b]}",
            "Parameters: {Made: {Type: String, Default: a}}\nConditions: {No: !Equals [!Ref Made, a]}", StringComparison.Ordinal);
        Assert.Equal("CREATE_COMPLETE", await bench.Create("s", $"{template}\nOutputs: {{O: {{Value: !Ref TopicA}}}}", Agreed));
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("UpdateStack", "StackName=s", "UsePreviousTemplate=true",
            "Parameters.member.1.ParameterKey=Made", "Parameters.member.1.ParameterValue=b"));
        Assert.Equal(("ValidationError", "Unresolved resource dependencies [TopicA] in the Outputs block of the template"),
            (refusal.Code, refusal.Words));
    }
}
