namespace Paco.Cli.Tests.Conformance;

internal static partial class Calls
{
    private const string Two = """
        Parameters: {Words: {Type: String, Default: a}, Hidden: {Type: String, Default: x, NoEcho: true}}
        Resources:
          First: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Words}}
          Second: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Words}, DependsOn: First}
        """;

    private const string Exporting = $"{Two}\nOutputs: {{First: {{Value: !Ref First, Description: It, Export: {{Name: first}}}}}}";

    private const string Importing =
        "Resources: {Third: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !ImportValue first}}}";

    private static readonly string[] Changed =
        [$"TemplateBody={Two}", "Parameters.member.1.ParameterKey=Words", "Parameters.member.1.ParameterValue=b"];

    private static readonly string[] ReadOneStack =
        ["DescribeStacks", "DescribeStackEvents", "DescribeStackResources", "ListStackResources", "GetTemplate", "GetTemplateSummary"];

    private static async Task CloudFormation(Caller aws)
    {
        await Look(aws);
        await TurnBack(aws);
        await ChangeSets(aws);
        await Drift(aws);
    }

    private static async Task Look(Caller aws)
    {
        await Stack(aws, "all", Exporting);
        await Stack(aws, "user", Importing);
        foreach (var action in ReadOneStack)
            await aws.Query("cloudformation", action, "StackName=all");
        await aws.Query("cloudformation", "DescribeStacks");
        await aws.Query("cloudformation", "DescribeStacks", "StackName=nobody");
        await aws.Query("cloudformation", "ListStacks", "StackStatusFilter.member.1=CREATE_COMPLETE");
        await aws.Query("cloudformation", "DescribeStackResource", "StackName=all", "LogicalResourceId=First");
        await aws.Query("cloudformation", "ValidateTemplate", $"TemplateBody={Two}");
        await aws.Query("cloudformation", "ListExports");
        await aws.Query("cloudformation", "ListImports", "ExportName=first");
        await aws.Query("cloudformation", "SetStackPolicy", "StackName=all",
            """StackPolicyBody={"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}]}""");
        await aws.Query("cloudformation", "GetStackPolicy", "StackName=all");
        foreach (var on in new[] { "true", "false" })
            await aws.Query("cloudformation", "UpdateTerminationProtection", "StackName=all", $"EnableTerminationProtection={on}");
        await aws.Query("cloudformation", "CreateStack", "StackName=all", $"TemplateBody={Two}");
    }

    private static async Task TurnBack(Caller aws)
    {
        foreach (var name in new[] { "stuck", "half", "slow" })
            await Stack(aws, name, Two);
        await aws.Query("cloudformation", "UpdateStack", ["StackName=stuck", .. Changed]);
        aws.Pass();
        await aws.Query("cloudformation", "ContinueUpdateRollback", "StackName=stuck", "ResourcesToSkip.member.1=Second");
        await aws.Query("cloudformation", "UpdateStack", ["StackName=half", "DisableRollback=true", .. Changed]);
        aws.Pass();
        await aws.Query("cloudformation", "RollbackStack", "StackName=half");
        await aws.Query("cloudformation", "UpdateStack", ["StackName=slow", .. Changed]);
        await aws.Query("cloudformation", "SignalResource", "StackName=slow", "LogicalResourceId=First", "UniqueId=i-1", "Status=SUCCESS");
        await aws.Query("cloudformation", "CancelUpdateStack", "StackName=slow");
        aws.Pass();
        await aws.Query("cloudformation", "CancelUpdateStack", "StackName=slow");
        await aws.Query("cloudformation", "DeleteStack", "StackName=slow");
        aws.Pass();
    }

    private static async Task ChangeSets(Caller aws)
    {
        const string Of = "StackName=all";
        await aws.Query("cloudformation", "CreateChangeSet",
            [Of, "ChangeSetName=good", $"TemplateBody={Exporting}", .. Changed[1..]]);
        var bad = await aws.Query("cloudformation", "CreateChangeSet", Of, "ChangeSetName=bad",
            $"TemplateBody={Exporting.Replace("DisplayName", "Colour", StringComparison.Ordinal)}");
        await aws.Query("cloudformation", "DescribeChangeSet", Of, "ChangeSetName=good", "IncludePropertyValues=true");
        await aws.Query("cloudformation", "DescribeChangeSet", Of, "ChangeSetName=bad");
        await aws.Query("cloudformation", "DescribeEvents", $"ChangeSetName={Caller.Value(bad, "Id")}", "Filters.FailedEvents=true");
        await aws.Query("cloudformation", "ListChangeSets", Of);
        await aws.Query("cloudformation", "DeleteChangeSet", Of, "ChangeSetName=bad");
        await aws.Query("cloudformation", "DescribeChangeSet", Of, "ChangeSetName=bad");
        await aws.Query("cloudformation", "ExecuteChangeSet", Of, "ChangeSetName=good");
        aws.Pass();
        await aws.Query("cloudformation", "ExecuteChangeSet", Of, "ChangeSetName=good");
    }

    private static async Task Drift(Caller aws)
    {
        var first = Caller.Value(
            await aws.Query("cloudformation", "DescribeStackResource", "StackName=all", "LogicalResourceId=First"), "PhysicalResourceId");
        await aws.Json("cloudcontrolapi", "UpdateResource", $$"""
            {"TypeName": "AWS::SNS::Topic", "Identifier": "{{first}}",
            "PatchDocument": "[{\"op\": \"replace\", \"path\": \"/DisplayName\", \"value\": \"c\"}]"}
            """);
        var detection = Caller.Value(await aws.Query("cloudformation", "DetectStackDrift", "StackName=all"), "StackDriftDetectionId");
        await aws.Query("cloudformation", "DescribeStackDriftDetectionStatus", $"StackDriftDetectionId={detection}");
        aws.Pass();
        await aws.Query("cloudformation", "DescribeStackDriftDetectionStatus", $"StackDriftDetectionId={detection}");
        await aws.Query("cloudformation", "DescribeStackResourceDrifts", "StackName=all");
        await aws.Query("cloudformation", "DetectStackResourceDrift", "StackName=all", "LogicalResourceId=First");
        await aws.Query("cloudformation", "ListStackResources", "StackName=all");
        await aws.Query("cloudformation", "DescribeStacks", "StackName=all");
        await aws.Query("cloudformation", "CreateChangeSet", "StackName=all", "ChangeSetName=back", "UsePreviousTemplate=true",
            "DeploymentMode=REVERT_DRIFT");
        await aws.Query("cloudformation", "DescribeChangeSet", "StackName=all", "ChangeSetName=back", "IncludePropertyValues=true");
    }
}
