using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>The web servers and their way to the database.</summary>
public class ServersTests
{
    private const string Web = "NE-mynet-dev-App-app-site-web-ASG";
    private const string Bucket = "WebEc2lmBucketName";

    [Fact]
    public async Task Row_062_the_bastions_bundle_takes_the_address_again_on_every_launch()
    {
        var cloud = await Starter.Shared();

        var bucket = (await cloud.Stack("dev", "NE-mynet-dev-App-app-bastion-instance-ec2lm-S3")).Outputs["InstanceEc2lmBucketName"];
        var script = await cloud.Bundle("dev", bucket, "EIP", "launch.sh");

        Assert.Contains("Paco-EIP-Allocation-Id", script, StringComparison.Ordinal);
        Assert.Contains("aws ec2 associate-address", script, StringComparison.Ordinal);
        Assert.Contains("--allow-reassociation", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev", "EC2")]
    [InlineData("prod", "ELB")]
    public async Task Row_065_the_group_replaces_its_instances(string environment, string check)
    {
        var cloud = await Starter.Shared();

        var group = await cloud.In(environment, $"NE-mynet-{environment}-App-app-site-web-ASG", "ASG",
            "AWS::AutoScaling::AutoScalingGroup");

        Assert.Equal(check, group.Text("HealthCheckType"));
        Assert.True(int.Parse(group.Text("HealthCheckGracePeriod"), System.Globalization.CultureInfo.InvariantCulture) >= 300);
    }

    [Fact]
    public async Task Row_066_a_script_makes_the_database_address_from_the_secret()
    {
        var cloud = await Starter.Shared();

        var content = (await Install(cloud))["files"]!["/usr/local/sbin/get_rds_dsn.sh"]!["content"]!;

        var text = content["Fn::Sub"]!.ToString();
        Assert.Contains("${DatabasePasswordarn}", text, StringComparison.Ordinal);
        Assert.Contains("${AWS::Region}", text, StringComparison.Ordinal);
        var attachment = await cloud.Only("dev", "AWS::SecretsManager::SecretTargetAttachment");
        Assert.Equal("AWS::RDS::DBInstance", attachment.Text("TargetType"));
        Assert.Equal((await cloud.Only("dev", "AWS::RDS::DBInstance")).Identifier, attachment.Text("TargetId"));
    }

    [Fact]
    public async Task Row_067_the_database_is_named_after_its_place_in_the_project()
    {
        var cloud = await Starter.Shared();

        var database = await cloud.Only("dev", "AWS::RDS::DBInstance");

        Assert.StartsWith("ne-mynet-dev-app-app-site-database-rds.", database["Endpoint"]!["Address"]!.ToString(),
            StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Row_068_the_root_password_is_a_secret_and_nowhere_else()
    {
        var cloud = await Starter.Shared();

        var template = await cloud.Template("dev", "NE-mynet-dev-App-app-site-database-RDS");

        var properties = template["Resources"]!["PrimaryDBInstance"]!["Properties"]!;
        Assert.Contains("{{resolve:secretsmanager:", properties["MasterUserPassword"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("root", (await cloud.Only("dev", "AWS::RDS::DBInstance")).Text("MasterUsername"));
    }

    [Fact]
    public async Task Row_069_an_instance_runs_the_configuration_sets_it_is_told()
    {
        var cloud = await Starter.Shared();

        var bucket = (await cloud.Stack("dev", "NE-mynet-dev-App-app-site-web-ec2lm-S3")).Outputs[Bucket];
        var script = await cloud.Bundle("dev", bucket, "cfn-init", "launch.sh");

        Assert.Contains("config_sets='Install'", script, StringComparison.Ordinal);
        Assert.Contains("--configsets \"$config_sets\"", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_070_the_parameters_of_cfn_init_are_resolved()
    {
        var cloud = await Starter.Shared();

        var secret = (await cloud.Only("dev", "AWS::SecretsManager::Secret")).Identifier;

        Assert.Equal(secret, (await cloud.Stack("dev", Web)).Parameters["DatabasePasswordarn"]);
    }

    [Fact]
    public async Task Row_071_packages_and_files_are_installed()
    {
        var cloud = await Starter.Shared();

        var install = await Install(cloud);

        Assert.Contains("httpd", install["packages"]!["yum"]!.AsObject().Select(p => p.Key));
        var files = install["files"]!;
        Assert.Equal("ok", files["/var/www/health.txt"]!["content"]!.ToString());
        Assert.Contains("WSGI", files["/etc/httpd/conf.d/saas_wsgi.conf"]!["content"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("000600", files["/etc/httpd/conf.d/saas_wsgi.conf"]!["mode"]!.ToString());
    }

    [Fact]
    public async Task Row_072_servers_may_read_the_listed_secrets_and_no_others()
    {
        var cloud = await Starter.Shared();

        var policies = (await cloud.All("dev", "AWS::IAM::ManagedPolicy")).Select(p => p["PolicyDocument"]!.AsObject());
        var reading = policies.SelectMany(p => p["Statement"]!.AsArray())
            .Where(s => s!["Action"]!.ToJsonString().Contains("secretsmanager:", StringComparison.Ordinal));

        var statement = Assert.Single(reading)!;
        Assert.Equal((await cloud.Only("dev", "AWS::SecretsManager::Secret")).Identifier,
            Assert.Single(statement["Resource"]!.AsArray())!.ToString());
    }

    [Fact]
    public async Task Row_073_commands_keep_the_names_they_are_ordered_by()
    {
        var cloud = await Starter.Shared();

        var commands = (await Install(cloud))["commands"]!.AsObject().Select(c => c.Key).ToArray();

        Assert.Equal(["10_install_mod_wsgi", "11_load_mod_wsgi", "20_install_codedeploy"], commands);
    }

    [Fact]
    public async Task Row_074_services_are_kept_running_and_restarted_after_commands()
    {
        var cloud = await Starter.Shared();

        var httpd = (await Install(cloud))["services"]!["systemd"]!["httpd"]!;

        Assert.Equal("true", httpd["ensureRunning"]!.ToString());
        Assert.Equal("11_load_mod_wsgi", Assert.Single(httpd["commands"]!.AsArray())!.ToString());
        Assert.Equal("/etc/httpd/conf.d/saas_wsgi.conf", Assert.Single(httpd["files"]!.AsArray())!.ToString());
    }

    [Fact]
    public async Task Row_075_the_CodeDeploy_agent_is_installed_and_runs()
    {
        var cloud = await Starter.Shared();

        var install = await Install(cloud);

        Assert.Contains("install_codedeploy.sh", install["commands"]!["20_install_codedeploy"]!["command"]!.ToString(),
            StringComparison.Ordinal);
        Assert.Equal("true", install["services"]!["systemd"]!["codedeploy-agent"]!["ensureRunning"]!.ToString());
    }

    [Fact]
    public async Task Row_075_a_launch_option_installs_the_CodeDeploy_agent_instead()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "            launch_options:\n",
            "            launch_options:\n              codedeploy_agent: true\n");

        await project.Provision("netenv.mynet.dev");

        await using var cloud = new Sandbox(project.Home);
        var bucket = (await cloud.Stack("dev", "NE-mynet-dev-App-app-site-web-ec2lm-S3")).Outputs[Bucket];
        Assert.Contains("LAUNCH_BUNDLE_ENABLED='true'", await cloud.Bundle("dev", bucket, "CodeDeploy", "launch.sh"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_088_switching_monitoring_replaces_the_instances_and_the_plan_says_so()
    {
        const string Address = "            eip: paco.ref netenv.mynet.applications.app.groups.bastion.resources.eip\n";
        const string Monitoring = """
                        monitoring:
                          enabled: true
                          metrics:
                            - name: swap
                              measurements: [used_percent]

            """;
        using var project = await Starter.Provisioned();
        var before = await BastionsUserData(project);

        project.Edit(Starter.Netenv, Address, Address + Monitoring);
        var on = await Rolled(project);
        var bucket = (await on.Stack("dev", "NE-mynet-dev-App-app-bastion-instance-ec2lm-S3")).Outputs["InstanceEc2lmBucketName"];
        var agent = await on.Bundle("dev", bucket, "CloudWatchAgent", "amazon-cloudwatch-agent.json");
        await on.DisposeAsync();
        Assert.NotEqual(before, await BastionsUserData(project));
        Assert.Contains("\"swap\"", agent, StringComparison.Ordinal);

        project.Edit(Starter.Netenv, Monitoring, Monitoring.Replace("true", "false", StringComparison.Ordinal));
        await (await Rolled(project)).DisposeAsync();
        Assert.Equal(before, await BastionsUserData(project));
    }

    private static async Task<Sandbox> Rolled(ProjectFolder project)
    {
        var plan = (await project.Run("plan", "netenv.mynet.dev", "--sandbox")).Ends(ExitCode.Changes).Out;
        Assert.Contains("app/bastion/instance", plan, StringComparison.Ordinal);
        Assert.Contains("rolls 1 server", plan, StringComparison.Ordinal);
        await project.Provision("netenv.mynet.dev");
        return new Sandbox(project.Home);
    }

    private static async Task<string> BastionsUserData(ProjectFolder project)
    {
        await using var cloud = new Sandbox(project.Home);
        var template = await cloud.Template("dev", "NE-mynet-dev-App-app-bastion-instance-ASG");
        return template["Resources"]!["LaunchTemplate"]!["Properties"]!["LaunchTemplateData"]!["UserData"]!.ToJsonString();
    }

    private static async Task<JsonObject> Install(Sandbox cloud)
    {
        var template = await cloud.Template("dev", Web);
        return template["Resources"]!["LaunchTemplate"]!["Metadata"]!["AWS::CloudFormation::Init"]!["Install"]!.AsObject();
    }
}
