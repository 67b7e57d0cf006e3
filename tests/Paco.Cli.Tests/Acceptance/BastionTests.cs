namespace Paco.Cli.Tests.Acceptance;

/// <summary>The way in for administrators.</summary>
public class BastionTests
{
    private const string Address = "netenv.mynet.dev.us-west-2.applications.app.groups.bastion.resources.eip";

    [Fact]
    public async Task Row_058_SSH_is_restricted_to_an_address_in_each_environment()
    {
        using var project = await Starter.Provisioned();
        Restrict(project);

        foreach (var environment in new[] { "dev", "staging", "prod" })
        {
            await using (var before = new Sandbox(project.Home))
                Assert.Equal(["0.0.0.0/0"], await SshFrom(before, environment));
            await project.Provision($"netenv.mynet.{environment}");
            await using var cloud = new Sandbox(project.Home);
            Assert.Equal(["203.0.113.7/32"], await SshFrom(cloud, environment));
        }
    }

    [Fact]
    public async Task Row_059_the_change_is_shown_and_a_no_changes_nothing()
    {
        using var project = await Starter.Provisioned();
        Restrict(project);

        var ran = (await project.RunWith("n\n", "provision", "netenv.mynet.dev", "--sandbox")).Fails();

        Assert.Contains("0.0.0.0/0", ran.Out, StringComparison.Ordinal);
        Assert.Contains("203.0.113.7/32", ran.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", ran.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(["0.0.0.0/0"], await SshFrom(cloud, "dev"));
        Assert.All((await cloud.Stacks("dev")).Values, s => Assert.Null(s.LastUpdatedTime));
    }

    [Fact]
    public async Task Row_060_and_061_the_bastion_is_disabled_in_one_environment()
    {
        using var project = await Starter.Provisioned();
        project.EditEnvironment("dev", "            bastion:\n", "            bastion:\n              enabled: false\n");

        // Its address goes back to AWS, which needs a word of its own.
        (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes", "--allow-destroy", Address)).Succeeds();
        await project.Provision("netenv.mynet.staging");

        await using var cloud = new Sandbox(project.Home);
        foreach (var stack in new[] { "instance-ASG", "eip-EIP" })
            Assert.Empty(await Made(cloud, "dev", $"NE-mynet-dev-App-app-bastion-{stack}"));
        // What is left is the address of the way out.
        Assert.Single(await cloud.All("dev", "AWS::EC2::EIP"));
        Assert.Single(await cloud.All("dev", "AWS::AutoScaling::AutoScalingGroup"));
        Assert.Equal(2, (await cloud.All("staging", "AWS::AutoScaling::AutoScalingGroup")).Count);
    }

    [Fact]
    public async Task Row_062_the_bastion_keeps_its_address()
    {
        var cloud = await Starter.Shared();

        var address = (await cloud.Stack("dev", "NE-mynet-dev-App-app-bastion-eip-EIP")).Outputs;
        var group = await cloud.In("dev", "NE-mynet-dev-App-app-bastion-instance-ASG", "ASG", "AWS::AutoScaling::AutoScalingGroup");

        var tag = group["Tags"]!.AsArray().Single(t => t!["Key"]!.ToString() == "Paco-EIP-Allocation-Id")!;
        Assert.Contains(tag["Value"]!.ToString(), address.Values);
        Assert.Equal("true", tag["PropagateAtLaunch"]!.ToString());
    }

    [Fact]
    public async Task Row_063_the_address_can_be_given_up()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "            title: \"Bastion address\"\n            enabled: true",
            "            title: \"Bastion address\"\n            enabled: false");
        project.Edit(Starter.Netenv, "            eip: paco.ref netenv.mynet.applications.app.groups.bastion.resources.eip\n", "");

        var refused = (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes")).Fails();
        (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes", "--allow-destroy", Address)).Succeeds();

        Assert.Contains($"app/bastion/eip would lose the address, which others may know\n  needs --allow-destroy {Address}",
            refused.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await Made(cloud, "dev", "NE-mynet-dev-App-app-bastion-eip-EIP"));
        var group = await cloud.In("dev", "NE-mynet-dev-App-app-bastion-instance-ASG", "ASG", "AWS::AutoScaling::AutoScalingGroup");
        Assert.DoesNotContain("Paco-EIP-Allocation-Id", group.Properties.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_064_servers_are_reached_through_the_bastion_only()
    {
        var cloud = await Starter.Shared();

        var groups = await cloud.Stack("dev", "NE-mynet-dev-Net-app-SG");
        var bastion = (await cloud.Stack("dev", "NE-mynet-dev-Net-bastion-SG")).Outputs["instanceId"];
        var ssh = (await cloud.All("dev", "AWS::EC2::SecurityGroupIngress"))
            .Where(r => r.Text("GroupId") == groups.Outputs["webId"] && r.Properties["FromPort"]?.ToString() == "22");
        Assert.Equal(bastion, Assert.Single(ssh).Text("SourceSecurityGroupId"));

        var segment = (await cloud.Stack("dev", "NE-mynet-dev-Net-private-Segments")).Outputs;
        var tables = Enumerable.Range(1, 3).Select(az => segment[$"RouteTableIdAZ{az}"]).ToHashSet();
        var routes = (await cloud.All("dev", "AWS::EC2::Route")).Where(r => tables.Contains(r.Text("RouteTableId"))).ToArray();
        Assert.Equal(3, routes.Length);
        Assert.All(routes, r => Assert.Null(r["GatewayId"]));
        var web = await cloud.In("dev", "NE-mynet-dev-App-app-site-web-ASG", "ASG", "AWS::AutoScaling::AutoScalingGroup");
        Assert.Equal(segment["SubnetIdAZ1"], Assert.Single(web["VPCZoneIdentifier"]!.AsArray())!.ToString());
    }

    private static void Restrict(ProjectFolder project) =>
        project.Edit(Starter.Netenv, "              from_port: 22\n              to_port: 22\n              cidr_ip: 0.0.0.0/0",
            "              from_port: 22\n              to_port: 22\n              cidr_ip: 203.0.113.7/32");

    /// <summary>What a stack still holds, without the placeholder an emptied stack needs.</summary>
    private static async Task<IEnumerable<string>> Made(Sandbox cloud, string account, string stack) =>
        !(await cloud.Stacks(account)).ContainsKey(stack)
            ? []
            : (await cloud.ResourcesOf(account, stack)).Keys.Where(id => id != "EmptyTemplatePlaceholder");

    private static async Task<string[]> SshFrom(Sandbox cloud, string environment)
    {
        var bastion = (await cloud.Stack(environment, $"NE-mynet-{environment}-Net-bastion-SG")).Outputs["instanceId"];
        return
        [
            .. (await cloud.All(environment, "AWS::EC2::SecurityGroupIngress"))
                .Where(r => r.Text("GroupId") == bastion && r.Properties["FromPort"]?.ToString() == "22").Select(r => r.Text("CidrIp")),
        ];
    }
}
