using System.Security.Cryptography;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Paco.Starters.Tests;

/// <summary>What the environments of the starter are, and the faults of its predecessor that it must not have.</summary>
public class EnvironmentTests
{
    private const string File = "netenv/mynet.yaml";
    private const string Site = "applications/app/groups/site/resources";

    private static readonly NewProject Project = NewProject.With(("domain_name", "shop.test"));

    [Theory]
    [InlineData("dev", "10.2")]
    [InlineData("staging", "10.3")]
    [InlineData("prod", "10.4")]
    public void No_two_subnets_of_an_environment_overlap(string name, string prefix)
    {
        var vpc = $"environments/{name}/default/network/vpc";
        var subnets =
            from segment in new[] { "public", "private", "database" }
            from zone in new[] { 1, 2, 3 }
            select Project.Scalar(File, $"{vpc}/segments/{segment}/az{zone}_cidr");

        Assert.Equal($"{prefix}.0.0/16", Project.Scalar(File, $"{vpc}/cidr"));
        Assert.Equal(Enumerable.Range(1, 9).Select(third => $"{prefix}.{third}.0/24"), subnets);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    public void An_environment_on_trial_is_small_and_has_its_own_name_key_and_certificate(string name)
    {
        var own = $"environments/{name}/default";
        var key = $"paco.ref resource.ec2.keypairs.app_{name}";

        Assert.Equal("true", Project.Scalar(File, $"{own}/network/vpc/nat_gateway/ec2/enabled"));
        Assert.Equal(key, Project.Scalar(File, $"{own}/network/vpc/nat_gateway/ec2/ec2_key_pair"));
        Assert.Equal(key, Project.Scalar(File, $"{own}/{Site}/web/instance_key_pair"));
        Assert.Equal(key, Project.Scalar(File, $"{own}/applications/app/groups/bastion/resources/instance/instance_key_pair"));
        Assert.Equal($"{name}.shop.test", Project.Scalar(File, $"{own}/{Site}/cloud_cert/domain_name"));
        Assert.Empty(Project.List(File, $"{own}/{Site}/cloud_cert/subject_alternative_names"));
        Assert.Equal($"{name}.shop.test", Project.Scalar(File, $"{own}/{Site}/alb/dns/0/domain_name"));
        Assert.Equal($"{name}.shop.test", Project.Scalar(File, $"{own}/{Site}/alb/listeners/https/rules/app_forward/host"));
        Assert.Equal("false", Project.Scalar(File, $"{own}/{Site}/alb/listeners/https/rules/app_redirect/enabled"));
        Assert.Equal("false", Project.Scalar(File, $"{own}/{Site}/database/multi_az"));
        Assert.Equal("1", Project.Scalar(File, $"{Site}/web/max_instances"));
    }

    [Fact]
    public void Production_has_two_servers_in_all_zones_and_a_database_that_stays()
    {
        const string Web = $"environments/prod/default/{Site}/web";

        Assert.Equal("true", Project.Scalar(File, "environments/prod/default/network/vpc/nat_gateway/managed/enabled"));
        Assert.Equal("2", Project.Scalar(File, $"{Web}/min_instances"));
        Assert.Equal("4", Project.Scalar(File, $"{Web}/max_instances"));
        Assert.Equal("all", Project.Scalar(File, $"{Web}/availability_zone"));
        Assert.Equal("true", Project.Scalar(File, $"environments/prod/default/{Site}/database/multi_az"));
        Assert.Equal("true", Project.Scalar(File, $"environments/prod/default/{Site}/database/deletion_protection"));
        Assert.Equal("shop.test", Project.Scalar(File, $"{Site}/cloud_cert/domain_name"));
        Assert.Equal(["*.shop.test"], Project.List(File, $"{Site}/cloud_cert/subject_alternative_names"));
        Assert.Equal("*.shop.test", Project.Scalar(File, $"{Site}/alb/listeners/https/rules/app_redirect/host"));
    }

    [Fact]
    public void The_order_of_things_is_kept()
    {
        Assert.Equal(["cloud_cert 1", "database 10", "alb 20", "web 30", "dashboard 200"], Ordered("site"));
        Assert.Equal(["eip 5", "instance 10"], Ordered("bastion"));
        Assert.Equal("1", Project.Scalar(File, "applications/app/groups/site/order"));
        Assert.Equal("20", Project.Scalar(File, "applications/app/groups/bastion/order"));
    }

    [Theory]
    [InlineData("database", "ingress/0", "databaseD0B449B7IngressRDSMysql")]
    [InlineData("alb", "ingress/0", "albF424E571IngressHTTPS")]
    [InlineData("alb", "ingress/1", "alb70341E61IngressHTTP")]
    [InlineData("alb", "egress/0", "albFFC3F6A8EgressANY")]
    [InlineData("web", "ingress/0", "web8F672C37IngressHTTP")]
    [InlineData("web", "ingress/1", "web3A75C8C7IngressSSH")]
    public void Rules_keep_the_ids_they_have_in_deployed_stacks(string group, string rule, string id)
    {
        var path = $"network/vpc/security_groups/app/{group}/{rule}";
        string Field(string name, string absent) => Project.Has(File, $"{path}/{name}") ? Project.Scalar(File, $"{path}/{name}") : absent;

        // The id holds a digest of the rule, with references as they are in production.
        var source = Field("source_security_group", "").Replace("netenv.mynet.", "netenv.mynet.prod.us-west-2.", StringComparison.Ordinal);
        var text = source + Field("cidr_ip", "") + Field("description", "") + Field("from_port", "-1")
            + Field("protocol", "") + Field("to_port", "-1") + Field("port", "-1") + Field("name", "");
        var direction = rule.StartsWith('i') ? "Ingress" : "Egress";

        Assert.Equal(id, $"{group}{Md5(text)}{direction}{Field("name", "")}");
    }

    [Fact]
    public void Every_reference_leads_to_something_in_the_project()
    {
        var references = Scalars(Project.Root(File)).Where(text => text.StartsWith("paco.ref ", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(Leads(reference["paco.ref ".Length..]), reference));
    }

    [Fact]
    public void Each_environment_watches_the_branch_answered()
    {
        var project = NewProject.With(("dev_branch", "main"), ("prod_branch", "release"));
        const string Pipeline = "applications/app/groups/app_deploy/resources/pipeline";
        string Branch(string environment) =>
            project.Scalar(File, $"environments/{environment}/default/{Pipeline}/source/codecommit/deployment_branch_name");

        Assert.Equal(["main", "staging", "release"], new[] { "dev", "staging", "prod" }.Select(Branch));
        Assert.Equal("main", project.Scalar(File, $"environments/dev/default/{Pipeline}/build/codebuild/deployment_environment"));
        Assert.Contains("git push origin HEAD:main", project["application/README.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_deployed_says_how_and_holds_what_it_names()
    {
        var appspec = Project.Root("application/appspec.yml");
        var scripts = ((YamlMappingNode)appspec["hooks"]).Children.Values.SelectMany(Scalars).Where(text => text.Contains('/')).ToArray();
        var destination = ((YamlScalarNode)((YamlSequenceNode)appspec["files"])[0]["destination"]).Value!;

        Assert.Equal(["deploy/start.sh", "deploy/validate.sh"], scripts);
        Assert.All(scripts, script => Assert.StartsWith("#!/bin/bash\n", Project[$"application/{script}"], StringComparison.Ordinal));
        Assert.Contains($"WSGIScriptAlias / {destination}/wsgi.py", Project["netenv/webapp/saas_wsgi.conf"], StringComparison.Ordinal);
        Assert.Equal("0.2", Project.Scalar("application/buildspec.yaml", "version"));
        Assert.Equal("3.11", Project.Scalar("application/buildspec.yaml", "phases/install/runtime-versions/python"));
        Assert.Contains("python3.11", Project.Keys(File, $"{Site}/web/cfn_init/configurations/Install/packages/yum"));
    }

    [Fact]
    public void Servers_run_what_AWS_supports()
    {
        const string Install = $"{Site}/web/cfn_init/configurations/Install";

        Assert.Equal("paco.ref function.aws.ec2.ami.latest.amazon-linux-2023", Project.Scalar(File, $"{Site}/web/instance_ami"));
        Assert.Equal("8.4", Project.Scalar(File, $"{Site}/database/engine_version"));
        Assert.Equal("gp3", Project.Scalar(File, $"{Site}/database/storage_type"));
        Assert.Equal(["httpd", "codedeploy-agent"], Project.Keys(File, $"{Install}/services/systemd"));
        Assert.Contains("python3.11-devel", Project.Keys(File, $"{Install}/packages/yum"));
        Assert.All(
            Project.Keys(File, $"{Install}/files"),
            path => Assert.False(path.StartsWith("/tmp/", StringComparison.Ordinal), path));
    }

    [Theory]
    [InlineData("get_rds_dsn.sh", "AWS::Region", "DatabasePasswordarn")]
    [InlineData("install_codedeploy.sh", "AWS::Region", "AWS::URLSuffix")]
    public void A_script_is_CloudFormation_text_with_known_names_only(string script, params string[] names)
    {
        var text = Assert.IsType<YamlScalarNode>(Project.Root($"netenv/webapp/{script}"));

        Assert.Equal("!Sub", text.Tag.Value);
        Assert.StartsWith("#!/bin/bash\n", text.Value, StringComparison.Ordinal);
        var used = text.Value!.Split("${").Skip(1).Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)]).Distinct();
        Assert.Equal(names.Order(), used.Order());
    }

    private static string[] Ordered(string group)
    {
        var resources = $"applications/app/groups/{group}/resources";
        return [.. Project.Keys(File, resources).Select(name => $"{name} {Project.Scalar(File, $"{resources}/{name}/order")}")];
    }

    private static bool Leads(string reference)
    {
        var parts = reference.Split('.');
        return parts switch
        {
            ["function", ..] => true,
            ["accounts", var name] => Project.Files.Any(file => file.Path == $"accounts/{name}.yaml"),
            ["resource", "ec2", "keypairs", var key] => Project.Has("resource/ec2.yaml", $"keypairs/{key}"),
            ["resource", "route53", var zone] => Project.Has("resource/route53.yaml", $"hosted_zones/{zone}"),
            ["resource", "codecommit", var group, var name] => Project.Has("resource/codecommit.yaml", $"{group}/{name}"),
            ["netenv", "mynet", .. var rest, "arn" or "name" or "fullname"] => Project.Has(File, string.Join('/', rest)),
            ["netenv", "mynet", .. var rest] => Project.Has(File, string.Join('/', rest)),
            _ => false,
        };
    }

    private static IEnumerable<string> Scalars(YamlNode node) => node switch
    {
        YamlScalarNode scalar => [scalar.Value!],
        YamlSequenceNode list => list.SelectMany(Scalars),
        YamlMappingNode map => map.Children.Values.SelectMany(Scalars),
        _ => [],
    };

#pragma warning disable CA5351 // The ids hold MD5 because the deployed stacks do.
    private static string Md5(string text) => Convert.ToHexString(MD5.HashData(Encoding.ASCII.GetBytes(text)))[..8];
#pragma warning restore CA5351
}
