namespace Paco.Sandbox.Tests;

/// <summary>What a nested stack cannot be made of; the words from public reports.</summary>
public sealed class NestedRefusalTests
{
    // SAR-Logging #31: the resource fails with "Requires capabilities : [CAPABILITY_AUTO_EXPAND]" and no physical id.
    [Theory]
    [InlineData("Resources: {R: {Type: AWS::IAM::Group}}", "Requires capabilities : [CAPABILITY_IAM]")]
    [InlineData("Transform: AWS::LanguageExtensions\nResources: {R: {Type: AWS::SNS::Topic}}",
        "Requires capabilities : [CAPABILITY_AUTO_EXPAND]")]
    [InlineData("Parameters: {P: {Type: String}}\nResources: {R: {Type: AWS::SNS::Topic}}", "Parameters: [P] must have values")]
    [InlineData("Rules: {R: {Assertions: [{Assert: !Equals [a, b], AssertDescription: a is no b}]}}\n"
        + "Resources: {R: {Type: AWS::SNS::Topic}}",
        "a is no b")]
    [InlineData("Conditions: {No: !Equals [a, b]}\nResources: {R: {Type: AWS::SNS::Topic, Condition: 'No'}}\nOutputs: {O: {Value: !Ref R}}",
        "Unresolved resource dependencies [R] in the Outputs block of the template")]
    [InlineData("Transform: AWS::Serverless-2016-10-31\nResources: {R: {Type: AWS::SNS::Topic}}",
        "The sandbox does not emulate the transform AWS::Serverless-2016-10-31. docs/sandbox.md lists what it does. (HandlerErrorCode: NotImplementedBySandbox)")]
    [InlineData("Resources: {R: {Type: AWS::No::Such}}", "Template format error: Unrecognized resource types: [AWS::No::Such]")]
    public async Task What_a_nested_template_lacks_fails_the_resource(string child, string reason)
    {
        await using var bench = await Nest.Open();
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
        await using var bench = await Nest.Open();
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
        await using var bench = await Nest.Open();
        await bench.Create("shop", $"Resources: {{Inner: {{Type: AWS::CloudFormation::Stack, Properties: {{{properties}}}}}}}");
        Assert.Contains($"Inner CREATE_FAILED {reason}", await bench.Events("shop"));
    }

    [Fact]
    public async Task An_output_that_is_not_there_fails_who_reads_it()
    {
        await using var bench = await Nest.Open();
        await bench.Create("shop",
            Nest.Parent.Replace("!GetAtt Inner.Outputs.Arn", "!GetAtt Inner.Outputs.None", StringComparison.Ordinal));
        Assert.Contains(await bench.Events("shop"), e => e.StartsWith(
            "Kept CREATE_FAILED Output 'None' not found in stack 'arn:aws:", StringComparison.Ordinal));
    }
}
