namespace Paco.Sandbox.Tests;

/// <summary>Policies have a length, blanks not counted.</summary>
public sealed class SizeTests
{
    [Theory]
    [InlineData(60, "CREATE_COMPLETE")]
    [InlineData(62, "ROLLBACK_COMPLETE")]
    public async Task A_managed_policy_has_6144_characters_at_most(int resources, string status)
    {
        await using var bench = new Bench();
        // A hundred characters each with quotes and comma, and some blanks that nobody counts.
        var all = string.Join(",        ", Enumerable.Range(0, resources).Select(i => $"'arn:aws:s3:::{new string('b', 80)}{i:000}'"));

        await bench.Create("s", "Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', "
            + "Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: [" + all + "]}]}}}}");

        Assert.Equal(status, await bench.Status("s"));
        if (status == "ROLLBACK_COMPLETE")
        {
            Assert.Contains("Cannot exceed quota for PolicySize: 6144", string.Join('\n', await bench.Events("s")),
                StringComparison.Ordinal);
        }
    }
}
