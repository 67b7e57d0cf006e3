namespace Paco.Cli.Tests.Commands;

/// <summary>Who is subscribed to topics, whether they agreed, and what becomes of them when the list changes.</summary>
public class TopicTests
{
    private const string Topics = "resource/snstopics.yaml";
    private const string Waits = "admin@example.com has not confirmed its subscription to admin";

    [Fact]
    public async Task Who_has_not_confirmed_is_told_by_run_plan_list_and_outputs()
    {
        using var project = await Starter.New();

        var run = await project.Provision("resource.sns");
        var plan = (await project.Run("plan", "resource.sns", "--sandbox")).Succeeds();
        var list = (await project.Run("list", "--sandbox")).Succeeds();
        var outputs = (await project.Run("outputs", "resource.sns", "--sandbox")).Succeeds();

        Assert.All([run, plan, list, outputs], ran =>
        {
            Assert.Contains(Waits, ran.Out, StringComparison.Ordinal);
            Assert.Contains("(prod · us-east-1)", ran.Out, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Programs_are_told_as_well()
    {
        using var project = await Starter.New();

        var run = (await project.Run("provision", "resource.sns", "--sandbox", "--yes", "--json")).Succeeds();
        var plan = (await project.Run("plan", "resource.sns", "--sandbox", "--json")).Succeeds();

        Assert.Contains("\"about\":\"admin@example.com\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("\"about\": \"admin@example.com\"", plan.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_confirmed_nothing_is_left_to_tell()
    {
        using var project = await Starter.New();
        await project.Provision("resource.sns");
        await using (var cloud = new Sandbox(project.Home))
        {
            foreach (var region in new[] { "us-west-2", "us-east-1" })
            {
                var topic = (await cloud.ResourcesOf("prod", "SNS-prod-SNS", region))["Topicadmin"];
                await cloud.ConfirmSubscription("prod", topic, "admin@example.com");
            }
        }

        var list = (await project.Run("list", "--sandbox")).Succeeds();

        Assert.DoesNotContain("confirmed", list.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscriber_put_in_front_leaves_the_others_subscribed()
    {
        using var project = await Starter.New();
        await project.Provision("resource.sns");
        project.Edit(Topics, "    subscriptions:\n",
            "    subscriptions:\n      - endpoint: jane@example.com\n      - endpoint: \"+12065550100\"\n        protocol: sms\n");

        var plan = (await project.Run("plan", "resource.sns", "--sandbox")).Ends(2);
        await project.Provision("resource.sns");

        Assert.DoesNotContain("REPLACE", plan.Out, StringComparison.Ordinal);
        Assert.Contains("Total      4 create · 0 update · 0 replace · 0 delete", plan.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        async Task<string> Endpoint(string id) => (await cloud.In("prod", "SNS-prod-SNS", id, "AWS::SNS::Subscription")).Text("Endpoint");
        Assert.Equal("admin@example.com", await Endpoint("Subscriptionadmin0"));
        Assert.Equal("jane@example.com", await Endpoint("Subscriptionadmin1"));
        var again = (await project.Run("plan", "resource.sns", "--sandbox")).Succeeds();
        Assert.Contains("Nothing to do", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscriber_who_leaves_takes_nobody_along()
    {
        using var project = await Starter.New();
        project.Edit(Topics, "    subscriptions:\n", "    subscriptions:\n      - endpoint: jane@example.com\n");
        await project.Provision("resource.sns");
        project.Edit(Topics, "      - endpoint: jane@example.com\n", "");

        var plan = (await project.Run("plan", "resource.sns", "--sandbox")).Ends(2);

        Assert.Contains("Total      0 create · 0 update · 0 replace · 2 delete", plan.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_is_taken_out_needs_no_permission_and_one_that_is_renamed_is_another()
    {
        using var project = await Starter.New();
        await project.Provision("resource.sns");
        project.Edit(Topics, "  admin:\n", "  ops:\n");

        var plan = (await project.Run("plan", "resource.sns", "--sandbox")).Ends(2);

        Assert.DoesNotContain("--allow-destroy", plan.Out, StringComparison.Ordinal);
        Assert.Contains("- Topicadmin", plan.Out, StringComparison.Ordinal);
        Assert.Contains("+ Topicops", plan.Out, StringComparison.Ordinal);
        await project.Provision("resource.sns");
    }

    [Fact]
    public async Task An_address_that_is_none_is_placed_and_nothing_is_sent()
    {
        using var project = await Starter.New();
        project.Edit(Topics, "endpoint: \"admin@example.com\"", "endpoint: \"admin\"");

        var ran = await project.Run("provision", "resource.sns", "--sandbox", "--yes");

        Assert.NotEqual(0, ran.Exit);
        Assert.Contains("the protocol email sends to an e-mail address, not to \"admin\"", ran.All, StringComparison.Ordinal);
        Assert.Contains("snstopics.yaml:", ran.All, StringComparison.Ordinal);
    }
}
