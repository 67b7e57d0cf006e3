using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paco.Clouds;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>Environments: what they make, and how they differ from the one design they share.</summary>
public class EnvironmentTests
{
    [Fact]
    public async Task Row_045_there_are_three_environments_with_one_region_each()
    {
        using var project = await Starter.New();
        var regions = new List<string>();
        foreach (var environment in new[] { "dev", "staging", "prod" })
        {
            (await project.Run("synth", $"netenv.mynet.{environment}", "--out", environment)).Succeeds();
            var stacks = JsonNode.Parse(project.Read($"{environment}/stacks.json"))!["stacks"]!.AsArray();
            regions.AddRange(stacks.Select(s => string.Join('.', s!["ref"]!.ToString().Split('.')[..4])).Distinct());
        }

        Assert.Equal(["netenv.mynet.dev.us-west-2", "netenv.mynet.staging.us-west-2", "netenv.mynet.prod.us-west-2"], regions);
    }

    [Fact]
    public async Task Row_046_provision_netenv_mynet_dev_makes_its_stacks()
    {
        var cloud = await Starter.Shared();

        var stacks = await cloud.EnvironmentStacks("dev");

        Assert.All(stacks.Values, s => Assert.Equal(StackStatus.CreateComplete, s.Status));
        Assert.All(stacks.Keys, name => Assert.StartsWith("NE-mynet-dev-", name, StringComparison.Ordinal));
        string[] some =
        [
            "Net-VPC", "Net-public-Segments", "Net-app-SG", "Net-ec2-NGW", "Secrets-SecretsManager", "App-app-site-database-RDS",
            "App-app-site-alb-ALB", "App-app-bastion-eip-EIP",
        ];
        Assert.Empty(some.Select(s => $"NE-mynet-dev-{s}").Except(stacks.Keys));
    }

    [Fact]
    public async Task Row_047_an_environment_without_applications_is_a_network()
    {
        using var project = await Starter.New();
        WithoutApplications(project);

        await project.Provision("netenv.mynet.dev");

        await using var cloud = new Sandbox(project.Home);
        var stacks = (await cloud.Stacks("dev")).Keys;
        Assert.Contains("NE-mynet-dev-Net-VPC", stacks);
        Assert.DoesNotContain(stacks, name => name.Contains("-App-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_048_an_application_is_made_where_an_environment_names_it()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "\n# What exists:", """

              blog:
                title: Blog
                enabled: true
                groups:
                  site:
                    type: Application
                    enabled: true
                    resources:
                      eip: {type: EIP, enabled: true}

            # What exists:
            """);
        project.EditEnvironment("dev", "      applications:\n", "      applications:\n        blog:\n          enabled: true\n");

        foreach (var environment in new[] { "dev", "staging" })
            await project.Provision($"netenv.mynet.{environment}");

        await using var cloud = new Sandbox(project.Home);
        Assert.Contains("NE-mynet-dev-App-blog-site-eip-EIP", (await cloud.Stacks("dev")).Keys);
        Assert.DoesNotContain((await cloud.Stacks("staging")).Keys, name => name.Contains("blog", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, null, "60")]
    [InlineData("90", null, "90")]
    [InlineData(null, "120", "120")]
    [InlineData("90", "120", "120")]
    public async Task Row_049_default_wins_over_the_design_and_a_region_over_default(string? inDefault, string? inRegion, string expected)
    {
        using var project = await Starter.WithGlobals();
        if (inDefault is not null)
        {
            project.EditEnvironment("dev", "                alb:\n",
                $"                alb:\n                  idle_timeout_secs: {inDefault}\n");
        }
        if (inRegion is not null)
        {
            project.EditEnvironment("dev", "      enabled: true\n",
                "      enabled: true\n      applications: {app: {groups: {site: {resources: {alb: {idle_timeout_secs: " + inRegion
                    + "}}}}}}\n");
        }

        await project.Provision("netenv.mynet.dev");

        await using var cloud = new Sandbox(project.Home);
        var attributes = (await cloud.Only("dev", "AWS::ElasticLoadBalancingV2::LoadBalancer"))["LoadBalancerAttributes"]!.AsArray();
        Assert.Equal(expected, attributes.Single(a => a!["Key"]!.ToString() == "idle_timeout.timeout_seconds")!["Value"]!.ToString());
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public async Task Row_050_every_environment_has_its_key_pair_on_bastion_and_servers(string environment)
    {
        var cloud = await Starter.Shared();

        var templates = await cloud.All(environment, "AWS::EC2::LaunchTemplate");

        Assert.Equal(2, templates.Count);
        Assert.All(templates, t => Assert.Equal($"app-{environment}-us-west-2", t["LaunchTemplateData"]!["KeyName"]!.ToString()));
    }

    [Fact]
    public async Task Row_051_two_environments_of_one_account_share_a_key_pair()
    {
        using var project = new ProjectFolder();
        project.At = project.Above;
        (await project.Run("init", "project", "myproj", "--defaults", "--set", "dev_account=devstage", "--set", "staging_account=devstage",
            "--set", "dev_account_id=222222222222", "--set", "prod_account_id=444444444444", "--set", "tools_account_id=555555555555"))
            .Succeeds();
        project.At = null;
        project.Write(Starter.Netenv,
            project.Read(Starter.Netenv).Replace("keypairs.app_staging", "keypairs.app_dev", StringComparison.Ordinal));

        foreach (var environment in new[] { "dev", "staging" })
        {
            Assert.Empty((await project.Run("synth", $"netenv.mynet.{environment}", "--out", "out")).Succeeds().Error);
            Assert.Contains("app-dev-us-west-2", KeyOf($"NE-mynet-{environment}-App-app-site-web-ASG"), StringComparison.Ordinal);
        }

        string KeyOf(string stack)
        {
            var found = JsonNode.Parse(project.Read("out/stacks.json"))!["stacks"]!.AsArray().Single(s => s!["name"]!.ToString() == stack)!;
            return found["parameters"]!.AsArray().Single(p => p!["name"]!.ToString() == "InstanceKeyPair")!.ToJsonString();
        }
    }

    internal static void WithoutApplications(ProjectFolder project)
    {
        var text = project.Read(Starter.Netenv);
        var changed = Regex.Replace(text, @"(?s)(\n  dev:\n.*?)\n      applications:\n.*?(?=\n\n  staging:)", "$1");
        Assert.True(changed.Length < text.Length - 500);
        project.Write(Starter.Netenv, changed);
    }
}
