namespace Paco.Sandbox.Tests;

/// <summary>A stack within a stack, and one around both.</summary>
internal static class Nest
{
    public const string Child = """
        Parameters: {Name: {Type: String}}
        Resources:
          Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Name}}
          Other: {Type: AWS::SNS::Topic, DependsOn: Topic, Properties: {DisplayName: !Ref "AWS::StackName"}}
        Outputs:
          Arn: {Value: !Ref Topic}
        """;

    public const string Parent = """
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

    public const string Top = """
        Parameters: {Name: {Type: String, Default: orders}}
        Resources:
          Middle:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: "https://s3.amazonaws.com/templates/middle.yaml", Parameters: {Name: !Ref Name}}
          Last: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Middle.Outputs.Arn}}
        """;

    public static readonly string[] Renamed = ["Parameters.member.1.ParameterKey=Name", "Parameters.member.1.ParameterValue=bills"];

    /// <summary>The inner template with a resource more.</summary>
    public static string With(string resource) => Child.Replace("Outputs:", $"  {resource}\nOutputs:", StringComparison.Ordinal);

    /// <summary>A cloud in whose S3 the inner template lies.</summary>
    public static async Task<Bench> Open(SandboxOptions? options = null)
    {
        var bench = new Bench(options);
        await bench.Put("templates", "child.yaml", Child);
        return bench;
    }
}
