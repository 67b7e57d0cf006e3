namespace Paco.Sandbox.Tests;

/// <summary>
/// The section Rules, as the CloudFormation User Guide has it ("Rules section structure and syntax", "Rule-specific functions").
/// </summary>
public sealed class RuleTests
{
    private const string Template = """
        Parameters:
          Environment: {Type: String, Default: test}
          Size: {Type: String, Default: small}
          Zones: {Type: CommaDelimitedList, Default: "a,b"}
        Rules:
          Production:
            RuleCondition: {Fn::Equals: [{Ref: Environment}, prod]}
            Assertions:
              - Assert: {Fn::Contains: [[large, huge], {Ref: Size}]}
                AssertDescription: Production takes large servers.
              - Assert: {Fn::EachMemberIn: [{Ref: Zones}, [a, b, c]]}
                AssertDescription: There are three zones.
          Here:
            Assertions:
              - Assert: {Fn::Not: [{Fn::EachMemberEquals: [{Ref: Zones}, c]}]}
                AssertDescription: Zone c alone is full.
              - Assert: {Fn::And: [{Fn::Equals: [{Ref: "AWS::Region"}, us-west-2]}, {Fn::Equals: [a, a]}]}
                AssertDescription: This is for us-west-2.
        Resources: {T: {Type: AWS::SNS::Topic}}
        """;

    [Theory]
    [InlineData("Production takes large servers.", "Environment=prod")]
    [InlineData("There are three zones.", "Environment=prod", "Size=huge", "Zones=a,d")]
    [InlineData("Zone c alone is full.", "Zones=c,c")]
    public async Task A_rule_that_does_not_hold_refuses_the_call_with_its_description(string description, params string[] parameters)
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Create("s", Template, Written(parameters)));
        Assert.Equal(("ValidationError", description), (refusal.Code, refusal.Words));
    }

    [Theory]
    [InlineData("Size=tiny")]
    [InlineData("Environment=prod", "Size=large", "Zones=c,a")]
    public async Task Rules_that_hold_are_not_seen(params string[] parameters)
    {
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("s", Template, Written(parameters)));
    }

    [Fact]
    public async Task A_rule_knows_where_it_is_asked()
    {
        await using var bench = new Bench { Region = "eu-west-1" };
        Assert.Equal("This is for us-west-2.", (await Assert.ThrowsAsync<Refusal>(() => bench.Create("s", Template))).Words);
    }

    [Fact]
    public async Task The_rule_the_CDK_writes_refuses_an_old_bootstrap_stack()
    {
        const string Bootstrapped = """
            Parameters: {Version: {Type: "AWS::SSM::Parameter::Value<String>", Default: /cdk/version}}
            Rules:
              CheckBootstrapVersion:
                Assertions:
                  - Assert: {Fn::Not: [{Fn::Contains: [["1", "2", "3", "4", "5"], {Ref: Version}]}]}
                    AssertDescription: CDK bootstrap stack version 6 required.
            Resources: {T: {Type: AWS::SNS::Topic}}
            """;
        await using var bench = new Bench();
        await bench.Create("toolkit",
            "Resources: {V: {Type: AWS::SSM::Parameter, Properties: {Name: /cdk/version, Type: String, Value: \"5\"}}}");

        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Create("s", Bootstrapped));
        Assert.Equal("CDK bootstrap stack version 6 required.", refusal.Words);
    }

    private static string[] Written(string[] parameters) => [.. parameters.SelectMany((p, i) => (string[])
        [$"Parameters.member.{i + 1}.ParameterKey={p.Split('=')[0]}", $"Parameters.member.{i + 1}.ParameterValue={p.Split('=')[1]}"])];
}
