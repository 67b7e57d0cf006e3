namespace Paco.Cli.Tests.Acceptance;

/// <summary>Domain names and the load balancer's rules.</summary>
public class TrafficTests
{
    private const string Rule = "AWS::ElasticLoadBalancingV2::ListenerRule";

    [Theory]
    [InlineData("dev", "dev.example.com")]
    [InlineData("staging", "staging.example.com")]
    [InlineData("prod", "example.com")]
    public async Task Row_052_the_environments_host_is_forwarded_to_the_target_group(string environment, string host)
    {
        var cloud = await Starter.Shared();

        var rule = (await cloud.All(environment, Rule)).Single(r => r.Text("Priority") == "1");

        var target = await cloud.Only(environment, "AWS::ElasticLoadBalancingV2::TargetGroup");
        var action = rule["Actions"]![0]!;
        Assert.Equal("forward", action["Type"]!.ToString());
        Assert.Equal(target.Text("TargetGroupArn"), action["TargetGroupArn"]!.ToString());
        var condition = Assert.Single(rule["Conditions"]!.AsArray())!;
        Assert.Equal("host-header", condition["Field"]!.ToString());
        Assert.Contains($"\"{host}\"", condition.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_053_prod_redirects_every_name_below_the_domain_to_it()
    {
        var cloud = await Starter.Shared();

        var rule = (await cloud.All("prod", Rule)).Single(r => r.Text("Priority") == "2");

        Assert.Contains("\"*.example.com\"", rule["Conditions"]!.ToJsonString(), StringComparison.Ordinal);
        var redirect = rule["Actions"]![0]!["RedirectConfig"]!;
        Assert.Equal(("example.com", "HTTP_301"), (redirect["Host"]!.ToString(), redirect["StatusCode"]!.ToString()));
    }

    [Fact]
    public async Task Row_054_dev_has_no_redirect_rule()
    {
        var cloud = await Starter.Shared();

        Assert.Equal("1", (await cloud.Only("dev", Rule)).Text("Priority"));
    }

    [Fact]
    public async Task Row_055_an_environment_may_go_without_a_domain_name()
    {
        using var project = await Starter.WithGlobals();
        project.EditEnvironment("dev", "                  dns:\n                    - domain_name: \"dev.example.com\"\n",
            "                  dns: []\n");

        await project.Provision("netenv.mynet.dev");

        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain((await cloud.Stacks("prod")).Keys, name => name.EndsWith("-RecordSet", StringComparison.Ordinal));
        Assert.EndsWith(".elb.amazonaws.com", (await cloud.Only("dev", "AWS::ElasticLoadBalancingV2::LoadBalancer")).Text("DNSName"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_055_dns_enabled_false_makes_no_record()
    {
        using var project = await Starter.New();
        project.EditEnvironment("dev", "                alb:\n", "                alb:\n                  dns_enabled: false\n");

        (await project.Run("synth", "netenv.mynet.dev", "--out", "out")).Succeeds();

        Assert.DoesNotContain("AWS::Route53::RecordSet",
            project.Read("out/prod/us-west-2/NE-mynet-dev-App-app-dev-example-com-RecordSet.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_055_the_record_of_an_environment_is_taken_away()
    {
        using var project = await Starter.Provisioned();
        project.EditEnvironment("dev", "                alb:\n", "                alb:\n                  dns_enabled: false\n");

        (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes")).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        var names = (await cloud.All("prod", "AWS::Route53::RecordSet")).Select(r => r.Text("Name").TrimEnd('.'));
        Assert.Equal(["example.com", "staging.example.com"], names.Order());
    }

    [Fact]
    public async Task Row_056_the_load_balancer_can_stand_in_private_subnets()
    {
        using var project = await Starter.WithGlobals();
        project.Edit(Starter.Netenv, "            scheme: internet-facing\n            segment: public\n",
            "            scheme: internal\n            segment: private\n");

        await project.Provision("netenv.mynet.dev");

        await using var cloud = new Sandbox(project.Home);
        var balancer = await cloud.Only("dev", "AWS::ElasticLoadBalancingV2::LoadBalancer");
        Assert.Equal("internal", balancer.Text("Scheme"));
        var subnets = (await cloud.Stack("dev", "NE-mynet-dev-Net-private-Segments")).Outputs["SubnetIdList"];
        Assert.Equal(subnets.Split(','), balancer["Subnets"]!.AsArray().Select(s => s!.ToString()));
    }
}
