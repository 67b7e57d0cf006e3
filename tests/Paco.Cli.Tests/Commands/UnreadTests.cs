namespace Paco.Cli.Tests.Commands;

/// <summary>
/// What is deployed of environments that a run has not read (tests/projects/customers): it is known by what it says itself.
/// </summary>
public sealed class UnreadTests
{
    private const string Acme = "netenv/acme.yaml";
    private const string Second = """
          dev-two:
            us-west-2:
              enabled: true
            default:
              network:
                aws_account: paco.ref accounts.dev
              applications:
                app:
                  groups: {site: {resources: {ip: {dns: [{domain_name: ip.two.example.com}]}}}}

        """;

    [Fact]
    public async Task A_record_of_another_environment_is_nobodys_orphan()
    {
        using var project = Customers();
        project.Edit(Acme, "environments:\n", $"environments:\n{Second}");
        foreach (var scope in new[] { "netenv.closed.prod", "resource.route53", "netenv.acme.dev-two", "netenv.acme.dev" })
            await project.Provision(scope);

        var pruned = (await project.Run("provision", "netenv.acme.dev", "--sandbox", "--yes", "--prune")).Succeeds();

        Assert.DoesNotContain("RecordSet", pruned.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Contains("NE-acme-dev-two-App-app-ip-two-example-com-RecordSet", (await cloud.Stacks("prod")).Keys);
    }

    [Theory]
    [InlineData("environments:\n  dev:\n", false)]
    // Had acme an environment eu-dev, this would be its record.
    [InlineData("environments:\n  eu-dev:\n", true)]
    // Nobody knows what it has.
    [InlineData("environments: [\n  dev:\n", true)]
    public async Task A_record_goes_only_where_it_can_be_nobody_elses(string acme, bool stays)
    {
        using var project = Customers();
        await project.Provision("netenv.closed.prod");
        await project.Provision("resource.route53");
        await project.Provision("netenv.acme-eu.dev");
        project.Edit("netenv/acme-eu.yaml", "ip.eu.example.com", "new.eu.example.com");
        project.Edit(Acme, "environments:\n  dev:\n", acme);

        (await project.Run("provision", "netenv.acme-eu.dev", "--sandbox", "--yes", "--prune")).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(stays, (await cloud.Stacks("prod")).ContainsKey("NE-acme-eu-dev-App-app-ip-eu-example-com-RecordSet"));
    }

    [Fact]
    public async Task Who_keeps_an_old_value_is_named_with_the_way_out()
    {
        using var project = await ConnectedCustomers();
        project.Edit("netenv/hub.yaml", "    cidr: 10.0.0.0/16\n", "    cidr: 10.0.0.0/17\n");

        var plan = (await project.Run("plan", "netenv.hub.prod", "--sandbox")).Ends(ExitCode.Changes);

        Assert.Contains("NE-near-prod-Net-app-Rules-SG", plan.Out, StringComparison.Ordinal);
        Assert.Contains("which may change here, and keeps the value it has", plan.Out, StringComparison.Ordinal);
        Assert.Contains("paco provision netenv.near.prod", plan.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_use_stays_though_nobody_read_who_they_are()
    {
        using var project = await ConnectedCustomers();
        var hub = project.Read("netenv/hub.yaml");
        project.Write("netenv/hub.yaml", hub.Replace("        web:\n", "        other:\n", StringComparison.Ordinal));

        var ran = (await project.Run("provision", "netenv.hub.prod", "--sandbox", "--yes")).Succeeds();

        Assert.Contains("which the project no longer asks for: NE-near-prod-Net-app-Rules-SG uses it", ran.Out, StringComparison.Ordinal);
        Assert.Contains("paco provision netenv.near.prod", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_uses_what_is_deleted_is_named()
    {
        using var project = await ConnectedCustomers();

        var plan = (await project.RunWith("no\n", "delete", "netenv.hub.prod", "--sandbox")).Out;

        Assert.Contains("is still used by NE-near-prod-Net-app-Rules-SG", plan, StringComparison.Ordinal);
    }

    private static async Task<ProjectFolder> ConnectedCustomers()
    {
        var project = Customers();
        await project.Provision("netenv.hub.prod");
        await project.Provision("netenv.near.prod");
        return project;
    }

    private static ProjectFolder Customers()
    {
        var from = Repository.Path("tests", "projects", "customers");
        return new(Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(from, f), File.ReadAllBytes));
    }
}
