using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Commands;

/// <summary>Deployed stacks that a plan leaves as they are, and those that it empties.</summary>
public sealed class LeftAloneTests
{
    private const string Environment = "netenv.mynet.dev";
    private const string Web = "NE-mynet-dev-App-app-site-web-ASG";

    private const string Uploads =
        "          uploads:\n            type: DynamoDB\n            enabled: true\n            bucket_name: uploads\n          web:\n            type: ASG\n";

    private const string Role =
        "            instance_iam_role:\n              enabled: true\n            min_instances: 1\n            max_instances: 1\n            desired_capacity: 1\n            availability_zone";

    private const string RoleWithBucket = """
                    instance_iam_role:
                      enabled: true
                      policies:
                        - name: uploads
                          statement:
                            - effect: Allow
                              action: [s3:GetObject]
                              resource: [paco.ref netenv.mynet.applications.app.groups.site.resources.uploads.arn]
                    min_instances: 1
                    max_instances: 1
                    desired_capacity: 1
                    availability_zone
        """;

    [Fact]
    public async Task What_refers_to_a_type_that_comes_later_stays_and_is_no_orphan()
    {
        using var project = await WithBucket();

        var plan = (await project.Run("plan", Environment, "--sandbox", "--json")).Ends(ExitCode.Success);
        var left = JsonNode.Parse(plan.Out)!["notBuilt"]!.AsArray().Where(n => n!["reason"] is not null).ToDictionary(
            n => n!["name"]!.ToString(), n => n!["reason"]!.ToString());
        Assert.Equal("refers to uploads (DynamoDB), which is not built yet", left["NE-mynet-dev-App-app-site-web-instance-iam-role-Role"]);
        Assert.Equal("needs app/site/web role, which refers to uploads (DynamoDB), which is not built yet", left[Web]);
        Assert.Empty(JsonNode.Parse(plan.Out)!["orphans"]!.AsArray());

        var shown = (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Success);
        Assert.Contains("app/site/web is not built: it needs app/site/web role, which refers to uploads (DynamoDB)", shown.Out,
            StringComparison.Ordinal);
        Assert.Contains($"{Web} (dev · us-west-2) stays as it is", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_it_is_pruned_or_deleted()
    {
        using var project = await WithBucket();
        await using var before = new Sandbox(project.Home);
        var there = (await before.ResourcesOf("dev", Web)).Keys.Order();

        (await project.Run("provision", Environment, "--sandbox", "--yes", "--prune")).Succeeds();

        Assert.Equal(there, (await before.ResourcesOf("dev", Web)).Keys.Order());
    }

    [Fact]
    public async Task Disabling_reads_as_emptied_and_counts_no_placeholder()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "          web:\n            type: ASG\n            title: \"Web servers\"\n            enabled: true",
            "          web:\n            type: ASG\n            title: \"Web servers\"\n            enabled: false");
        // What deploys to it goes with it.
        project.EditEnvironment("dev", "            app_deploy:\n", "            app_deploy:\n              enabled: false\n");

        var shown = (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Changes);
        var json = JsonNode.Parse((await project.Run("plan", Environment, "--sandbox", "--json")).Ends(ExitCode.Changes).Out)!;

        Assert.Contains("disabled: emptied (2 delete)", shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Placeholder", shown.Out, StringComparison.Ordinal);
        Assert.Equal(0, json["totals"]!["create"]!.GetValue<int>());
        var web = json["nodes"]!.AsArray().Single(n => n!["name"]!.ToString() == Web)!;
        Assert.Equal("disabled: emptied", web["reason"]!.ToString());
        Assert.All(web["resources"]!.AsArray(), r => Assert.Equal("delete", r!["change"]!.ToString()));
    }

    [Fact]
    public async Task A_region_that_is_disabled_can_be_planned()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "    title: \"Development Environment\"\n    us-west-2:\n      enabled: true",
            "    title: \"Development Environment\"\n    us-west-2:\n      enabled: false");

        var shown = (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Changes);

        Assert.Contains("disabled: emptied", shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("left the configuration", shown.Out, StringComparison.Ordinal);
        // The bucket of the pipeline stays, and lets in nobody any more.
        Assert.Contains("Total      0 create · 1 update · 0 replace", shown.Out, StringComparison.Ordinal);
    }

    private static async Task<ProjectFolder> WithBucket()
    {
        var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "          web:\n            type: ASG\n", Uploads);
        project.Edit(Starter.Netenv, Role, RoleWithBucket);
        return project;
    }
}
