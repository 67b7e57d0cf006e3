namespace Paco.Cli.Tests.Clients;

public sealed class CdkTests
{
    [CdkFact]
    public async Task The_CDK_bootstraps_deploys_edits_looks_and_destroys()
    {
        await using var sandbox = await Served.Start();
        var cdk = new Cdk(sandbox);
        var (first, second) = (await cdk.Synthesise(75), await cdk.Synthesise(90));

        Holds("bootstrapped.", await cdk.Run(first, "bootstrap", "aws://111111111111/us-east-1"));
        var planned = await cdk.Run(first, "diff");
        Holds("[+] AWS::SQS::Queue", planned);
        Lacks("Could not create a change set", planned);
        var deployed = await cdk.Run(first, "deploy", "--require-approval", "never");
        Holds("Published Worker/Code", deployed);
        Holds("Shop.Network = vpc-", deployed);
        Holds("(no changes)", await cdk.Run(first, "deploy", "--require-approval", "never"));

        var edited = await cdk.Run(second, "deploy", "--require-approval", "never");
        Holds("UPDATE_COMPLETE         | AWS::SQS::Queue", edited);
        Lacks("AWS::EC2::VPC ", edited);
        var after = await cdk.Run(second, "diff", "--fail");
        Holds("There were no differences", after);
        Lacks("Could not create a change set", after);
        Holds("No drift detected", await cdk.Run(second, "drift", "--fail"));

        Holds("Shop: destroyed", await cdk.Run(second, "destroy", "--force"));
        var left = await AwsCli.Run(Here(sandbox), "cloudformation", "describe-stacks");
        Assert.Equal("CDKToolkit", Assert.Single(left["Stacks"]!.AsArray())!["StackName"]!.ToString());
    }

    private static Dictionary<string, string> Here(Served sandbox) =>
        new(AwsCli.Variables(sandbox.Address, "sandbox")) { ["AWS_DEFAULT_REGION"] = "us-east-1" };

    private static void Holds(string words, string said) => Assert.Contains(words, said, StringComparison.Ordinal);

    private static void Lacks(string words, string said) => Assert.DoesNotContain(words, said, StringComparison.Ordinal);
}
