using System.Text.Json.Nodes;
using Paco.Cli.Tests.Drift;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>The starter's dashboard.</summary>
public class DashboardTests
{
    private const string Scope = "netenv.mynet.prod";
    private const string Type = "AWS::CloudWatch::Dashboard";
    private const string File = "netenv/dashboards/complete-dashboard.json";

    [Fact]
    public async Task Row_006_production_has_a_dashboard()
    {
        var cloud = await Starter.Shared();

        var dashboard = await cloud.Only("prod", Type);
        Assert.Equal("MainDashboard", dashboard.Identifier);
        foreach (var account in new[] { "dev", "staging", "tools", "master" })
            Assert.Empty(await cloud.All(account, Type));
    }

    [Fact]
    public async Task Row_083_staging_gets_one_when_it_is_switched_on()
    {
        using var project = await Starter.Provisioned();
        project.EditEnvironment("staging", "dashboard:\n                  enabled: false", "dashboard:\n                  enabled: true");

        await project.Provision("netenv.mynet.staging");

        await using var cloud = new Sandbox(project.Home);
        Assert.Single(await cloud.All("staging", Type));
    }

    [Fact]
    public async Task Rows_090_and_093_it_shows_load_balancer_servers_and_database_and_names_them()
    {
        var cloud = await Starter.Shared();

        var text = (await cloud.Only("prod", Type)).Text("DashboardBody");
        var body = JsonNode.Parse(text)!;
        Assert.DoesNotContain("${", text, StringComparison.Ordinal);
        var metrics = body["widgets"]!.AsArray().SelectMany(w => w!["properties"]!["metrics"]?.AsArray() ?? [])
            .Select(m => $"{m![0]}").ToHashSet();
        Assert.Superset(new HashSet<string> { "AWS/ApplicationELB", "AWS/EC2", "AWS/RDS" }, metrics);
        Assert.All(body["widgets"]!.AsArray().Where(w => $"{w!["type"]}" == "metric"),
            w => Assert.Equal("us-west-2", $"{w!["properties"]!["region"]}"));
        var alb = await cloud.Stack("prod", "NE-mynet-prod-App-app-site-alb-ALB");
        foreach (var output in new[] { "LoadBalancerFullName", "TargetGroupFullNameapp" })
            Assert.Contains(alb.Outputs[output], text, StringComparison.Ordinal);
        var database = (await cloud.ResourcesOf("prod", "NE-mynet-prod-App-app-site-database-RDS"))["PrimaryDBInstance"];
        Assert.Contains($"\"{database}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_091_what_somebody_changed_in_it_is_found_and_put_back()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("prod", Type, "MainDashboard", "replace", "/DashboardBody", """{"widgets":[]}""");

        (await project.Run("drift", Scope, "--sandbox")).Ends(ExitCode.Changes);
        (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes")).Succeeds();

        var body = (await hand.Properties("prod", Type, "MainDashboard"))["DashboardBody"]!.ToString();
        Assert.Contains("AWS/ApplicationELB", body, StringComparison.Ordinal);
        (await project.Run("drift", Scope, "--sandbox")).Succeeds();
    }

    [Fact]
    public async Task Row_092_a_copy_is_nobodys_but_its_makers()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Create("prod", Type, new JsonObject { ["DashboardName"] = "MyCopy", ["DashboardBody"] = """{"widgets":[]}""" });
        project.Edit(File, "\"Requests\"", "\"All requests\"");

        await project.Provision(Scope);

        var shown = $"{(await hand.Properties("prod", Type, "MainDashboard"))["DashboardBody"]}";
        Assert.Contains("All requests", shown, StringComparison.Ordinal);
        Assert.Equal("""{"widgets":[]}""", $"{(await hand.Properties("prod", Type, "MyCopy"))["DashboardBody"]}");
    }

    [Fact]
    public async Task Another_title_is_another_dashboard_and_switched_off_there_is_none()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "title: MainDashboard", "title: Overview");

        await project.Provision(Scope);
        await using (var cloud = new Sandbox(project.Home))
            Assert.Equal("Overview", (await cloud.Only("prod", Type)).Identifier);

        project.EditEnvironment("prod", "dashboard:\n                  enabled: true", "dashboard:\n                  enabled: false");
        await project.Provision(Scope);
        await using (var cloud = new Sandbox(project.Home))
            Assert.Empty(await cloud.All("prod", Type));
    }

    [Fact]
    public async Task What_it_shows_can_be_switched_off_together_with_it()
    {
        const string Database = $"{Scope}.us-west-2.applications.app.groups.site.resources.database";
        using var project = await Starter.Provisioned();
        project.EditEnvironment("prod", "                  deletion_protection: true\n", "                  deletion_protection: false\n");
        await project.Provision(Scope);
        project.EditEnvironment("prod", "dashboard:\n                  enabled: true", "dashboard:\n                  enabled: false");
        project.EditEnvironment("prod", "                database:\n                  multi_az",
            "                database:\n                  enabled: false\n                  multi_az");

        (await project.Run("provision", Scope, "--sandbox", "--yes", "--allow-destroy", Database)).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await cloud.All("prod", Type));
        Assert.Empty(await cloud.All("prod", "AWS::RDS::DBInstance"));
    }

    [Fact]
    public async Task One_that_is_drawn_shows_what_the_application_has()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "dashboard_file: ./dashboards/complete-dashboard.json", "dashboard_file: auto");

        (await project.Run("provision", Scope, "--sandbox", "--yes")).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        var body = JsonNode.Parse((await cloud.Only("prod", Type)).Text("DashboardBody"))!;
        var metrics = body["widgets"]!.AsArray().SelectMany(w => w!["properties"]!["metrics"]?.AsArray() ?? [])
            .Select(m => $"{m![0]}").ToHashSet();
        Assert.Superset(new HashSet<string> { "AWS/ApplicationELB", "AWS/EC2", "AWS/AutoScaling", "AWS/RDS" }, metrics);
    }

    [Theory]
    [InlineData("Sales board")]
    [InlineData("Über")]
    [InlineData("a.b")]
    public async Task Row_094_a_title_of_other_signs_is_refused(string title)
    {
        using var project = await Starter.New();
        project.Edit(Starter.Netenv, "title: MainDashboard", $"title: \"{title}\"");

        var told = (await project.Run("validate", Scope)).Fails();

        Assert.Contains($"letters, digits, - and _, not \"{title}\"", told.Out + told.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alb.fullname", "alb.fulname", "\"fulname\"")]
    [InlineData("database.name", "databse.name", "\"databse\"")]
    public async Task Row_105_a_variables_typo_is_reported_when_the_project_is_read(string right, string typo, string wrong)
    {
        using var project = await Starter.New();
        project.Edit(Starter.Netenv, $"groups.site.resources.{right}\n", $"groups.site.resources.{typo}\n");

        var told = (await project.Run("validate")).Fails();

        Assert.Contains("error PACO3001: ", told.Out + told.Error, StringComparison.Ordinal);
        Assert.Contains(wrong, told.Out + told.Error, StringComparison.Ordinal);
    }
}
