using Paco.Sandbox;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>Production as the AWS CLI and <c>paco alarms</c> see it watched.</summary>
public class WatchTests
{
    [AwsCliFact]
    public async Task Row_005_the_AWS_CLI_lists_the_alarms_of_production()
    {
        var sandbox = await Starter.Shared();
        await using var server = await SandboxServer.Start(sandbox.Local, 0, CancellationToken.None);
        var variables = AwsCli.Variables(server.Address.AbsoluteUri, await sandbox.Key("prod"));

        var here = await AwsCli.Run(variables, "cloudwatch", "describe-alarms");
        var there = await AwsCli.Run(variables, "cloudwatch", "describe-alarms", "--region", "us-east-1");

        Assert.Equal((16, 1), (here["MetricAlarms"]!.AsArray().Count, there["MetricAlarms"]!.AsArray().Count));
    }

    [Fact]
    public async Task Row_005_paco_alarms_shows_all_17_with_who_is_told()
    {
        using var project = await Starter.Provisioned();

        var ran = (await project.Run("alarms", "netenv.mynet.prod", "--sandbox")).Succeeds();
        var json = (await project.Run("alarms", "netenv.mynet.prod", "--sandbox", "--json")).Succeeds().Json["alarms"]!.AsArray();

        Assert.Contains("of 17 in alarm", ran.Out, StringComparison.Ordinal);
        Assert.Equal(17, json.Count(a => a!["alarm"] is not null));
        Assert.All(json, a => Assert.Equal(["admin"], a!["groups"]!.AsArray().Select(g => g!.ToString())));
        Assert.Single(json, a => a!["kind"]!.ToString() == "health-check" && a["topicsRegion"]!.ToString() == "us-east-1");
        Assert.All(ran.Out.Split('\n').Where(l => l.Length > 0 && l[0] != ' '), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public async Task Row_082_and_083_an_environment_that_is_not_watched_says_so_and_one_whose_monitoring_went_off_has_alarms_left()
    {
        using var project = await Starter.Provisioned();
        var dev = (await project.Run("alarms", "netenv.mynet.dev", "--sandbox")).Succeeds();
        project.EditEnvironment("prod", "                alb:\n                  monitoring:\n                    enabled: true\n",
            "                alb:\n                  monitoring:\n                    enabled: false\n");

        var prod = (await project.Run("alarms", "netenv.mynet.prod", "--sandbox")).Succeeds();

        Assert.DoesNotContain("in alarm,", dev.Out, StringComparison.Ordinal);
        Assert.Contains("4 no longer in the project", prod.Out, StringComparison.Ordinal);
    }
}
