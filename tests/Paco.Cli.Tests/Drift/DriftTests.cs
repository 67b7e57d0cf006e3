using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Drift;

/// <summary><c>paco drift</c>: what was changed outside Paco, stack by stack.</summary>
public class DriftTests
{
    private const string Rules = "NE-mynet-dev-Net-app-Rules-SG";
    private const string Rule = "alb70341E61IngressHTTP";
    private const string Ingress = "AWS::EC2::SecurityGroupIngress";
    private const string Group = "AWS::AutoScaling::AutoScalingGroup";
    private const string Web = "NE-mynet-dev-App-app-site-web-ASG";

    [Fact]
    public async Task What_is_as_it_was_deployed_has_not_drifted()
    {
        using var project = await Starter.Provisioned();

        var ran = (await project.Run("drift", "netenv.mynet.dev", "--sandbox")).Succeeds();

        Assert.Contains("No drift", ran.Out, StringComparison.Ordinal);
        Assert.Contains("5 resources CloudFormation cannot check: AWS::CertificateManager::Certificate, "
            + "AWS::CloudFormation::WaitConditionHandle, AWS::CodeBuild::Project, AWS::CodeDeploy::DeploymentGroup", ran.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_security_group_rule_changed_by_hand_is_named_with_both_its_values()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("dev", Ingress, hand.Id(Rules, Rule), "replace", "/Description", "for Bob");

        var ran = (await project.Run("drift", "netenv.mynet.dev", "--sandbox")).Ends(ExitCode.Changes);

        var shown = ran.Out.Split('\n').Select(line => line.Trim()).ToList();
        Assert.Contains(shown,
            line => line.StartsWith("≠ network/security_groups/app rules", StringComparison.Ordinal)
                && line.EndsWith("1 resource differs", StringComparison.Ordinal));
        var at = shown.FindIndex(line => line.StartsWith($"~ {Rule}", StringComparison.Ordinal));
        Assert.Equal(["Description", "template says  unknown", "really is      for Bob"], shown[(at + 1)..(at + 4)]);
    }

    [Fact]
    public async Task A_security_group_rule_deleted_by_hand_is_deleted()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Delete("dev", Ingress, hand.Id(Rules, Rule));

        var answer = (await project.Run("drift", "netenv.mynet.dev", "--sandbox", "--json")).Ends(ExitCode.Changes).Json;

        Assert.Equal(("drift", true, true), (answer["type"]!.ToString(), (bool)answer["drifted"]!, (bool)answer["complete"]!));
        var stack = Assert.Single(answer["drift"]!.AsArray(), s => s!["status"]!.ToString() == "drifted")!;
        Assert.Equal((Rules, "dev", "us-west-2"), (stack["name"]!.ToString(), stack["account"]!.ToString(), stack["region"]!.ToString()));
        var resource = Assert.Single(stack["resources"]!.AsArray())!;
        Assert.Equal((Rule, Ingress, "deleted", false),
            (resource["logicalId"]!.ToString(), resource["type"]!.ToString(), resource["status"]!.ToString(),
                (bool)resource["holdsData"]!));
    }

    [Fact]
    public async Task Drift_in_two_accounts_is_seen_at_once()
    {
        using var project = await Starter.New();
        project.Edit("resource/route53.yaml", "    account: paco.ref accounts.prod\n",
            "    account: paco.ref accounts.prod\n  other:\n    enabled: true\n    domain_name: example.org\n    account: paco.ref accounts.dev\n");
        await project.Provision("resource.route53");
        var hand = new Behind(project.Home);
        await hand.Delete("prod", "AWS::Route53::HostedZone", hand.Id("Resource-Route53-prod-app-HostedZone", "HostedZone"));
        await hand.Delete("dev", "AWS::Route53::HostedZone", hand.Id("Resource-Route53-dev-other-HostedZone", "HostedZone"));

        var ran = (await project.Run("drift", "resource.route53", "--sandbox")).Ends(ExitCode.Changes);

        Assert.Contains("2 deployed stacks · 2 accounts · 1 region", ran.Out, StringComparison.Ordinal);
        Assert.Contains("2 resources of 2 stacks changed outside Paco", ran.Out, StringComparison.Ordinal);
        Assert.Equal(2, ran.Out.Split("DELETED, and its data with it").Length - 1);
    }

    [Fact]
    public async Task What_cannot_be_checked_is_named()
    {
        using var project = await Starter.Provisioned();

        var ran = (await project.Run("drift", "netenv.mynet.dev", "--sandbox", "-v")).Succeeds();

        Assert.Contains("app/site/cloud_cert Certificate  AWS::CertificateManager::Certificate", ran.Out, StringComparison.Ordinal);
        Assert.Contains("dns dev.example.com RecordSet  AWS::Route53::RecordSet", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_moves_the_cursor_and_nobody_reads_a_password()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("dev", Ingress, hand.Id(Rules, Rule), "replace", "/Description", "\u001b]0;pwned\u0007 \u009b2J");
        await hand.Change("dev", Group, hand.Id(Web, "ASG"), "add", "/Tags/-",
            JsonNode.Parse("""{"Key": "db_password", "Value": "hunter2", "PropagateAtLaunch": true}"""));

        var shown = (await project.Run("drift", "netenv.mynet.dev", "--sandbox", "-v")).Ends(ExitCode.Changes);
        var json = (await project.Run("drift", "netenv.mynet.dev", "--sandbox", "--json")).Ends(ExitCode.Changes);

        Assert.DoesNotContain(shown.All + json.All, c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
        Assert.DoesNotContain("hunter2", shown.All + json.All, StringComparison.Ordinal);
        Assert.Contains("(secret)", shown.Out, StringComparison.Ordinal);
        Assert.Contains("db_password", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_of_a_database_is_never_compared()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("dev", "AWS::RDS::DBInstance", hand.Id("NE-mynet-dev-App-app-site-database-RDS", "PrimaryDBInstance"), "replace",
            "/MasterUserPassword", "changed-by-hand");

        (await project.Run("drift", "netenv.mynet.dev", "--sandbox")).Succeeds();
    }

    [Fact]
    public async Task Nothing_deployed_is_no_drift_and_no_error()
    {
        using var project = await Starter.New();

        Assert.Contains("Nothing is deployed", (await project.Run("drift", "netenv.mynet.dev", "--sandbox")).Succeeds().Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttling_fails_nothing()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Delete("dev", Ingress, hand.Id(Rules, Rule));

        var ran = (await project.Run("drift", "netenv.mynet.dev.us-west-2.network.vpc.security_groups", "--sandbox", "--fault",
            "throttle:cloudformation:*Drift*:2")).Ends(ExitCode.Changes);

        Assert.Contains("1 resource of 1 stack changed outside Paco", ran.Out, StringComparison.Ordinal);
    }
}
