using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>
/// What a change set says of each change and of its causes. Recorded answers of AWS: localstack's test_change_set_fn_get_attr,
/// test_change_set_ref and test_change_set_parameters, validated against it.
/// </summary>
public sealed class ChangeDetailTests
{
    private const string Pair = """
        Resources:
          Topic1: {Type: AWS::SNS::Topic, Properties: {TopicName: topic-name-1, DisplayName: value-1}}
          Topic2: {Type: AWS::SNS::Topic, Properties: {TopicName: topic-name-2, DisplayName: !GetAtt Topic1.DisplayName}}
        """;

    // test_direct_attribute_value_change
    [Fact]
    public async Task An_attribute_of_what_changes_in_place_is_known_later()
    {
        await using var bench = new Bench();
        var set = await Changes(bench, Pair, Pair.Replace("value-1", "value-2", StringComparison.Ordinal));
        Assert.Equal(["DisplayName Never Static DirectModification"], Details(set, "Topic1"));
        Assert.Equal(["DisplayName Never Dynamic ResourceAttribute Topic1.DisplayName"], Details(set, "Topic2"));
        Assert.Equal("False", Change(set, "Topic2").Element("Replacement")!.Value);

        // With values it is the value the attribute has, and no change.
        var values = await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c", "IncludePropertyValues=true");
        Assert.Equal("Topic1", Assert.Single(values.Descendants("LogicalResourceId")).Value);
    }

    [Fact]
    public async Task A_version_that_goes_up_with_a_change_is_known_later_with_values_too()
    {
        const string Before = """
            Resources:
              Lt: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-1, InstanceType: t3.micro}}}
              Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub "v${Lt.LatestVersionNumber}"}}
            """;
        await using var bench = new Bench();
        await Changes(bench, Before, Before.Replace("micro", "small", StringComparison.Ordinal));
        var values = await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c", "IncludePropertyValues=true");
        Assert.Equal(["DisplayName Never Dynamic ResourceAttribute Lt.LatestVersionNumber"], Details(values, "Topic"));
    }

    // test_immutable_property_update_causes_resource_replacement
    [Fact]
    public async Task An_attribute_of_what_is_replaced_is_another_for_sure()
    {
        var after = Pair.Replace("topic-name-1", "updated-topic-name-1", StringComparison.Ordinal)
            .Replace("value-1", "value-2", StringComparison.Ordinal);
        await using var bench = new Bench();
        var set = await Changes(bench, Pair, after);
        Assert.Equal(["DisplayName Never Static DirectModification", "TopicName Always Static DirectModification"], Details(set, "Topic1"));
        Assert.Equal(["DisplayName Never Static ResourceAttribute Topic1.DisplayName"], Details(set, "Topic2"));
        Assert.Equal("ReplaceAndDelete", Change(set, "Topic1").Element("PolicyAction")!.Value);

        var values = await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c", "IncludePropertyValues=true");
        Assert.Equal(
            ["DisplayName Never Dynamic DirectModification", "DisplayName Never Static ResourceAttribute Topic1.DisplayName"],
            Details(values, "Topic2"));
        Assert.All(Change(values, "Topic2").Descendants("AfterValue"), v => Assert.Equal("{{changeSet:KNOWN_AFTER_APPLY}}", v.Value));
        Assert.Equal("""{"Properties":{"TopicName":"topic-name-2","DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}"}}""",
            Change(values, "Topic2").Element("AfterContext")!.Value);
    }

    // test_update_parameter_default_value
    [Fact]
    public async Task A_parameter_that_changes_a_property_is_told_beside_the_property()
    {
        const string Before = """
            Parameters: {TopicName: {Type: String, Default: topic-name-1}}
            Resources: {Foo: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref TopicName}}}
            """;
        await using var bench = new Bench();
        var set = await Changes(bench, Before, Before.Replace("topic-name-1", "topic-name-2", StringComparison.Ordinal));
        Assert.Equal(["TopicName Always Dynamic DirectModification", "TopicName Always Static ParameterReference TopicName"],
            Details(set, "Foo"));
        Assert.Equal("True", Change(set, "Foo").Element("Replacement")!.Value);
    }

    [Fact]
    public async Task Each_cause_has_a_detail_and_each_property_one_of_a_cause()
    {
        const string Before = """
            Parameters: {A: {Type: String, Default: one}, B: {Type: String, Default: one}}
            Resources:
              First: {Type: AWS::SNS::Topic, Properties: {DisplayName: old}}
              Second: {Type: AWS::SNS::Topic, Properties: {DisplayName: old}}
              Both: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub "${First.TopicName} ${Second.TopicName} ${First.TopicName}"}}
              Words: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub "${A} ${B} ${A}"}}
              Bucket:
                Type: AWS::S3::Bucket
                Properties: {PublicAccessBlockConfiguration: {BlockPublicAcls: true, IgnorePublicAcls: true}}
            """;
        await using var bench = new Bench();
        var set = await Changes(bench, Before, Before.Replace("Default: one", "Default: two", StringComparison.Ordinal)
            .Replace("DisplayName: old", "DisplayName: new", StringComparison.Ordinal).Replace("true", "false", StringComparison.Ordinal));
        Assert.Equal(
            [
                "DisplayName Never Dynamic ResourceAttribute First.TopicName",
                "DisplayName Never Dynamic ResourceAttribute Second.TopicName",
            ],
            Details(set, "Both"));
        Assert.Equal(
            [
                "DisplayName Never Dynamic DirectModification", "DisplayName Never Static ParameterReference A",
                "DisplayName Never Static ParameterReference B",
            ],
            Details(set, "Words"));
        Assert.Equal(["PublicAccessBlockConfiguration Never Static DirectModification"], Details(set, "Bucket"));
        var values = await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c", "IncludePropertyValues=true");
        Assert.Equal(["BlockPublicAcls", "IgnorePublicAcls"], Change(values, "Bucket").Descendants("Path")
            .Select(p => p.Value.Replace("/Properties/PublicAccessBlockConfiguration/", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Paths_and_values_are_told_to_who_asks_for_them()
    {
        await using var bench = new Bench();
        var set = await Changes(bench, Pair, Pair.Replace("value-1", "value-2", StringComparison.Ordinal)
            + "\n  New: {Type: AWS::SNS::Topic}");
        Assert.DoesNotContain(set.Descendants(), e => e.Name.LocalName is "Path" or "BeforeValue" or "AfterValue" or "BeforeContext"
            or "AfterContext" or "AttributeChangeType");
        Assert.Null(Change(set, "New").Element("Replacement"));
        var values = Change(await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c", "IncludePropertyValues=true"), "Topic1");
        Assert.Equal(("/Properties/DisplayName", "value-1", "value-2", "Modify"), (Value(values, "Path"), Value(values, "BeforeValue"),
            Value(values, "AfterValue"), Value(values, "AttributeChangeType")));
        Assert.Equal("""{"Properties":{"TopicName":"topic-name-1","DisplayName":"value-1"}}""", Value(values, "BeforeContext"));
    }

    private static async Task<XElement> Changes(Bench bench, string before, string after)
    {
        await bench.Create("s", before);
        await bench.Cfn("CreateChangeSet", "StackName=s", "ChangeSetName=c", $"TemplateBody={after}");
        return await bench.Cfn("DescribeChangeSet", "StackName=s", "ChangeSetName=c");
    }

    private static string[] Details(XElement set, string logical) =>
        [.. Change(set, logical).Element("Details")!.Elements().Select(d => ($"{Value(d, "Name")} {Value(d, "RequiresRecreation")} "
            + $"{Value(d, "Evaluation")} {Value(d, "ChangeSource")} {d.Element("CausingEntity")?.Value}").TrimEnd())
            .Order(StringComparer.Ordinal)];

    private static XElement Change(XElement set, string logical) => set.Descendants("ResourceChange")
        .Single(c => c.Element("LogicalResourceId")!.Value == logical);

    private static string Value(XElement element, string name) => element.Descendants(name).First().Value;
}
