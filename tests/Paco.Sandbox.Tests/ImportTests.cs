using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

public sealed class ImportTests
{
    private const string Kept = """
        Resources:
          Logs: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, Properties: {LogGroupName: /shop/web, RetentionInDays: 30}}
          Topic: {Type: AWS::SNS::Topic}
        """;

    [Fact]
    public async Task What_exists_under_its_name_becomes_the_stacks_as_it_is_and_the_rest_is_made()
    {
        await using var bench = new Bench();
        await LogGroup(bench);
        var set = await Make(bench, "s", Kept);
        Assert.Equal(("Import", "/shop/web", "Add"),
            (Of(set, "Logs", "Action"), Of(set, "Logs", "PhysicalResourceId"), Of(set, "Topic", "Action")));

        await bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=c");
        Assert.Equal("CREATE_COMPLETE", await bench.Status("s"));
        Assert.Contains("Logs IMPORT_COMPLETE Resource import completed.", await bench.Events("s"));
        Assert.Equal("7", (await bench.Properties("AWS::Logs::LogGroup", "/shop/web"))["RetentionInDays"]!.ToString());
    }

    [Fact]
    public async Task A_stack_that_stands_takes_over_too()
    {
        await using var bench = new Bench();
        await LogGroup(bench);
        await bench.Create("s", "Resources: {Topic: {Type: AWS::SNS::Topic}}");
        await Make(bench, "s", Kept, "UPDATE");
        await bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=c");
        Assert.Equal("UPDATE_COMPLETE", await bench.Status("s"));
        Assert.Equal("/shop/web", await bench.Physical("s", "Logs"));
    }

    [Fact]
    public async Task What_would_be_deleted_with_its_stack_is_refused()
    {
        await using var bench = new Bench();
        await LogGroup(bench);
        var set = await Make(bench, "s", Kept.Replace("DeletionPolicy: Retain, ", "", StringComparison.Ordinal));
        Assert.Equal("FAILED", set.Descendants("Status").First().Value);
        var reason = set.Descendants("StatusReason").Single().Value;
        Assert.Contains("must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate'", reason,
            StringComparison.Ordinal);

        // As CDK reads it (aws-cdk-cli #1367).
        Assert.EndsWith("The affected resources are Logs ({LogGroupName=/shop/web})", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_stack_has_is_not_taken_from_it()
    {
        await using var bench = new Bench();
        await bench.Create("other", Kept);
        var set = await Make(bench, "s", Kept);
        Assert.Contains("ResourceExistenceCheck", set.Descendants("StatusReason").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_creation_that_fails_leaves_what_was_there_before()
    {
        await using var bench = new Bench(Bench.With(new Fault.FailResource("s", "Topic", "no more topics")));
        await LogGroup(bench);
        await Make(bench, "s", Kept.Replace("DeletionPolicy: Retain", "DeletionPolicy: RetainExceptOnCreate", StringComparison.Ordinal));
        await bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=c");
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Status("s"));
        Assert.Equal("7", (await bench.Properties("AWS::Logs::LogGroup", "/shop/web"))["RetentionInDays"]!.ToString());
    }

    [Fact]
    public async Task Cloud_Control_makes_things_no_stack_has_and_refuses_what_the_schema_does_not_allow()
    {
        await using var bench = new Bench();
        await LogGroup(bench);
        var again = await bench.Json("cloudcontrolapi", "CreateResource",
            """{"TypeName": "AWS::Logs::LogGroup", "DesiredState": "{\"LogGroupName\": \"/shop/web\"}"}""");
        Assert.Equal(("FAILED", "AlreadyExists"),
            (again["ProgressEvent"]!["OperationStatus"]!.ToString(), again["ProgressEvent"]!["ErrorCode"]!.ToString()));
        var wrong = await bench.Json("cloudcontrolapi", "CreateResource",
            """{"TypeName": "AWS::Logs::LogGroup", "DesiredState": "{\"Colour\": \"red\"}"}""");
        Assert.Equal("InvalidRequest", wrong["ProgressEvent"]!["ErrorCode"]!.ToString());
        var none = await Assert.ThrowsAsync<Refusal>(() => bench.Json("cloudcontrolapi", "CreateResource",
            """{"TypeName": "AWS::Logs::LogGroup", "DesiredState": "red"}"""));
        Assert.Equal("ValidationException", none.Code);
    }

    private static async Task LogGroup(Bench bench) => await bench.Json(
        "cloudcontrolapi", "CreateResource",
        """{"TypeName": "AWS::Logs::LogGroup", "DesiredState": "{\"LogGroupName\": \"/shop/web\", \"RetentionInDays\": 7}"}""");

    private static async Task<XElement> Make(Bench bench, string stack, string template, string type = "CREATE")
    {
        await bench.Cfn("CreateChangeSet", $"StackName={stack}", "ChangeSetName=c", $"ChangeSetType={type}", "ImportExistingResources=true",
            $"TemplateBody={template}");
        return await bench.Cfn("DescribeChangeSet", $"StackName={stack}", "ChangeSetName=c");
    }

    private static string Of(XElement set, string logical, string name) =>
        set.Descendants("ResourceChange").Single(c => c.Element("LogicalResourceId")!.Value == logical).Element(name)!.Value;
}
