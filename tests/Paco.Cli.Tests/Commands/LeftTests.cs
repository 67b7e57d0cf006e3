using System.Text.Json.Nodes;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Tests.Commands;

/// <summary>
/// What left the configuration and is still deployed, in whichever account and region: listed, pruned, deleted; and what is somebody
/// else's (tests/projects/customers, and the starter).
/// </summary>
public sealed class LeftTests
{
    private const string Acme = "netenv/acme.yaml";
    private const string Dns =
        "            dns:\n              - domain_name: ip.acme.example.com\n                hosted_zone: paco.ref resource.route53.public\n";
    private const string Vpc = "NE-acme-dev-Net-VPC";
    private const string TheirRecord = "NE-theirs-dev-App-app-www-example-com-RecordSet";
    private const string Record = "NE-acme-dev-App-app-ip-acme-example-com-RecordSet";

    [Fact]
    public async Task A_record_in_the_zones_account_is_pruned_though_nothing_points_there_any_more()
    {
        using var project = await WithAcme();
        project.Edit(Acme, Dns, "");

        var listed = (await project.Run("plan", "netenv.acme.dev", "--sandbox")).Ends(ExitCode.Success);
        (await project.Run("provision", "netenv.acme.dev", "--sandbox", "--yes", "--prune")).Succeeds();

        Assert.Contains($"{Record} (prod · us-west-2) left the configuration; --prune deletes it", listed.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain(Record, (await cloud.Stacks("prod")).Keys);
    }

    [Theory]
    [InlineData("netenv.acme.dev")]
    [InlineData("netenv.acme.dev.us-west-2")]
    public async Task An_environment_that_left_is_listed_and_deleted_by_its_name(string scope)
    {
        using var project = await WithAcme();
        WithoutDev(project);

        var listed = (await project.Run("list", "--sandbox", "--json")).Succeeds().Json;
        var refused = (await project.Run("delete", scope, "--sandbox")).Fails();
        (await project.Run("delete", scope, "--sandbox", "--yes", "--allow-destroy", "netenv.acme")).Succeeds();

        Assert.Contains($"prod/us-west-2/{Record}", States(listed, "left"));
        Assert.Contains($"dev/us-west-2/{Vpc}", States(listed, "left"));
        Assert.Contains("--yes", refused.Error, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain(await All(cloud), name => name.StartsWith("NE-acme-", StringComparison.Ordinal));
        Assert.Contains("NE-closed-prod-Net-VPC", (await cloud.Stacks("prod")).Keys);
    }

    [Fact]
    public async Task A_plan_of_the_whole_project_lists_what_left_and_prunes_it_when_asked()
    {
        using var project = await WithAcme();
        WithoutDev(project);
        var graph = Toolkit.Compile(project.Home).Graph!;
        await using var cloud = new Sandbox(project.Home);
        var options = new PlanOptions(Starter.Accounts);

        var listed = await Planner.Plan(graph, Scope.All, cloud.Aws, options, CancellationToken.None);
        var pruned = await Planner.Plan(graph, Scope.All, cloud.Aws, options with { Prune = true }, CancellationToken.None);

        Assert.Contains(Record, listed.Orphans.Select(o => o.Name));
        Assert.DoesNotContain(listed.Nodes, n => n.Action == NodeAction.Delete);
        Assert.Equal(listed.Orphans.Order(), pruned.Nodes.Where(n => n.Action == NodeAction.Delete).Select(n => n.Id).Order());
        // The record points at the address, and goes before it.
        var address = new NodeId(new Place("dev", Sandbox.Region), "NE-acme-dev-App-app-site-ip-EIP");
        Assert.Contains(Record, RunDependencies.Of(pruned)[address].Select(id => id.Name));
    }

    [Fact]
    public async Task A_network_environment_whose_file_is_gone_is_still_found()
    {
        using var project = await WithAcme();
        File.Delete(Path.Combine(project.Home, Acme));

        var listed = (await project.Run("list", "netenv.acme.dev", "--sandbox")).Succeeds();
        (await project.Run("delete", "netenv.acme.dev", "--sandbox", "--yes", "--allow-destroy", "netenv.acme")).Succeeds();

        Assert.Contains(Vpc, listed.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain(await All(cloud), name => name.StartsWith("NE-acme-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_application_that_left_is_deleted_by_its_name_alone()
    {
        using var project = await WithAcme();
        var text = project.Read(Acme);
        var from = text.IndexOf("applications:\n", StringComparison.Ordinal);
        text = text[..from] + text[text.IndexOf("environments:\n", StringComparison.Ordinal)..];
        project.Write(Acme, text.Replace("      applications:\n        app:\n", "", StringComparison.Ordinal));

        (await project.Run("delete", "netenv.acme.dev.us-west-2.applications.app", "--sandbox", "--yes", "--allow-destroy", "netenv.acme"))
            .Succeeds();

        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain(await All(cloud), name => name.StartsWith("NE-acme-dev-App-", StringComparison.Ordinal));
        Assert.Contains(Vpc, (await cloud.Stacks("dev")).Keys);
    }

    [Fact]
    public async Task A_database_that_left_with_its_region_is_guarded()
    {
        using var project = await Starter.Provisioned();
        var text = project.Read(Starter.Netenv);
        var from = text.IndexOf("\n  dev:\n", text.IndexOf("\nenvironments:", StringComparison.Ordinal), StringComparison.Ordinal);
        var to = text.IndexOf("\n  staging:\n", from, StringComparison.Ordinal);
        project.Write(Starter.Netenv, text[..from] + text[to..]);

        var refused = (await project.Run("delete", "netenv.mynet.dev", "--sandbox", "--yes")).Fails();
        var after = (await project.Run("list", "netenv.mynet.dev", "--sandbox")).Succeeds();
        (await project.Run("delete", "netenv.mynet.dev", "--sandbox", "--yes", "--allow-destroy", "netenv.mynet.dev")).Succeeds();

        Assert.Contains("NE-mynet-dev-App-app-site-database-RDS", refused.Error, StringComparison.Ordinal);
        Assert.Contains("NE-mynet-dev-App-app-site-database-RDS", after.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await cloud.EnvironmentStacks("dev"));
    }

    [Fact]
    public async Task What_is_somebody_elses_is_never_touched()
    {
        using var project = await WithAcme();
        string[] others =
        [
            await Foreign(project, "NE-acme-dev-Mine"),
            await Foreign(project, "NE-acme-dev-Copy", Tagged("NE-acme-dev-Net-VPC", "acme", "dev")),
            await Foreign(project, "NE-acme-dev-two-Net-VPC", Tagged("NE-acme-dev-two-Net-VPC", "acme", "dev-two")),
            await Foreign(project, "NE-theirs-prod-Net-VPC", Tagged("NE-theirs-prod-Net-VPC", "theirs", "prod")),
            await Foreign(project, "NE-theirs-dev-Net-VPC",
                [.. Tagged("NE-theirs-dev-Net-VPC", "theirs", "dev"), new("Paco-Project", "theirs")]),
            await Foreign(project, TheirRecord, Own(TheirRecord)),
            await Foreign(project, "Resource-IAM-User-somebody", Own("Resource-IAM-User-somebody")),
            await Foreign(project, "Resource-Route53-dev-theirs-HostedZone", Own("Resource-Route53-dev-theirs-HostedZone")),
        ];

        var listed = (await project.Run("list", "--sandbox", "--json")).Succeeds().Json;
        (await project.Run("provision", "netenv.acme.dev", "--sandbox", "--yes", "--prune")).Succeeds();
        WithoutDev(project);
        (await project.Run("provision", "resource.route53", "--sandbox", "--yes", "--prune")).Succeeds();
        (await project.Run("delete", "netenv.acme.dev", "--sandbox", "--yes", "--allow-destroy", "netenv.acme")).Succeeds();

        Assert.Empty(States(listed, "left"));
        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(others.Order(StringComparer.Ordinal), (await cloud.Stacks("dev")).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_says_nothing_of_its_project_goes_only_when_its_environment_is_named()
    {
        using var project = Customers();
        await Foreign(project, "NE-old-prod-Net-VPC", Tagged("NE-old-prod-Net-VPC", "old", "prod"));

        var listed = (await project.Run("list", "--sandbox", "--json")).Succeeds().Json;
        (await project.Run("delete", "netenv.old.prod", "--sandbox", "--yes")).Succeeds();

        Assert.Equal(["dev/us-west-2/NE-old-prod-Net-VPC"], States(listed, "unclaimed"));
        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await cloud.Stacks("dev"));
    }

    [Fact]
    public async Task A_scope_of_which_there_is_nothing_anywhere_is_a_mistake()
    {
        using var project = await WithAcme();

        var ran = (await project.Run("delete", "netenv.acme.text", "--sandbox", "--yes", "--allow-destroy", "netenv.acme")).Fails();

        Assert.Contains("netenv.acme has no \"text\"", ran.Error, StringComparison.Ordinal);
        Assert.Contains("nor is anything of it deployed", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_project_s_own_tag_is_worth_no_update()
    {
        using var project = await WithAcme();
        project.Edit("project.yaml", "name: customers\n", "name: renamed\n");

        (await project.Run("plan", "netenv.acme.dev", "--sandbox")).Ends(ExitCode.Success);
    }

    internal static ProjectFolder Customers()
    {
        var from = Repository.Path("tests", "projects", "customers");
        return new(Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(from, f), File.ReadAllBytes));
    }

    internal static async Task<ProjectFolder> WithAcme()
    {
        var project = Customers();
        foreach (var scope in new[] { "netenv.closed.prod", "resource.route53", "netenv.acme.dev" })
            await project.Provision(scope);
        return project;
    }

    private static void WithoutDev(ProjectFolder project)
    {
        var text = project.Read(Acme);
        var from = text.IndexOf("  dev:\n", text.IndexOf("environments:\n", StringComparison.Ordinal), StringComparison.Ordinal);
        project.Write(Acme, text[..from] + text[text.IndexOf("  prod:\n", from, StringComparison.Ordinal)..]);
    }

    private static IEnumerable<string> States(JsonObject listed, string state) =>
        listed["stacks"]!.AsArray().Where(s => s!["state"]!.ToString() == state).Select(s => s!["node"]!.ToString());

    private static async Task<IEnumerable<string>> All(Sandbox cloud) =>
        (await cloud.Stacks("dev")).Keys.Concat((await cloud.Stacks("prod")).Keys);

    private static KeyValuePair<string, string>[] Own(string name) => [new("Paco-Stack", "true"), new("Paco-Stack-Name", name)];

    private static KeyValuePair<string, string>[] Tagged(string name, string netenv, string environment) =>
        [new("paco.netenv.name", netenv), new("paco.env.name", environment), .. Own(name)];

    // A stack in dev that no command of the project made.
    private static async Task<string> Foreign(ProjectFolder project, string name, params KeyValuePair<string, string>[] tags)
    {
        Directory.CreateDirectory(Path.Combine(project.Home, ".paco-work"));
        await using var cloud = new Sandbox(project.Home);
        await cloud.Aws.CloudFormation(new Place("dev", Sandbox.Region)).CreateStack(
            new StackRequest
            {
                StackName = name,
                Template = new TemplateSource("""{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}""", null),
                Tags = [.. tags],
                ClientRequestToken = name,
            },
            CancellationToken.None);
        return name;
    }
}
