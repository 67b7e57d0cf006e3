namespace Paco.Sandbox.Tests;

/// <summary>Exports and who imports them. What AWS says of one in use was read in reports of deployments, which each test names.</summary>
public sealed class ExportTests
{
    private const string Exporter = """
        Parameters: {Name: {Type: String, Default: one}}
        Resources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Name}}}
        Outputs:
          Arn: {Value: !Ref T, Export: {Name: topic}}
          Name: {Value: !Ref Name, Export: {Name: name}}
        """;

    private const string Importer =
        "Resources: {P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !ImportValue topic}}}";

    private const string NameImporter =
        "Resources: {P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !ImportValue name}}}";

    [Fact]
    public async Task An_export_is_listed_with_those_who_import_it()
    {
        await using var bench = new Bench();
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("early", Importer));
        Assert.Contains("P CREATE_FAILED No export named topic found.", await bench.Events("early"));

        await bench.Create("out", Exporter);
        await bench.Create("in", Importer);

        Assert.Equal("in", (await bench.Cfn("ListImports", "ExportName=topic")).Descendants("Imports").Single().Value);
        Assert.Equal(["name", "topic"], (await bench.Cfn("ListExports")).Descendants("Name").Select(n => n.Value));
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("again", Exporter));
    }

    /// <summary>
    /// github.com/aws/aws-sdk/issues/383: DELETE_IN_PROGRESS, then UPDATE_COMPLETE with the reason; github.com/boto/boto3/issues/4192 the
    /// same of CREATE_COMPLETE. The words are those of 2026.
    /// </summary>
    [Fact]
    public async Task Deleting_a_stack_whose_export_is_imported_is_cancelled_and_the_stack_stands_where_it_stood()
    {
        await using var bench = new Bench();
        await bench.Create("out", Exporter);
        await bench.Create("in", Importer);

        await bench.Cfn("DeleteStack", "StackName=out");

        const string Reason = "Delete canceled. Cannot delete export topic as it is in use by in.";
        Assert.Equal("CREATE_COMPLETE", await bench.Status("out"));
        Assert.Equal(Reason, (await bench.Stack("out")).Element("StackStatusReason")!.Value);
        Assert.Equal(["out DELETE_IN_PROGRESS User Initiated", $"out CREATE_COMPLETE {Reason}"], (await bench.Events("out"))[^2..]);
        Assert.Equal("one", await bench.Output("out", "Name"));
        Assert.Null((await bench.Stack("out")).Element("DeletionTime"));

        Assert.Equal("UPDATE_COMPLETE", await bench.Update("out", Exporter.Replace("!Ref Name}", "two}", StringComparison.Ordinal)));
        await bench.Cfn("DeleteStack", "StackName=out");
        Assert.Equal("UPDATE_COMPLETE", await bench.Status("out"));
    }

    [Fact]
    public async Task A_stack_goes_once_nobody_imports_its_exports_any_more()
    {
        await using var bench = new Bench();
        await bench.Create("out", Exporter);
        await bench.Create("in", Importer);
        await bench.Cfn("DeleteStack", "StackName=out");

        await bench.Cfn("DeleteStack", "StackName=in");
        await bench.Cfn("DeleteStack", "StackName=out");

        await Assert.ThrowsAsync<Refusal>(() => bench.Status("out"));
        Assert.Empty((await bench.Cfn("ListExports")).Descendants("Name"));
    }

    /// <summary>
    /// A log of the CDK of 2026: UPDATE_ROLLBACK_IN_PROGRESS, "Delete canceled. Cannot delete export … as it is in use by …."
    /// </summary>
    [Fact]
    public async Task An_update_that_takes_an_export_away_which_is_imported_goes_back()
    {
        await using var bench = new Bench();
        await bench.Create("out", Exporter);
        await bench.Create("in", Importer);

        var status = await bench.Update("out", "Resources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: one}}}");

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", status);
        Assert.Contains("out UPDATE_ROLLBACK_IN_PROGRESS Delete canceled. Cannot delete export topic as it is in use by in.",
            await bench.Events("out"));
        Assert.Equal(2, (await bench.Cfn("ListExports")).Descendants("Name").Count());
    }

    /// <summary>A report of 2026: "Cannot update export … as it is in use by" three stacks with commas between them.</summary>
    [Fact]
    public async Task An_update_that_changes_an_export_which_is_imported_goes_back_and_names_all_who_do()
    {
        await using var bench = new Bench();
        await bench.Create("out", Exporter);
        await bench.Create("b", NameImporter);
        await bench.Create("a", NameImporter);

        var status = await bench.Update("out", Exporter, "Parameters.member.1.ParameterKey=Name", "Parameters.member.1.ParameterValue=two");

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", status);
        Assert.Contains("out UPDATE_ROLLBACK_IN_PROGRESS Cannot update export name as it is in use by a, b.", await bench.Events("out"));
        Assert.Equal("one", await bench.Output("out", "Name"));
    }
}
