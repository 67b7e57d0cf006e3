using System.Text.Json.Nodes;
using Paco.Aws.Tests;
using Paco.Clouds;

namespace Paco.Cli.Tests.Moto;

/// <summary>
/// The whole way through moto, an AWS nobody here wrote: what we think CloudFormation and STS are like meets a second opinion.
/// </summary>
[Collection(MotoCollection.Name)]
public sealed class ProvisionTests(MotoServer moto)
{
    private const string Network = $"{MotoProject.Environment}.us-west-2.network";

    private static readonly CancellationToken None = CancellationToken.None;

    [MotoFact]
    public async Task A_plan_of_changes_ends_with_2_and_one_without_ends_with_0()
    {
        using var project = new MotoProject(moto.Address);

        var before = await project.Run("plan", "resource.route53");
        await project.Succeed("provision", "resource.route53", "--yes");
        var after = await project.Run("plan", "resource.route53");

        Assert.Equal(ExitCode.Changes, before.ExitCode);
        Assert.Contains("+ hosted zone example.com", before.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, after.ExitCode);
        Assert.Contains("Nothing to do", after.Out, StringComparison.Ordinal);
    }

    [MotoFact]
    public async Task Two_accounts_get_what_the_project_says_and_the_management_account_nothing()
    {
        using var project = new MotoProject(moto.Address);
        await project.ProvisionEverything();

        using var cloud = project.Cloud();
        var dev = await cloud.CloudFormation(MotoProject.Dev).DescribeStacks(None);
        var prod = await cloud.CloudFormation(MotoProject.Prod).DescribeStacks(None);
        Assert.All([.. dev, .. prod], s => Assert.Equal(StackStatus.CreateComplete, s.Status));
        Assert.Equal(
            [
                "NE-shop-dev-App-app-site-address-EIP", "NE-shop-dev-App-app-site-alb-ALB", "NE-shop-dev-Net-VPC",
                "NE-shop-dev-Net-app-Rules-SG", "NE-shop-dev-Net-app-SG",
                "NE-shop-dev-Net-bastion-Rules-SG", "NE-shop-dev-Net-bastion-SG", "NE-shop-dev-Net-managed-NGW",
                "NE-shop-dev-Net-private-Segments", "NE-shop-dev-Net-public-Segments",
            ],
            dev.Select(s => s.StackName).Order(StringComparer.Ordinal));
        Assert.Equal(["NE-shop-dev-App-app-shop-example-com-RecordSet", "Resource-Route53-prod-site-HostedZone"],
            prod.Select(s => s.StackName).Order(StringComparer.Ordinal));
        Assert.Empty(await cloud.CloudFormation(MotoProject.Master).DescribeStacks(None));
    }

    [MotoFact]
    public async Task A_record_in_the_other_accounts_zone_holds_the_address_made_in_this_one()
    {
        using var project = new MotoProject(moto.Address);
        await project.ProvisionEverything();

        using var cloud = project.Cloud();
        var address = (await cloud.CloudFormation(MotoProject.Dev)
            .DescribeStack("NE-shop-dev-App-app-site-address-EIP", None))!.Outputs["ElasticIPAddress"];
        var zone = await MotoProject.Zone(cloud);
        var record = Assert.Single(await cloud.Route53(MotoProject.Prod).ListRecords(zone, None), r => r.Name == "shop.example.com");
        Assert.Equal(("A", address), (record.Type, Assert.Single(record.Values)));
    }

    [MotoFact]
    public async Task Security_groups_that_name_each_other_are_made_with_their_rules()
    {
        using var project = new MotoProject(moto.Address);
        await project.ProvisionEverything();

        // Only what comes in: moto does not know AWS::EC2::SecurityGroupEgress and makes nothing of it.
        using var eyes = await Eyes.In(moto.Address, project.Ids["dev"]);
        Assert.Equal(
            [
                "Shop-Dev-App-Alb 80 from 0.0.0.0/0",
                "Shop-Dev-App-Alb 8080 from Shop-Dev-App-Web",
                "Shop-Dev-App-Web 22 from Shop-Dev-Bastion-Instance",
                "Shop-Dev-App-Web 80 from Shop-Dev-App-Alb",
                "Shop-Dev-Bastion-Instance 22 from 198.51.100.0/24",
                "Shop-Dev-Bastion-Instance 514 from Shop-Dev-App-Web",
            ],
            await eyes.Ingress());
    }

    [MotoFact]
    public async Task What_was_just_provisioned_needs_nothing_more()
    {
        using var project = new MotoProject(moto.Address);
        await project.ProvisionEverything();

        var network = await project.Run("plan", Network);
        var whole = await project.Run("plan", MotoProject.Environment, "--json");

        Assert.Equal((ExitCode.Success, ""), (network.ExitCode, network.Error));

        // moto gives list parameters back as Python writes lists; AWS gives them as they were sent, with commas.
        Assert.Equal(["app/site/alb"], whole.Touched);
        var change = Assert.Single(Stack(whole, "app/site/alb")["resources"]!.AsArray())!;
        Assert.Equal(["Subnets", "SecurityGroups"], change["properties"]!.AsArray().Select(p => (string)p!["path"]!));
        Assert.All(change["properties"]!.AsArray(),
            p => Assert.Equal((string)p!["after"]!, ((string)p["before"]!).Replace("['", "").Replace("', '", ",").Replace("']", "")));
    }

    [MotoFact]
    public async Task Only_what_is_changed_is_planned_and_arrives()
    {
        using var project = new MotoProject(moto.Address);
        await project.ProvisionEverything();
        project.Edit("netenv/shop.yaml", "198.51.100.0/24", "203.0.113.0/24");
        project.Edit("netenv/shop.yaml", "api.example.com", "api2.example.com");
        project.Edit("netenv/shop.yaml", "title: The shop's site", "title: Titles are for people");
        project.Edit("netenv/shop.yaml", "title: Development", "title: They change nothing");

        var plan = await project.Run("plan", MotoProject.Environment, "--json");

        Assert.Equal(ExitCode.Changes, plan.ExitCode);
        Assert.Equal(["app/site/alb", "network/security_groups/bastion rules"], plan.Touched);
        var rules = Stack(plan, "network/security_groups/bastion rules")["resources"]!.AsArray();
        Assert.Equal(["create", "delete"], rules.Select(r => (string)r!["change"]!));
        Assert.Equal("203.0.113.0/24", After(rules[0]!, "CidrIp"));
        var rule = Assert.Single(Stack(plan, "app/site/alb")["resources"]!.AsArray(), r => (string)r!["logicalId"]! != "LoadBalancer")!;
        Assert.Equal(("ListenerhttpRuleapi", "update", "[api2.example.com]"),
            ((string)rule["logicalId"]!, (string)rule["change"]!, After(rule, "Conditions[0].Values")));

        await project.Succeed("provision", MotoProject.Environment, "--yes");

        using var eyes = await Eyes.In(moto.Address, project.Ids["dev"]);
        Assert.Contains("Shop-Dev-Bastion-Instance 22 from 203.0.113.0/24", await eyes.Ingress());

        // That the old rule is gone is seen in the stack only: moto's CloudFormation cannot take a rule out of a group.
        using var cloud = project.Cloud();
        var resources = await cloud.CloudFormation(MotoProject.Dev).DescribeStackResources("NE-shop-dev-Net-bastion-Rules-SG", None);
        Assert.Equal(2, resources.Length);
        Assert.Contains(resources, r => r.LogicalResourceId == (string)rules[0]!["logicalId"]!);
        Assert.DoesNotContain(resources, r => r.LogicalResourceId == (string)rules[1]!["logicalId"]!);
        Assert.Equal(["api2.example.com", "old.example.com"], await Hosts(eyes));
    }

    [MotoFact]
    public async Task A_value_the_cloud_does_not_give_fails_what_needs_it_and_nothing_else()
    {
        using var project = new MotoProject(moto.Address);
        await project.ProvisionEverything();

        // moto gives no outputs of a stack at all where one of them asks for an attribute it does not know: a load balancer's full name.
        project.Edit("netenv/shop.yaml", "            idle_timeout_secs: 60\n",
            "            dns:\n              - {domain_name: lb.example.com, hosted_zone: paco.ref resource.route53.known}\n");
        var record = await project.Run("provision", MotoProject.Environment, "--yes");
        Assert.Equal(ExitCode.Failure, record.ExitCode);
        Assert.Contains("First failure: dns lb.example.com", record.Out, StringComparison.Ordinal);
        Assert.Contains("NE-shop-dev-App-app-site-alb-ALB (dev · us-west-2) has no output LoadBalancerDNSName, which AliasDNSName needs",
            record.Out, StringComparison.Ordinal);

        // Nor does it know a zone's name servers.
        project.Edit("netenv/shop.yaml", "hosted_zone: paco.ref resource.route53.known}", "hosted_zone: paco.ref resource.route53.site}");
        var zone = await project.Run("plan", MotoProject.Environment);
        Assert.Equal(ExitCode.Failure, zone.ExitCode);
        Assert.Contains("Resource-Route53-prod-site-HostedZone in prod · us-west-2 has no output HostedZoneId so far, and it is needed",
            zone.Out, StringComparison.Ordinal);
    }

    [MotoFact]
    public async Task The_role_an_account_names_is_assumed_there()
    {
        await using var wire = await Wire.To(moto.Address);
        using var project = new MotoProject(wire.Address);
        project.Edit("accounts/prod.yaml", "account_type: AWS", "account_type: AWS\nadmin_delegate_role_name: Deployer");

        await project.Run("plan", MotoProject.Environment);

        // That a role must exist and trust us cannot be seen here: moto gives everybody every role of every account.
        var assumed = wire.Requests.Where(r => r.Contains("Action=AssumeRole", StringComparison.Ordinal))
            .Select(r => Uri.UnescapeDataString(r.Split("RoleArn=")[1].Split('&')[0]));
        Assert.Equal(
            [
                // Nothing of the environment is there; it is looked into for what left the configuration.
                $"arn:aws:iam::{project.Ids["master"]}:role/Paco-Admin-Delegate-Role",
                $"arn:aws:iam::{project.Ids["dev"]}:role/Paco-Organization-Account-Delegate-Role",
                $"arn:aws:iam::{project.Ids["prod"]}:role/Deployer",
            ],
            assumed.Order(StringComparer.Ordinal));
    }

    private static JsonNode Stack(Ran plan, string title) =>
        Assert.Single(plan.Plan["nodes"]!.AsArray(), n => (string)n!["title"]! == title)!;

    private static string? After(JsonNode change, string path) =>
        (string?)Assert.Single(change["properties"]!.AsArray(), p => (string)p!["path"]! == path)!["after"];

    private static async Task<string[]> Hosts(Eyes eyes)
    {
        var balancer = Eyes.Values(await eyes.Elb("DescribeLoadBalancers"), "LoadBalancerArn").Single();
        var listener = Eyes.Values(await eyes.Elb("DescribeListeners", ("LoadBalancerArn", balancer)), "ListenerArn").Single();
        var rules = await eyes.Elb("DescribeRules", ("ListenerArn", listener));
        return
        [
            .. Eyes.Values(rules, "member")
                .Where(v => v.EndsWith(".example.com", StringComparison.Ordinal) && !v.StartsWith("host-header", StringComparison.Ordinal))
                .Distinct().Order(StringComparer.Ordinal),
        ];
    }
}
