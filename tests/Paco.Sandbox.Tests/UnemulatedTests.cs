namespace Paco.Sandbox.Tests;

/// <summary>What the sandbox does not emulate it refuses, by the code that docs/sandbox.md names.</summary>
public sealed class UnemulatedTests
{
    private const string Topic = "Resources: {T: {Type: AWS::SNS::Topic}}";

    [Theory]
    [InlineData("Resources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: {Fn::GetStackOutput: {StackName: a, OutputName: b}}}}}",
        "the function Fn::GetStackOutput")]
    [InlineData("Resources: {T: {Type: AWS::SNS::Topic, Properties: {Fn::Transform: {Name: Mine}, TopicName: a}}}", "the transform Mine")]
    [InlineData("Transform: AWS::Serverless-2016-10-31\nResources: {T: {Type: AWS::SNS::Topic}}",
        "the transform AWS::Serverless-2016-10-31")]
    [InlineData("Transform: AWS::LanguageExtensions\nResources: {T: {Type: AWS::SNS::Topic, Properties: {Tags: {Fn::GetStackOutput: {}}}}}",
        "the function Fn::GetStackOutput")]
    [InlineData("Transform: AWS::LanguageExtensions\nHooks: {H: {Type: AWS::CodeDeploy::BlueGreen}}\nResources: {T: {Type: A::B::C}}",
        "the section Hooks")]
    [InlineData(
        "Rules: {R: {Assertions: [{Assert: {Fn::Contains: [{Fn::RefAll: AWS::EC2::VPC::Id}, vpc-1]}}]}}\nResources: {T: {Type: AWS::SNS::Topic}}",
        "the function Fn::RefAll")]
    [InlineData("Hooks: {H: {Type: AWS::CodeDeploy::BlueGreen}}\nResources: {T: {Type: AWS::SNS::Topic}}", "the section Hooks")]
    public async Task A_template_that_asks_for_more_is_refused_at_the_call(string template, string what)
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(
            () => bench.Create("s", template, "Capabilities.member.1=CAPABILITY_AUTO_EXPAND"));
        Assert.Equal(("NotImplementedBySandbox", $"The sandbox does not emulate {what}"),
            (refusal.Code, refusal.Words[..(refusal.Words.IndexOf(what, StringComparison.Ordinal) + what.Length)]));
        await Assert.ThrowsAsync<Refusal>(() => bench.Status("s"));
    }

    [Theory]
    [InlineData("DeploymentConfig.Mode=EXPRESS")]
    [InlineData("DeploymentConfig.DisableRollback=true")]
    public async Task A_request_that_asks_for_more_is_refused(string member)
    {
        await using var bench = new Bench();
        Assert.Equal("NotImplementedBySandbox", (await Assert.ThrowsAsync<Refusal>(() => bench.Create("s", Topic, member))).Code);
        Assert.Equal("CREATE_COMPLETE", await bench.Create("s", Topic, "DeploymentConfig.Mode=STANDARD"));
        Assert.Equal("NotImplementedBySandbox",
            (await Assert.ThrowsAsync<Refusal>(() => bench.Update("s", Topic.Replace("T:", "U:", StringComparison.Ordinal), member))).Code);
    }

    [Fact]
    public async Task A_resource_that_runs_code_fails_and_says_the_code()
    {
        await using var bench = new Bench();
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("s",
            "Resources: {M: {Type: AWS::CloudFormation::Macro, Properties: {Name: m, FunctionName: f}}}"));
        Assert.Contains(await bench.Events("s"), e => e.StartsWith("M CREATE_FAILED", StringComparison.Ordinal)
            && e.EndsWith("(HandlerErrorCode: NotImplementedBySandbox)", StringComparison.Ordinal));
    }
}
