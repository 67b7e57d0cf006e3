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
        // With some blanks that nobody counts.
        var all = string.Join(",        ", Enumerable.Range(0, resources).Select(Bucket));

        await bench.Create("s", "Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', "
            + "Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: [" + all + "]}]}}}}");

        Assert.Equal(status, await bench.Status("s"));
        if (status == "ROLLBACK_COMPLETE")
        {
            Assert.Contains("Cannot exceed quota for PolicySize: 6144", string.Join('\n', await bench.Events("s")),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(101, "CREATE_COMPLETE")]
    [InlineData(102, "ROLLBACK_COMPLETE")]
    public async Task The_policies_of_a_role_have_10240_characters_together_their_names_not_counted(int resources, string status)
    {
        await using var bench = new Bench();
        // Twice 95 characters around what they are about:
        // {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":[…]}]}
        var policies = string.Join(", ", new[] { resources / 2, resources - (resources / 2) }.Select((count, i) =>
            $"{{PolicyName: {new string('n', 100)}{i}, PolicyDocument: {{Version: '2012-10-17', Statement: [{{Effect: Allow, "
            + $"Action: 's3:GetObject', Resource: [{string.Join(", ", Enumerable.Range(0, count).Select(Bucket))}]}}]}}}}"));

        await bench.Create("s", "Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', "
            + "Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]}, Policies: [" + policies
            + "]}}}");

        Assert.Equal(status, await bench.Status("s"));
    }

    // Ninety-nine characters with its quotes and the comma behind it.
    private static string Bucket(int i) => $"'arn:aws:s3:::{new string('b', 80)}{i:000}'";
}
