using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>The transform AWS::Include (User Guide), and AWS's words where it fails.</summary>
public sealed class IncludeTests
{
    private const string Agreed = "Capabilities.member.2=CAPABILITY_AUTO_EXPAND";

    [Fact]
    public async Task A_snippet_stands_in_the_place_of_the_transform()
    {
        await using var bench = new Bench();
        await bench.Put("snippets", "tags.yaml", "- {Key: team, Value: shop}\n");
        await bench.Put("snippets", "topics.json",
            """{"More": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Ref": "Name"}}}}""");
        Assert.Equal("CREATE_COMPLETE", await bench.Create("inc", """
            Parameters: {Name: {Type: String, Default: it}, File: {Type: String, Default: topics.json}}
            Resources:
              One:
                Type: AWS::SNS::Topic
                Properties:
                  Tags: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://snippets/tags.yaml}}}
              Fn::Transform: {Name: AWS::Include, Parameters: {Location: !Sub "s3://snippets/${File}"}}
            """, Agreed));

        var one = await bench.Properties("AWS::SNS::Topic", await bench.Physical("inc", "One"));
        Assert.Contains(one["Tags"]!.AsArray(), t => t!["Key"]!.ToString() == "team");
        Assert.Equal("it", (await bench.Properties("AWS::SNS::Topic", await bench.Physical("inc", "More")))["DisplayName"]!.ToString());
        Assert.Equal("AWS::Include",
            (await bench.Cfn("GetTemplateSummary", "StackName=inc")).Descendants("DeclaredTransforms").Elements().Single().Value);
    }

    [Fact]
    public async Task At_the_top_sections_are_included_and_extended_afterwards()
    {
        await using var bench = new Bench();
        await bench.Put("snippets", "maps.yaml", "Mappings:\n  Names: {all: {list: [a, b]}}\n");
        Assert.Equal("CREATE_COMPLETE", await bench.Create("inc", """
            Transform:
              - {Name: AWS::Include, Parameters: {Location: s3://snippets/maps.yaml}}
              - AWS::LanguageExtensions
            Resources:
              Fn::ForEach::T: [Name, !FindInMap [Names, all, list], {"T${Name}": {Type: AWS::SNS::Topic}}]
            """, Agreed));
        var processed = (await bench.Cfn("GetTemplate", "StackName=inc")).Descendants("TemplateBody").Single().Value;
        Assert.Equal(["Ta", "Tb"], JsonNode.Parse(processed)!["Resources"]!.AsObject().Select(r => r.Key));
    }

    // realworld-serverless-application #58; aws-cloudformation-user-guide #232; the bucket: acceptance tests of a deployment tool.
    [Theory]
    [InlineData("../swagger.yaml", "The location parameter is not a valid S3 uri.")]
    [InlineData("", "The location parameter is not a valid S3 uri.")]
    [InlineData("s3://nowhere/tags.yaml", "S3 bucket [nowhere] does not exist.")]
    [InlineData("s3://snippets/short.yaml", "The specified S3 object's content should be valid Yaml/JSON")]
    [InlineData("s3://snippets/twice.yaml", "The specified S3 object's content should be valid Yaml/JSON")]
    public async Task What_cannot_be_included_fails_the_transform(string location, string reason)
    {
        await using var bench = new Bench();
        await bench.Put("snippets", "short.yaml", "DisplayName: !Ref Name\n");
        await bench.Put("snippets", "twice.yaml",
            "Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://snippets/short.yaml}}\n");
        await bench.Cfn("CreateChangeSet", "StackName=bad", "ChangeSetName=one", "ChangeSetType=CREATE", "TemplateBody=" + $"""
            Resources:
              T:
                Type: AWS::SNS::Topic
                Properties:
                  Fn::Transform:
                    Name: AWS::Include
                    Parameters:
                      Location: {location}
            """);
        Assert.Equal($"Transform AWS::Include failed with: {reason}",
            (await bench.Cfn("DescribeChangeSet", "StackName=bad", "ChangeSetName=one")).Descendants("StatusReason").Single().Value);
    }

    [Fact]
    public async Task A_transform_without_a_location_fails()
    {
        await using var bench = new Bench();
        await bench.Create("bad", "Resources: {T: {Type: AWS::SNS::Topic, Fn::Transform: {Name: AWS::Include, Parameters: x}}}", Agreed);
        Assert.Contains("bad CREATE_IN_PROGRESS Transform AWS::Include failed with: The location parameter is not a valid S3 uri.",
            await bench.Events("bad"));
    }

    [Theory]
    [InlineData("AWS::Serverless-2016-10-31")]
    [InlineData("OurMacro")]
    public async Task Code_of_others_is_not_run_and_not_pretended(string transform)
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Create("mine",
            $"Resources: {{T: {{Type: AWS::SNS::Topic, Properties: {{Fn::Transform: {{Name: {transform}}}}}}}}}", Agreed));
        Assert.Equal("NotImplementedBySandbox", refusal.Code);
    }
}
