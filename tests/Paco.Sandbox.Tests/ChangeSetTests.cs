using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

public sealed class ChangeSetTests
{
    private const string Before = """
        Resources:
          Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
          Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
          Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: a}}
        """;

    [Fact]
    public async Task Changes_are_told_property_by_property_before_anything_happens()
    {
        await using var bench = new Bench();
        await bench.Create("s", Before);
        await Make(bench, Before.Replace("10.0.0.0/16", "10.5.0.0/16", StringComparison.Ordinal)
            .Replace("DisplayName: a", "DisplayName: b", StringComparison.Ordinal));
        var set = await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c", "IncludePropertyValues=true");

        Assert.Equal(["Topic", "Vpc", "Subnet"],
            set.Descendants("LogicalResourceId").Select(e => e.Value).OrderByDescending(e => e == "Topic").ThenByDescending(e => e));
        var (vpc, subnet, topic) = (Change(set, "Vpc"), Change(set, "Subnet"), Change(set, "Topic"));
        Assert.Equal(("True", "True", "False"),
            (Value(vpc, "Replacement"), Value(subnet, "Replacement"), Value(topic, "Replacement")));
        Assert.Equal(("Always", "10.0.0.0/16", "10.5.0.0/16"),
            (Value(vpc, "RequiresRecreation"), Value(vpc, "BeforeValue"), Value(vpc, "AfterValue")));
        Assert.Equal(["Dynamic DirectModification ", "Static ResourceReference Vpc"], Causes(subnet));
        Assert.Equal("{{changeSet:KNOWN_AFTER_APPLY}}", Value(subnet, "AfterValue"));
        Assert.Equal(("/Properties/DisplayName", "Modify"), (Value(topic, "Path"), Value(topic, "AttributeChangeType")));
        Assert.DoesNotContain(await bench.Events("s"), e => e.Contains("UPDATE", StringComparison.Ordinal));
    }

    // ResourceChangeDetail's own example of an entity that causes a change is a parameter called MyPasswordParameter.
    [Fact]
    public async Task A_parameter_whose_value_changes_is_named_and_a_NoEcho_value_is_not()
    {
        const string Template = """
            Parameters: {Pw: {Type: String, NoEcho: true}, Other: {Type: String}}
            Resources:
              Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub "x-${Pw}"}}
              Second: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Other}}
            """;
        await using var bench = new Bench();
        await bench.Create("s", Template, "Parameters.member.1.ParameterKey=Pw", "Parameters.member.1.ParameterValue=canary1",
            "Parameters.member.2.ParameterKey=Other", "Parameters.member.2.ParameterValue=o");
        Assert.StartsWith("The submitted information didn't contain changes.", Value(await Ask("same", "canary1"), "StatusReason"),
            StringComparison.Ordinal);
        var set = await Ask("other", "canary2");
        var detail = Assert.Single(set.Descendants("Details")).Element("member")!;
        Assert.Equal(("Topic", "ParameterReference", "Pw"),
            (Value(set, "LogicalResourceId"), Value(detail, "ChangeSource"), Value(detail, "CausingEntity")));
        Assert.Equal(("x-****", "x-****"), (Value(detail, "BeforeValue"), Value(detail, "AfterValue")));
        Assert.DoesNotContain("canary", set.ToString(), StringComparison.Ordinal);

        async Task<XElement> Ask(string name, string password)
        {
            await bench.Cfn("CreateChangeSet", "StackName=s", $"ChangeSetName={name}", "ChangeSetType=UPDATE", "UsePreviousTemplate=true",
                "Parameters.member.1.ParameterKey=Pw", $"Parameters.member.1.ParameterValue={password}",
                "Parameters.member.2.ParameterKey=Other", "Parameters.member.2.UsePreviousValue=true");
            return await bench.Cfn("DescribeChangeSet", "StackName=s", $"ChangeSetName={name}", "IncludePropertyValues=true");
        }
    }

    [Fact]
    public async Task Executing_does_what_was_told_and_removes_the_others()
    {
        await using var bench = new Bench();
        await bench.Create("s", Before);
        await Make(bench, Before.Replace("DisplayName: a", "DisplayName: b", StringComparison.Ordinal));
        await Make(bench, Before.Replace("DisplayName: a", "DisplayName: c", StringComparison.Ordinal), "d");
        await bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=c", "ClientRequestToken=t");
        await bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=c", "ClientRequestToken=t");
        Assert.Equal("UPDATE_COMPLETE", await bench.Status("s"));
        Assert.Empty((await bench.Cfn("ListChangeSets", "StackName=s")).Descendants("ChangeSetName"));
        var again = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=c"));
        Assert.Equal("ChangeSetNotFound", again.Code);
        var executed = Value(await bench.Stack("s"), "ChangeSetId");
        var byId = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("ExecuteChangeSet", $"ChangeSetName={executed}"));
        Assert.Equal("InvalidChangeSetStatus", byId.Code);
    }

    [Fact]
    public async Task A_change_set_without_changes_fails_with_AWSs_reason()
    {
        await using var bench = new Bench();
        await bench.Create("s", Before);
        await Make(bench, Before);
        var set = await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c");
        Assert.Equal(("FAILED", "UNAVAILABLE"), (Value(set, "Status"), Value(set, "ExecutionStatus")));
        Assert.StartsWith("The submitted information didn't contain changes.", Value(set, "StatusReason"), StringComparison.Ordinal);
        await bench.Cfn("DeleteChangeSet", "StackName=s", "ChangeSetName=c");
        var gone = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c"));
        Assert.Equal("ChangeSetNotFound", gone.Code);
    }

    [Fact]
    public async Task A_new_stack_is_a_shell_until_its_change_set_is_executed()
    {
        await using var bench = new Bench();
        await bench.Cfn("CreateChangeSet", "StackName=new", "ChangeSetName=c", "ChangeSetType=CREATE", $"TemplateBody={Before}");
        Assert.Equal("REVIEW_IN_PROGRESS", await bench.Status("new"));
        var set = await bench.Cfn("DescribeChangeSet", "StackName=new", "ChangeSetName=c");
        Assert.All(set.Descendants("Action"), a => Assert.Equal("Add", a.Value));
        bench.Clock.Pass(5);
        await bench.Cfn("ExecuteChangeSet", "StackName=new", "ChangeSetName=c");
        Assert.Equal("CREATE_COMPLETE", await bench.Status("new"));

        // As stacks show that `aws cloudformation deploy` made: CREATE_COMPLETE, updated some seconds after they were created.
        var made = await bench.Stack("new");
        Assert.Equal(TimeSpan.FromSeconds(5),
            DateTimeOffset.Parse(Value(made, "LastUpdatedTime")) - DateTimeOffset.Parse(Value(made, "CreationTime")));
    }

    [Fact]
    public async Task A_property_the_schema_does_not_allow_is_found_before_execution()
    {
        await using var bench = new Bench();
        await bench.Create("s", Before);
        await Make(bench, Before.Replace("DisplayName: a", "Colour: red", StringComparison.Ordinal));
        var set = await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c");
        Assert.Equal("FAILED", Value(set, "Status"));
        Assert.Contains("use the DescribeEvents API", Value(set, "StatusReason"), StringComparison.Ordinal);
        var why = await bench.Cfn("DescribeEvents", $"ChangeSetName={Value(set, "ChangeSetId")}", "Filters.FailedEvents=true");
        Assert.Equal(("VALIDATION_ERROR", "Topic", "/Resources/Topic/Properties/Colour"),
            (Value(why, "EventType"), Value(why, "LogicalResourceId"), Value(why, "ValidationPath")));

        // The CDK asks by the set's name and its stack's.
        var asked = await bench.Cfn("DescribeEvents", "StackName=s", "ChangeSetName=c", "Filters.FailedEvents=true");
        Assert.Equal(why.Element("DescribeEventsResult")!.ToString(), asked.Element("DescribeEventsResult")!.ToString());
        var operations = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("DescribeEvents", "StackName=s"));
        Assert.Equal("NotImplementedBySandbox", operations.Code);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_found_before_execution()
    {
        await using var bench = new Bench();
        await bench.Create("other", "Resources: {Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /shop}}}");
        await bench.Create("s", Before);
        await Make(bench, Before + "\n  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /shop}}");
        var set = await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c");
        Assert.Contains("[AWS::EarlyValidation::ResourceExistenceCheck]", Value(set, "StatusReason"), StringComparison.Ordinal);
        var why = await bench.Cfn("DescribeEvents", $"ChangeSetName={Value(set, "ChangeSetId")}");
        Assert.Equal("Resource of type 'AWS::Logs::LogGroup' with identifier '/shop' already exists.",
            Value(why, "ValidationStatusReason"));
        var byName = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("DescribeEvents", "ChangeSetName=c"));
        Assert.Equal("ValidationError", byName.Code);
    }

    [Fact]
    public async Task A_stack_policy_guards_what_it_names()
    {
        await using var bench = new Bench();
        await bench.Create("s", Before);
        await bench.Cfn("SetStackPolicy", "StackName=s",
            """StackPolicyBody={"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "Update:*", "Principal": "*", "Resource": "LogicalResourceId/Topic"}]}""");
        var changed = Before.Replace("DisplayName: a", "DisplayName: b", StringComparison.Ordinal);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await bench.Update("s", changed));
        Assert.Contains(await bench.Events("s"),
            e => e.StartsWith("Topic UPDATE_FAILED Action denied by stack policy", StringComparison.Ordinal));
        const string During =
            """StackPolicyDuringUpdateBody={"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}]}""";
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("s", changed, During));
    }

    private static string[] Causes(XElement change) =>
        [.. change.Element("Details")!.Elements().Select(d =>
            $"{Value(d, "Evaluation")} {Value(d, "ChangeSource")} {d.Element("CausingEntity")?.Value}").Order(StringComparer.Ordinal)];

    private static Task<XElement> Make(Bench bench, string template, string name = "c") =>
        bench.Cfn("CreateChangeSet", "StackName=s", $"ChangeSetName={name}", $"TemplateBody={template}");

    private static XElement Change(XElement set, string logical) => set.Descendants("ResourceChange")
        .Single(c => c.Element("LogicalResourceId")!.Value == logical);

    private static string Value(XElement element, string name) => element.Descendants(name).First().Value;
}
