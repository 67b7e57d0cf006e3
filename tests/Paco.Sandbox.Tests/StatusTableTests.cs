namespace Paco.Sandbox.Tests;

/// <summary>Which status allows which operation.</summary>
public sealed class StatusTableTests
{
    private const string Old = """
        Resources:
          A: {Type: AWS::SNS::Topic, Properties: {DisplayName: one}}
          B: {Type: AWS::SNS::Topic, DependsOn: A, Properties: {DisplayName: one}}
        """;

    private static readonly string Fresh = Old.Replace("one", "two", StringComparison.Ordinal);

    [Theory]
    [InlineData("CREATE_IN_PROGRESS", false, false, true)]
    [InlineData("CREATE_COMPLETE", true, true, true)]
    [InlineData("CREATE_FAILED", false, true, true)]
    [InlineData("ROLLBACK_IN_PROGRESS", false, false, true)]
    [InlineData("ROLLBACK_COMPLETE", false, false, true)]
    [InlineData("ROLLBACK_FAILED", false, false, true)]
    [InlineData("UPDATE_IN_PROGRESS", false, false, false)]
    [InlineData("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", false, false, false)]
    [InlineData("UPDATE_COMPLETE", true, true, true)]
    [InlineData("UPDATE_FAILED", false, true, true)]
    [InlineData("UPDATE_ROLLBACK_IN_PROGRESS", false, false, false)]
    [InlineData("UPDATE_ROLLBACK_COMPLETE", true, true, true)]
    [InlineData("UPDATE_ROLLBACK_FAILED", false, false, true)]
    [InlineData("DELETE_IN_PROGRESS", false, false, true)]
    [InlineData("DELETE_FAILED", false, false, true)]
    [InlineData("REVIEW_IN_PROGRESS", false, false, true)]
    public async Task A_status_decides(string status, bool update, bool updateWithoutRollback, bool delete)
    {
        Assert.Equal(update, await Succeeds(status,
            bench => bench.Cfn("UpdateStack", "StackName=s", $"TemplateBody={Fresh.Replace("two", "three", StringComparison.Ordinal)}")));
        Assert.Equal(updateWithoutRollback,
            await Succeeds(status,
            bench => bench.Cfn("UpdateStack", "StackName=s", $"TemplateBody={Fresh.Replace("two", "three", StringComparison.Ordinal)}",
            "DisableRollback=true")));
        Assert.Equal(delete, await Succeeds(status, bench => bench.Cfn("DeleteStack", "StackName=s")));
        Assert.Equal(status == "REVIEW_IN_PROGRESS",
            await Succeeds(status, bench => bench.Cfn("CreateStack", "StackName=s", $"TemplateBody={Old}")));
    }

    private static async Task<bool> Succeeds(string status, Func<Bench, Task> call)
    {
        await using var bench = await In(status);
        Assert.Equal(status, await bench.Status("s"));
        try
        {
            await call(bench);
            return true;
        }
        catch (Refusal refusal)
        {
            Assert.Contains(refusal.Code, (string[])["ValidationError", "AlreadyExistsException"]);
            return false;
        }
    }

    /// <summary>A cloud whose stack <c>s</c> stands in a status.</summary>
    private static async Task<Bench> In(string status)
    {
        Fault fault = status switch
        {
            "CREATE_FAILED" or "ROLLBACK_COMPLETE" or "ROLLBACK_IN_PROGRESS" =>
                new Fault.FailResource("s", "B", "no", On: ResourceAction.Create),
            "UPDATE_FAILED" or "UPDATE_ROLLBACK_COMPLETE" or "UPDATE_ROLLBACK_IN_PROGRESS" =>
                new Fault.FailResource("s", "B", "no", On: ResourceAction.Update),
            "UPDATE_ROLLBACK_FAILED" => new Fault.FailResource("s", "B", "no", Times: 2, On: ResourceAction.Update),
            "DELETE_FAILED" => new Fault.FailResource("s", "A", "no", On: ResourceAction.Delete),
            _ => new Fault.Throttle("nothing", 1),
        };
        Fault[] faults = status == "ROLLBACK_FAILED"
            ? [new Fault.FailResource("s", "B", "no", On: ResourceAction.Create),
                new Fault.FailResource("s", "A", "no", On: ResourceAction.Delete)]
            : [fault];
        var bench = new Bench(Bench.With(faults) with { Pace = Pace.Realistic });
        if (status == "REVIEW_IN_PROGRESS")
        {
            await bench.Cfn("CreateChangeSet", "StackName=s", "ChangeSetName=c", "ChangeSetType=CREATE", $"TemplateBody={Old}");
            return bench;
        }

        var keep = status.EndsWith("E_FAILED", StringComparison.Ordinal) && !status.StartsWith("DELETE", StringComparison.Ordinal)
            ? "DisableRollback=true" : "DisableRollback=false";
        await bench.Create("s", Old, keep);
        switch (status)
        {
            case "CREATE_IN_PROGRESS":
                return bench;
            case "ROLLBACK_IN_PROGRESS":
                bench.Clock.Pass(6);
                return bench;
        }

        bench.Clock.Pass(60);
        if (status.StartsWith("UPDATE", StringComparison.Ordinal))
        {
            var removed = status == "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"
                ? "Resources:\n  A: {Type: AWS::SNS::Topic, Properties: {DisplayName: one}}" : Fresh;
            await bench.Update("s", removed, keep);
            bench.Clock.Pass(status switch { "UPDATE_IN_PROGRESS" => 0, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" => 1,
                "UPDATE_ROLLBACK_IN_PROGRESS" => 4, _ => 60 });
        }
        else if (status.StartsWith("DELETE", StringComparison.Ordinal))
        {
            await bench.Cfn("DeleteStack", "StackName=s");
            bench.Clock.Pass(status == "DELETE_FAILED" ? 60 : 1);
        }

        return bench;
    }
}
