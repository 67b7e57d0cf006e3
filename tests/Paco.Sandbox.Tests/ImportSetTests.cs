using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

/// <summary>
/// Change sets of type IMPORT. The refusals, their order, reasons and events: what MiniStack's test_cfn_import_change_set recorded of AWS,
/// and a published log of an import (test-import-stack).
/// </summary>
public sealed class ImportSetTests
{
    private const string Old = "Resources:\n  X: {Type: AWS::SNS::Topic, Properties: {DisplayName: kept}}\n";
    private const string Queue = "  Q: {Type: AWS::SQS::Queue, DeletionPolicy: Retain, Properties: {QueueName: outside}}\n";
    private const string New = Old + Queue;
    private const string Modified = "You have modified resources [X] in your template that are not being imported. "
        + "Update, create or delete operations cannot be executed during import operations.";

    [Fact]
    public async Task What_exists_becomes_the_stacks()
    {
        await using var bench = await WithQueue();
        await bench.Create("s", Old, "Tags.member.1.Key=team", "Tags.member.1.Value=web");
        var set = await Make(bench, "s", New, await Of(bench));
        Assert.Equal(("CREATE_COMPLETE", "AVAILABLE"), (Value(set, "Status"), Value(set, "ExecutionStatus")));
        Assert.StartsWith("Verify that resources and their properties defined in the template match", Value(set, "StatusReason"),
            StringComparison.Ordinal);
        var change = Assert.Single(set.Descendants("ResourceChange"));
        Assert.Equal(["Action", "LogicalResourceId", "PhysicalResourceId", "ResourceType", "Scope", "Details"],
            change.Elements().Select(e => e.Name.LocalName));
        Assert.Equal(("Import", await Url(bench)), (Value(change, "Action"), Value(change, "PhysicalResourceId")));

        await bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=c");
        Assert.Equal("IMPORT_COMPLETE", await bench.Status("s"));
        Assert.Equal(
            [
                "s IMPORT_IN_PROGRESS User Initiated", "Q IMPORT_IN_PROGRESS Resource import started.",
                "Q IMPORT_COMPLETE Resource import completed.",
                "Q UPDATE_IN_PROGRESS Apply stack-level tags to imported resource if applicable.", "Q UPDATE_COMPLETE", "s IMPORT_COMPLETE",
            ],
            (await bench.Events("s"))[^6..]);
        var queue = await bench.Properties("AWS::SQS::Queue", await Url(bench));
        Assert.Equal("17", queue["VisibilityTimeout"]!.ToString());
        Assert.Contains("\"Key\":\"team\",\"Value\":\"web\"", queue["Tags"]!.ToJsonString(), StringComparison.Ordinal);

        // It is the stack's like any other now.
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("s", New.Replace("kept", "changed", StringComparison.Ordinal)));
        await bench.Cfn("DeleteStack", "StackName=s");
        Assert.Equal("17", (await bench.Properties("AWS::SQS::Queue", await Url(bench)))["VisibilityTimeout"]!.ToString());
    }

    [Fact]
    public async Task Stacks_within_are_left_alone_and_are_not_taken_in()
    {
        await using var bench = await WithQueue();
        await bench.Put("templates", "child.yaml", Nest.Child);
        await bench.Create("s", Nest.Parent);
        var inner = await bench.Physical("s", "Inner");
        var events = await bench.Events(inner);
        var template = Nest.Parent.Replace("Outputs:\n", $"{Queue}Outputs:\n", StringComparison.Ordinal);
        var set = await Make(bench, "s", template, await Of(bench));
        Assert.Equal("Q", Assert.Single(set.Descendants("LogicalResourceId")).Value);
        await bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=c");
        Assert.Equal("IMPORT_COMPLETE", await bench.Status("s"));
        Assert.Equal(events, await bench.Events(inner));

        var refusal = await Assert.ThrowsAsync<Refusal>(() => bench.Cfn("CreateChangeSet", "StackName=n", "ChangeSetName=c",
            "ChangeSetType=IMPORT", $"TemplateBody={Nest.Parent}", "ResourcesToImport.member.1.LogicalResourceId=Inner",
            "ResourcesToImport.member.1.ResourceType=AWS::CloudFormation::Stack",
            "ResourcesToImport.member.1.ResourceIdentifier.entry.1.key=StackId",
            $"ResourcesToImport.member.1.ResourceIdentifier.entry.1.value={inner}"));
        Assert.Equal("NotImplementedBySandbox", refusal.Code);
    }

    [Fact]
    public async Task A_stack_can_begin_with_an_import()
    {
        await using var bench = await WithQueue();
        await Make(bench, "s", "Resources:\n" + Queue, await Of(bench));
        Assert.Equal("REVIEW_IN_PROGRESS", await bench.Status("s"));
        await Make(bench, "s", "Resources:\n" + Queue, await Of(bench), "again");
        await bench.Cfn("ExecuteChangeSet", "StackName=s", "ChangeSetName=c");
        Assert.Equal("IMPORT_COMPLETE", await bench.Status("s"));
        Assert.Equal(await Url(bench), await bench.Physical("s", "Q"));
    }

    [Fact]
    public async Task An_import_that_fails_leaves_everything_as_it_was()
    {
        await using var bench = await WithQueue(Bench.With(new Fault.FailResource("*", "Q", "no", Times: 2)));
        await bench.Create("s", Old);
        foreach (var (stack, template, status) in new[]
        {
            ("s", New, "IMPORT_ROLLBACK_COMPLETE"), ("n", "Resources:\n" + Queue, "ROLLBACK_COMPLETE"),
        })
        {
            await Make(bench, stack, template, await Of(bench));
            await bench.Cfn("ExecuteChangeSet", $"StackName={stack}", "ChangeSetName=c");
            Assert.Equal(status, await bench.Status(stack));
            Assert.Equal(
                [
                    "Q IMPORT_FAILED no", $"{stack} IMPORT_ROLLBACK_IN_PROGRESS no", "Q IMPORT_ROLLBACK_IN_PROGRESS",
                    "Q IMPORT_ROLLBACK_COMPLETE", $"{stack} {status}",
                ],
                (await bench.Events(stack))[^5..]);
        }

        Assert.Equal("17", (await bench.Properties("AWS::SQS::Queue", await Url(bench)))["VisibilityTimeout"]!.ToString());
        Assert.Equal(Old, (await bench.Cfn("GetTemplate", "StackName=s")).Descendants("TemplateBody").Single().Value);
        Assert.Equal("UPDATE_COMPLETE", await bench.Update("s", Old.Replace("kept", "changed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_deleted_or_taken_between_the_set_and_its_execution_is_not_imported()
    {
        await using var bench = await WithQueue();
        await Make(bench, "first", "Resources:\n" + Queue, await Of(bench));
        await Make(bench, "second", "Resources:\n" + Queue, await Of(bench));
        await bench.Cfn("ExecuteChangeSet", "StackName=first", "ChangeSetName=c");
        await bench.Cfn("ExecuteChangeSet", "StackName=second", "ChangeSetName=c");
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Status("second"));
        var failed = (await bench.Events("second")).Single(e => e.StartsWith("Q IMPORT_FAILED", StringComparison.Ordinal));
        Assert.Contains("already exists in stack arn:aws:cloudformation:us-west-2:111111111111:stack/first/", failed,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS::SQS::Queue", "QueueUrl=ghost", "Resource of type 'AWS::SQS::Queue' with identifier 'ghost' was not found.")]
    [InlineData("AWS::S3::Bucket", "BucketName=ghost", "Bucket not found")]
    [InlineData("AWS::Logs::LogGroup", "LogGroupName=/ghost",
        "Resource of type 'AWS::Logs::LogGroup' with identifier '{\"/properties/LogGroupName\":\"/ghost\"}' was not found.")]
    public async Task What_is_not_there_fails_the_set(string type, string identifier, string reason)
    {
        await using var bench = new Bench();
        var set = await Make(bench, "s", $"Resources: {{Q: {{Type: {type}, DeletionPolicy: Retain}}}}", ("Q", type, identifier));
        Assert.Equal(("FAILED", "UNAVAILABLE", reason), (Value(set, "Status"), Value(set, "ExecutionStatus"), Value(set, "StatusReason")));
        Assert.Empty(set.Element("Changes")!.Elements());
    }

    [Fact]
    public async Task What_a_stack_has_is_not_taken_from_it()
    {
        await using var bench = new Bench();
        await bench.Create("owner", New);
        var set = await Make(bench, "s", "Resources:\n" + Queue, await Of(bench));
        var owner = Value(await bench.Stack("owner"), "StackId");
        Assert.Equal($"{await Url(bench)} already exists in stack {owner}", Value(set, "StatusReason"));
    }

    [Theory]
    [InlineData(New, "", "Must Provide at least one resource to import")]
    [InlineData(New, "Q|AWS::SQS::Queue|", "1 validation error detected: Value null at 'resourcesToImport.1.member.resourceIdentifier' "
        + "failed to satisfy constraint: Member must not be null")]
    [InlineData(New, "Missing|AWS::SQS::Queue|QueueUrl=u",
        "The logical resource ids [Missing] provided in ResourceToImport do not exist in the template.")]
    [InlineData(New, "Q|AWS::SQS::Queue|QueueUrl=u;Q|AWS::SQS::Queue|QueueUrl=u",
        "Every resource to import must have unique LogicalResourceId")]
    [InlineData(New, "Q|AWS::SQS::Queue|QueueName=outside",
        "Invalid resource identifier for resource type AWS::SQS::Queue. Expected [QueueUrl]")]
    [InlineData(New, "Q|AWS::SNS::Topic|TopicArn=t", "Resource type of [Q] passed in ResourceToImport does not match with resource type "
        + "defined in the template. Resource type in ResourceToImport: AWS::SNS::Topic; Resource type in Template: AWS::SQS::Queue.")]
    [InlineData(New + "  N: {Type: AWS::SNS::Topic, DeletionPolicy: Retain}\n", "Q|AWS::SQS::Queue|QueueUrl=u",
        "Resources [N] is missing from ResourceToImport list")]
    [InlineData("Resources:\n  X: {Type: AWS::SNS::Topic, Properties: {DisplayName: changed}}\n" + Queue,
        "Q|AWS::SQS::Queue|QueueUrl=u", Modified)]
    [InlineData("Resources:\n" + Queue, "Q|AWS::SQS::Queue|QueueUrl=u", Modified)]
    [InlineData(Old, "X|AWS::SNS::Topic|TopicArn=t", "The template should contain at least one new resource to import.")]
    [InlineData(New, "X|AWS::SNS::Topic|TopicArn=t",
        "Resources [X] passed in ResourceToImport are already in a stack and cannot be imported.")]
    [InlineData(Old + "  Q: {Type: AWS::SQS::Queue}\n", "Q|AWS::SQS::Queue|QueueUrl=u",
        "The following resources to import [Q] must have DeletionPolicy attribute specified in the template.")]
    [InlineData(New + "Outputs: {O: {Value: 1}}", "Q|AWS::SQS::Queue|QueueUrl=u",
        "As part of the import operation, you cannot modify or add [Outputs]")]
    public async Task What_is_more_or_less_than_an_import_is_refused(string template, string resources, string words)
    {
        await using var bench = new Bench();
        await bench.Create("s", Old);
        (string, string, string)[] all = [.. resources.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split('|'))
            .Select(r => (r[0], r[1], r[2]))];
        var refusal = await Assert.ThrowsAsync<Refusal>(() => Make(bench, "s", template, all));
        Assert.Equal(("ValidationError", words), (refusal.Code, refusal.Words));
        Assert.Empty((await bench.Cfn("ListChangeSets", "StackName=s")).Descendants("ChangeSetName"));
    }

    [Fact]
    public async Task What_has_no_handlers_cannot_be_imported_and_a_summary_says_by_what_the_others_are_found()
    {
        const string Template = "Resources:\n" + Queue + "  C: {Type: AWS::CertificateManager::Certificate, DeletionPolicy: Retain, "
            + "Properties: {DomainName: a.example}}\n";
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => Make(bench, "s", Template,
            [("Q", "AWS::SQS::Queue", "QueueUrl=u"), ("C", "AWS::CertificateManager::Certificate", "Id=c")]));
        Assert.Equal("ResourceTypes [AWS::CertificateManager::Certificate] are not supported for Import", refusal.Words);
        var summary = (await bench.Cfn("GetTemplateSummary", $"TemplateBody={Template}")).Descendants("ResourceIdentifierSummaries")
            .Single().Elements().Single();
        Assert.Equal(("AWS::SQS::Queue", "Q", "QueueUrl"),
            (Value(summary, "ResourceType"), Value(summary, "LogicalResourceIds"), Value(summary, "ResourceIdentifiers")));
    }

    [Fact]
    public async Task A_refused_import_into_a_new_stack_leaves_none()
    {
        await using var bench = new Bench();
        await Assert.ThrowsAsync<Refusal>(() => Make(bench, "s", New, ("Q", "AWS::SQS::Queue", "QueueUrl=u")));
        await Assert.ThrowsAsync<Refusal>(() => bench.Stack("s"));
    }

    private static async Task<Bench> WithQueue(SandboxOptions? options = null)
    {
        var bench = new Bench(options);
        await bench.Json("cloudcontrolapi", "CreateResource",
            """{"TypeName": "AWS::SQS::Queue", "DesiredState": "{\"QueueName\": \"outside\", \"VisibilityTimeout\": 17}"}""");
        return bench;
    }

    private static async Task<string> Url(Bench bench) =>
        (await bench.Json("cloudcontrolapi", "ListResources", """{"TypeName": "AWS::SQS::Queue"}"""))
            ["ResourceDescriptions"]![0]!["Identifier"]!.ToString();

    private static async Task<(string, string, string)> Of(Bench bench) => ("Q", "AWS::SQS::Queue", $"QueueUrl={await Url(bench)}");

    private static Task<XElement> Make(Bench bench, string stack, string template, (string, string, string) resource, string name = "c") =>
        Make(bench, stack, template, [resource], name);

    private static async Task<XElement> Make(Bench bench, string stack, string template,
        (string Logical, string Type, string Id)[] resources, string name = "c")
    {
        var members = resources.SelectMany((r, i) =>
        {
            var at = $"ResourcesToImport.member.{i + 1}.";
            string[] named = [$"{at}LogicalResourceId={r.Logical}", $"{at}ResourceType={r.Type}"];
            return r.Id.Split('=') is [var key, var value]
                ? [.. named, $"{at}ResourceIdentifier.entry.1.key={key}", $"{at}ResourceIdentifier.entry.1.value={value}"] : named;
        });
        await bench.Cfn("CreateChangeSet",
            [$"StackName={stack}", $"ChangeSetName={name}", "ChangeSetType=IMPORT", $"TemplateBody={template}", .. members]);
        return (await bench.Cfn("DescribeChangeSet", $"StackName={stack}", $"ChangeSetName={name}"))
            .Descendants("DescribeChangeSetResult").Single();
    }

    private static string Value(XElement element, string name) => element.Descendants(name).First().Value;
}
