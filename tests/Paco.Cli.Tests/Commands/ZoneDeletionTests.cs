using System.Text.Json.Nodes;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Tests.Commands;

/// <summary>What stands in a zone that goes, and that CloudFormation does not take with it (tests/projects/customers).</summary>
public sealed class ZoneDeletionTests
{
    private const string ZoneStack = "Resource-Route53-prod-public-HostedZone";
    private const string Zone = "resource.route53";
    private static readonly string[] Delete = ["delete", Zone, "--sandbox", "--yes", "--allow-destroy", Zone];
    private static readonly DnsRecord One = new("_a.www.example.com", "CNAME", 300, ["_b.acm-validations.aws"]);
    private static readonly DnsRecord Two = new("_c.dev.example.com", "CNAME", 60, ["_d.acm-validations.aws."]);
    private static readonly DnsRecord ByHand = new("mail.example.com", "MX", 300, ["10 mx.example.net"]);

    [Fact]
    public async Task Validation_records_go_before_their_zone_by_an_action_that_the_plan_shows()
    {
        using var project = await WithZones();
        await Write(project, One, Two);

        var shown = (await project.Run("delete", Zone, "--sandbox")).Fails();
        var json = (await project.Run(["delete", Zone, "--sandbox", "--json", "--yes", "--allow-destroy", Zone])).Succeeds();

        Assert.Contains("- validation records left in example.com", shown.Out, StringComparison.Ordinal);
        var plan = JsonNode.Parse(json.Out.Split('\n')[0])!;
        var action = Assert.Single(plan["nodes"]!.AsArray(), n => n!["kind"]!.ToString() == "action")!;
        Assert.Equal(("delete", $"{Zone}.public"), (action["action"]!.ToString(), action["ref"]!.ToString()));
        Assert.Equal("2 records, without which AWS renews no certificate of www.example.com, dev.example.com",
            action["reason"]!.ToString());
        Assert.Equal("3", plan["totals"]!["delete"]!.ToString());
        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain(ZoneStack, (await cloud.Stacks("prod")).Keys);
    }

    [Fact]
    public async Task Any_other_record_is_a_problem_of_the_plan_and_nothing_is_begun()
    {
        using var project = await WithZones();
        await Write(project, One, ByHand);

        var refused = (await project.Run(Delete)).Fails();

        Assert.Contains("the zone example.com holds mail.example.com (MX), which nothing of the project made", refused.Out + refused.Error,
            StringComparison.Ordinal);
        Assert.Contains("delete it in Route 53, then run this again", refused.Out + refused.Error, StringComparison.Ordinal);
        Assert.Contains(One.Name, (await Records(project)).Select(r => r.Name));
    }

    [Fact]
    public async Task A_record_of_a_stack_that_stays_is_a_problem_that_says_whose_it_is()
    {
        using var project = await LeftTests.WithAcme();

        var refused = (await project.Run(Delete)).Fails();

        Assert.Contains("holds ip.acme.example.com (A), of ", refused.Out + refused.Error, StringComparison.Ordinal);
        Assert.Contains("delete that first: paco delete netenv.acme.ENVIRONMENT", refused.Out + refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_of_stacks_that_go_first_are_no_obstacle()
    {
        using var project = await LeftTests.WithAcme();
        await Write(project, One);

        (await project.Run("delete", "--all", "--sandbox", "--yes", "--allow-destroy", "netenv", "--allow-destroy", Zone)).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await cloud.Stacks("prod"));
        Assert.Empty(await cloud.Stacks("dev"));
    }

    [Fact]
    public async Task A_zone_that_left_is_pruned_with_them()
    {
        using var project = await WithZones();
        await Write(project, One);
        project.Write("resource/route53.yaml", "hosted_zones: {}\n");

        (await project.Run("provision", Zone, "--sandbox", "--yes", "--prune", "--allow-destroy", Zone)).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain(ZoneStack, (await cloud.Stacks("prod")).Keys);
    }

    [Fact]
    public async Task A_zone_that_is_replaced_stays_behind_with_its_records_and_the_plan_says_so()
    {
        using var project = await WithZones();
        await Write(project, ByHand);
        var zones = project.Read("resource/route53.yaml");
        project.Write("resource/route53.yaml", zones.Replace("name: example.com", "name: example.org", StringComparison.Ordinal));

        var shown = await project.Run("plan", Zone, "--sandbox");

        Assert.Contains("the zone example.com is replaced, and the old one holds mail.example.com (MX)", shown.Out,
            StringComparison.Ordinal);
        (await project.Run("provision", Zone, "--sandbox", "--yes", "--allow-destroy", Zone)).Succeeds();
    }

    [Fact]
    public async Task In_whichever_order_they_are_planned_the_zone_waits_for_its_records()
    {
        using var project = await WithZones();
        await Write(project, One);
        var graph = Toolkit.Compile(project.Home).Graph!;
        await using var cloud = new Sandbox(project.Home);

        var plan = await DeletionPlanner.Plan(graph, Scope.Parse(Zone, out _)!, cloud.Aws, new PlanOptions(Starter.Accounts), default);

        var records = Assert.Single(plan.Nodes.OfType<PlannedAction>()).Id;
        Assert.Contains(records, RunDependencies.Of(plan)[new NodeId(new Place("prod", Sandbox.Region), ZoneStack)]);
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public async Task A_run_that_ended_between_the_two_is_brought_to_its_end_by_the_next()
    {
        using var project = await WithZones();
        await Write(project, One, Two);
        var zone = await ZoneId(project);
        await using (var cloud = new Sandbox(project.Home))
            await cloud.Aws.Route53(new Place("prod", Sandbox.Region)).DeleteRecord(zone, One, default);

        var again = (await project.Run(Delete)).Succeeds();

        Assert.Contains("1 record, without which", again.Out, StringComparison.Ordinal);
        await using var after = new Sandbox(project.Home);
        Assert.DoesNotContain(ZoneStack, (await after.Stacks("prod")).Keys);
    }

    [Fact]
    public async Task The_sandbox_deletes_a_record_only_as_it_stands_there()
    {
        using var project = await WithZones();
        await Write(project, One);
        var zone = await ZoneId(project);
        await using var cloud = new Sandbox(project.Home);
        var route53 = cloud.Aws.Route53(new Place("prod", Sandbox.Region));

        var refused = await Assert.ThrowsAsync<CloudException>(() => route53.DeleteRecord(zone, One with { Ttl = 60 }, default));
        await route53.DeleteRecord(zone, One, default);
        var gone = await Assert.ThrowsAsync<CloudException>(() => route53.DeleteRecord(zone, One, default));

        Assert.Contains("do not match the current values", refused.Message, StringComparison.Ordinal);
        Assert.Contains("it was not found", gone.Message, StringComparison.Ordinal);
        Assert.Equal((CloudErrorKind.Refused, CloudErrorKind.Refused), (refused.Kind, gone.Kind));
    }

    private static async Task<ProjectFolder> WithZones()
    {
        var project = LeftTests.Customers();
        foreach (var scope in new[] { "netenv.closed.prod", Zone })
            await project.Provision(scope);
        return project;
    }

    private static async Task Write(ProjectFolder project, params DnsRecord[] records)
    {
        var zone = await ZoneId(project);
        await using var cloud = new Sandbox(project.Home);
        foreach (var record in records)
            await cloud.Aws.Route53(new Place("prod", Sandbox.Region)).UpsertRecord(zone, record, default);
    }

    private static async Task<IEnumerable<DnsRecord>> Records(ProjectFolder project)
    {
        var zone = await ZoneId(project);
        await using var cloud = new Sandbox(project.Home);
        return await cloud.Aws.Route53(new Place("prod", Sandbox.Region)).ListRecords(zone, default);
    }

    private static async Task<string> ZoneId(ProjectFolder project)
    {
        await using var cloud = new Sandbox(project.Home);
        return (await cloud.ResourcesOf("prod", ZoneStack))["HostedZone"];
    }
}
