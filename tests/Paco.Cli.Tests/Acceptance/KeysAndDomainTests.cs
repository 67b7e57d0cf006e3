using Paco.Clouds;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>Key pairs and the domain, which are made before any environment.</summary>
public class KeysAndDomainTests
{
    private const string Pem = "-----BEGIN RSA PRIVATE KEY-----";

    [Fact]
    public async Task Row_029_every_environment_has_a_key_pair_in_its_account()
    {
        var cloud = await Starter.Shared();

        foreach (var account in new[] { "dev", "staging", "prod" })
        {
            Assert.NotNull(await cloud.Aws.Ec2(new Place(account, "us-west-2"))
                .DescribeKeyPair($"app-{account}-us-west-2", CancellationToken.None));
        }
    }

    [Fact]
    public async Task Row_030_the_private_key_is_shown_once()
    {
        using var project = await Starter.New();

        var first = await project.Provision("resource.ec2.keypairs");
        var second = await project.Provision("resource.ec2.keypairs");

        Assert.Equal(3, first.Out.Split(Pem).Length - 1);
        Assert.DoesNotContain(Pem, second.All, StringComparison.Ordinal);
        Assert.DoesNotContain("created", second.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_031_a_key_pair_of_ones_own_is_used_and_not_made()
    {
        using var project = await Starter.Provisioned();
        await using (var cloud = new Sandbox(project.Home))
            await cloud.Aws.Ec2(new Place("dev", "us-west-2")).CreateKeyPair("jane", [new("for", "me")], default);
        project.Edit("resource/ec2.yaml", "keypair_name: \"app-dev-us-west-2\"", "keypair_name: jane");

        var keys = await project.Provision("resource.ec2.keypairs");
        await project.Provision("netenv.mynet.dev");

        Assert.DoesNotContain(Pem, keys.All, StringComparison.Ordinal);
        await using var after = new Sandbox(project.Home);
        foreach (var template in await after.All("dev", "AWS::EC2::LaunchTemplate"))
            Assert.Equal("jane", template["LaunchTemplateData"]!["KeyName"]!.ToString());
    }

    [Fact]
    public async Task Row_032_the_answer_for_the_domain_is_in_route53_yaml()
    {
        using var project = new ProjectFolder();
        project.At = project.Above;

        (await project.Run("init", "project", "myproj", "--defaults", "--set", "domain_name=Shop.Example.ORG")).Succeeds();

        Assert.Contains("domain_name: \"shop.example.org\"", project.Read("resource/route53.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_033_provisioning_route53_makes_a_zone_and_tells_its_name_servers()
    {
        using var project = await Starter.New();

        var ran = await project.Provision("resource.route53");

        await using var cloud = new Sandbox(project.Home);
        var zone = await cloud.Only("prod", "AWS::Route53::HostedZone");
        Assert.Equal("example.com", zone.Text("Name").TrimEnd('.'));
        var servers = zone["NameServers"]!.AsArray();
        Assert.Equal(4, servers.Count);
        Assert.All(servers, server => Assert.Contains(server!.ToString(), ran.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_034_a_zone_that_exists_already_is_only_named()
    {
        using var project = await Starter.New();
        project.Edit("resource/route53.yaml", "    enabled: true\n",
            "    enabled: true\n    external_resource:\n      enabled: true\n      hosted_zone_id: Z0123456789ABCDEFGHIJ\n");

        await project.Provision("resource.route53");

        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await cloud.All("prod", "AWS::Route53::HostedZone"));
        Assert.Equal(["EmptyTemplatePlaceholder"], (await cloud.ResourcesOf("prod", "Resource-Route53-prod-app-HostedZone")).Keys);
    }

    [Theory]
    [InlineData("dev", "dev.example.com")]
    [InlineData("staging", "staging.example.com")]
    [InlineData("prod", "example.com")]
    public async Task Row_035_an_environment_writes_the_alias_of_its_load_balancer_into_the_zone(string environment, string name)
    {
        var cloud = await Starter.Shared();

        var stack = $"NE-mynet-{environment}-App-app-{name.Replace('.', '-')}-RecordSet";
        var record = await cloud.In("prod", stack, "RecordSet", "AWS::Route53::RecordSet");
        var balancer = await cloud.Only(environment, "AWS::ElasticLoadBalancingV2::LoadBalancer");
        Assert.Equal(name, record.Text("Name").TrimEnd('.'));
        Assert.Equal("A", record.Text("Type"));
        Assert.Equal(balancer.Text("DNSName"), record["AliasTarget"]!["DNSName"]!.ToString());
        Assert.Equal(balancer.Text("CanonicalHostedZoneID"), record["AliasTarget"]!["HostedZoneId"]!.ToString());
    }
}
