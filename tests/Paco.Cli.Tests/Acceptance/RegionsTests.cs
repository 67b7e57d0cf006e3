namespace Paco.Cli.Tests.Acceptance;

/// <summary>One environment in two regions.</summary>
public class RegionsTests
{
    private const string Second = "eu-central-1";

    [Fact]
    public async Task Row_076_a_region_can_be_provisioned_alone()
    {
        using var project = await InTwoRegions();
        await project.Provision("resource.ec2.keypairs");

        await project.Provision("netenv.mynet.dev.us-west-2");

        await using var cloud = new Sandbox(project.Home);
        Assert.Contains("NE-mynet-dev-Net-VPC", (await cloud.Stacks("dev")).Keys);
        Assert.Empty(await cloud.Stacks("dev", Second));
    }

    [Fact]
    public async Task Row_077_a_region_is_added_with_two_lines()
    {
        using var project = await InTwoRegions();

        Assert.Contains("is valid", (await project.Run("validate", $"netenv.mynet.dev.{Second}")).Succeeds().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_078_a_region_that_is_not_among_the_active_ones_is_an_error()
    {
        using var project = await InTwoRegions();
        project.Edit("project.yaml", $"  - {Second}\n", "");

        var ran = (await project.Run("validate", "netenv.mynet.dev")).Fails();

        Assert.Contains("active_regions", ran.Out, StringComparison.Ordinal);
        Assert.Matches(@"netenv/mynet\.yaml:\d+:\d+", ran.Out);
    }

    [Fact]
    public async Task Row_079_key_pairs_are_made_region_by_region()
    {
        using var project = await InTwoRegions();

        await project.Provision("resource.ec2.keypairs.app_dev_eu");

        await using var cloud = new Sandbox(project.Home);
        Assert.NotNull(await cloud.Aws.Ec2(new("dev", Second)).DescribeKeyPair("app-dev-eu-central-1", CancellationToken.None));
        Assert.Null(await cloud.Aws.Ec2(new("dev", "us-west-2")).DescribeKeyPair("app-dev-eu-central-1", CancellationToken.None));
    }

    [Fact]
    public async Task Row_080_and_081_both_regions_are_provisioned_side_by_side()
    {
        using var project = await InTwoRegions();
        await project.Provision("resource.ec2.keypairs");

        await project.Provision($"netenv.mynet.dev.{Second}");
        await using (var half = new Sandbox(project.Home))
            Assert.Empty(await half.EnvironmentStacks("dev"));
        await project.Provision("netenv.mynet.dev");

        await using var cloud = new Sandbox(project.Home);
        var here = (await cloud.EnvironmentStacks("dev")).Keys.Order();
        var there = (await cloud.Stacks("dev", Second)).Keys.Order();
        Assert.Equal(here, there);
        var roles = await cloud.All("dev", "AWS::IAM::Role");
        Assert.Equal(roles.Count, roles.Select(r => r.Identifier).Distinct().Count());
        Assert.Single(await cloud.All("dev", "AWS::RDS::DBInstance", Second));
    }

    [Fact]
    public async Task A_region_that_left_both_files_is_in_the_plan_of_its_environment()
    {
        using var project = await InTwoRegions();
        var (settings, environments) = (project.Read("project.yaml"), project.Read("netenv/mynet.yaml"));
        await project.Provision("resource.ec2.keypairs");
        await project.Provision("netenv.mynet.dev");
        project.Write("project.yaml", settings.Replace($"  - {Second}\n", "", StringComparison.Ordinal));
        var (begin, end) = (environments.IndexOf($"    {Second}:\n", StringComparison.Ordinal),
            environments.IndexOf("    default:\n", StringComparison.Ordinal));
        project.Write("netenv/mynet.yaml", environments.Remove(begin, end - begin));

        var ran = await project.Run("plan", "netenv.mynet.dev", "--sandbox");

        Assert.Contains($"NE-mynet-dev-App-app-site-database-RDS (dev · {Second}) left the configuration", ran.Out,
            StringComparison.Ordinal);
        Assert.DoesNotContain("everything is as the project says", ran.Out, StringComparison.Ordinal);
    }

    /// <summary>Dev in a second region, with a domain name and a key pair of its own.</summary>
    private static async Task<ProjectFolder> InTwoRegions()
    {
        var project = await Starter.WithGlobals();
        project.Edit("project.yaml", "  - us-west-2\n", $"  - us-west-2\n  - {Second}\n");
        project.Write("resource/ec2.yaml", project.Read("resource/ec2.yaml") + $"""
              app_dev_eu:
                keypair_name: app-dev-{Second}
                region: {Second}
                account: paco.ref accounts.dev

            """);
        project.EditEnvironment("dev", "    us-west-2:\n      enabled: true\n", $"""
                us-west-2:
                  enabled: true
                {Second}:
                  enabled: true
                  network:
                    vpc:
                      nat_gateway:
                        ec2:
                          ec2_key_pair: paco.ref resource.ec2.keypairs.app_dev_eu
                  applications:
                    app:
                      groups:
                        bastion:
                          resources:
                            instance:
                              instance_key_pair: paco.ref resource.ec2.keypairs.app_dev_eu
                        site:
                          resources:
                            cloud_cert:
                              domain_name: eu.example.com
                            alb:
                              dns:
                                - domain_name: eu.example.com
                            web:
                              instance_key_pair: paco.ref resource.ec2.keypairs.app_dev_eu

            """);
        return project;
    }
}
