using Paco.Clouds;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>Topics, and the Git repository with its users: what is shared by all environments and has files of its own.</summary>
public class TopicsAndRepositoriesTests
{
    private const string Topics = "resource/snstopics.yaml";
    private const string Repositories = "resource/codecommit.yaml";
    private const string Stack = "Resource-CodeCommit-Git-Repositories";

    [Fact]
    public async Task Row_023_the_starter_has_one_group_with_the_administrators_address()
    {
        using var project = await Starter.New();

        await project.Provision("resource.snstopics");

        await using var cloud = new Sandbox(project.Home);
        var subscription = await cloud.In("prod", "SNS-prod-SNS", "Subscriptionadmin0", "AWS::SNS::Subscription");
        Assert.Equal(("email", "admin@example.com"), (subscription.Text("Protocol"), subscription.Text("Endpoint")));
    }

    [Fact]
    public async Task Row_025_any_number_of_subscribers_by_every_protocol()
    {
        using var project = await Starter.New();
        var account = Starter.Accounts["prod"];
        (string Protocol, string Endpoint)[] wanted =
        [
            ("email", "admin@example.com"), ("email-json", "bot@example.com"), ("http", "http://hooks.example.com/a"),
            ("https", "https://hooks.example.com/b"), ("sms", "+12065550100"), ("sqs", $"arn:aws:sqs:us-west-2:{account}:alarms"),
            ("application", $"arn:aws:sns:us-west-2:{account}:endpoint/APNS/app/1"),
            ("lambda", $"arn:aws:lambda:us-west-2:{account}:function:tell"),
        ];
        project.Edit(Topics, "        protocol: email\n", "        protocol: email\n"
            + string.Concat(wanted.Skip(1).Select(w => $"      - endpoint: \"{w.Endpoint}\"\n        protocol: {w.Protocol}\n")));

        await project.Provision("resource.sns");

        var there = await Subscriptions(project, "us-west-2");
        Assert.Equal(wanted.Order(), there.Select(s => (s.Protocol, s.Endpoint)).Order());
        Assert.Equal(4, there.Count(s => s.IsPending));
    }

    [Theory]
    [InlineData("us-west-2", new[] { "us-west-2", "us-east-1" })]
    [InlineData("us-east-1", new[] { "us-east-1" })]
    public async Task Row_026_health_checks_get_a_topic_in_their_region(string region, string[] regions)
    {
        using var project = new ProjectFolder();
        project.At = project.Above;
        (await project.Run(["init", "project", "myproj", .. Starter.Answers, "--set", $"aws_default_region={region}"])).Succeeds();
        project.At = null;

        await project.Provision("resource.snstopics");

        await using var cloud = new Sandbox(project.Home);
        foreach (var one in new[] { "us-west-2", "us-east-1" })
            Assert.Equal(regions.Contains(one) ? 1 : 0, (await cloud.All("prod", "AWS::SNS::Topic", one)).Count);
    }

    [Theory]
    [InlineData("resource.snstopics")]
    [InlineData("resource.sns")]
    public async Task Row_028_both_scopes_provision_the_topics(string scope)
    {
        using var project = await Starter.New();

        await project.Provision(scope);

        await using var cloud = new Sandbox(project.Home);
        foreach (var region in new[] { "us-west-2", "us-east-1" })
        {
            Assert.Equal(["Subscriptionadmin0", "TopicPolicyCrossAccountPacoProject", "Topicadmin"],
                (await cloud.ResourcesOf("prod", "SNS-prod-SNS", region)).Keys.Order());
        }
    }

    [Fact]
    public async Task Row_036_the_starter_has_one_repository_in_the_tools_account()
    {
        using var project = await Starter.New();

        await project.Provision("resource.codecommit");

        await using var cloud = new Sandbox(project.Home);
        var template = (await cloud.Template("tools", Stack))["Resources"]!;
        Assert.Equal("app-app", template["AppSiteRepository"]!["Properties"]!["RepositoryName"]!.ToString());
        Assert.True((await cloud.Stack("tools", Stack)).TerminationProtection);
    }

    [Fact]
    public async Task Row_037_a_user_may_work_with_the_repository_and_nothing_else()
    {
        using var project = await Starter.New();

        await project.Provision("resource.codecommit");

        await using var cloud = new Sandbox(project.Home);
        Assert.Equal("admin@example.com", (await cloud.In("tools", Stack, "AdminExampleComUser", "AWS::IAM::User")).Text("UserName"));
        var policy = await cloud.In("tools", Stack, "AdminExampleComManagedPolicy", "AWS::IAM::ManagedPolicy");
        var statement = Assert.Single(policy["PolicyDocument"]!["Statement"]!.AsArray())!;
        Assert.Equal([$"arn:aws:codecommit:us-west-2:{Starter.Accounts["tools"]}:app-app"],
            statement["Resource"]!.AsArray().Select(r => r!.ToString()));
        var actions = statement["Action"]!.AsArray().Select(a => a!.ToString()).ToList();
        Assert.All(actions, action => Assert.StartsWith("codecommit:", action, StringComparison.Ordinal));
        Assert.DoesNotContain(actions, action => action is "codecommit:*" or "codecommit:CreateRepository");
    }

    [Fact]
    public async Task Row_038_more_developers_are_more_users()
    {
        using var project = await WithKeys("jane");

        var ran = await project.Provision("resource.codecommit");

        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(["AdminExampleComUser", "JaneUser"],
            (await cloud.ResourcesOf("tools", Stack)).Keys.Where(k => k.EndsWith("User", StringComparison.Ordinal)).Order());
        Assert.Single(await Keys(cloud, "jane"));
        Assert.DoesNotContain("SSH key of admin", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_039_a_run_tells_the_id_of_every_key_it_uploads()
    {
        using var project = await WithKeys("jane");

        var ran = await project.Provision("resource.codecommit");

        await using var cloud = new Sandbox(project.Home);
        var id = Assert.Single(await Keys(cloud, "jane"));
        Assert.StartsWith("APKA", id, StringComparison.Ordinal);
        Assert.Contains("SSH key of jane", ran.Out, StringComparison.Ordinal);
        Assert.Contains("Git repositories", ran.Out, StringComparison.Ordinal);
        Assert.Matches($"SSH key of jane +SSH key id +{id}", ran.Out);
    }

    [Fact]
    public async Task Row_040_the_id_is_told_again_later()
    {
        using var project = await WithKeys("jane");
        await project.Provision("resource.codecommit");

        var again = await project.Provision("resource.codecommit");
        var outputs = (await project.Run("outputs", "resource.codecommit", "--sandbox")).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        var id = Assert.Single(await Keys(cloud, "jane"));
        Assert.All([again, outputs], ran => Assert.Contains(id, ran.Out, StringComparison.Ordinal));
        Assert.Contains("nothing had to be done", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_041_a_key_that_changes_is_replaced_and_one_that_leaves_is_removed()
    {
        using var project = await WithKeys("jane");
        await project.Provision("resource.codecommit");
        var first = await KeyOf(project, "jane");

        project.Edit(Repositories, PublicKeys.First, PublicKeys.Second);
        var plan = (await project.Run("plan", "resource.codecommit", "--sandbox")).Ends(2);
        await project.Provision("resource.codecommit");
        var second = await KeyOf(project, "jane");
        project.Edit(Repositories, $"        public_ssh_key: \"{PublicKeys.Second} jane@laptop\"\n", "");
        await project.Provision("resource.codecommit");

        Assert.Contains($"uploads the public key in place of {first}", plan.Out, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await Keys(cloud, "jane"));
    }

    [Fact]
    public async Task Row_042_the_lines_to_clone_with_are_told_in_both_forms()
    {
        using var project = await WithKeys("jane");
        await project.Provision("resource.codecommit");

        var outputs = (await project.Run("outputs", "resource.codecommit", "--sandbox")).Succeeds();

        var id = await KeyOf(project, "jane");
        Assert.Contains($"git clone ssh://{id}@git-codecommit.us-west-2.amazonaws.com/v1/repos/app-app", outputs.Out,
            StringComparison.Ordinal);
        Assert.Contains("git clone codecommit::us-west-2://app-app", outputs.Out, StringComparison.Ordinal);
    }

    private static async Task<ProjectFolder> WithKeys(string user)
    {
        var project = await Starter.New();
        project.Write(Repositories,
            project.Read(Repositories).TrimEnd() + $"\n      {user}:\n        username: {user}\n"
            + $"        public_ssh_key: \"{PublicKeys.First} {user}@laptop\"\n");
        return project;
    }

    private static async Task<string> KeyOf(ProjectFolder project, string user)
    {
        await using var cloud = new Sandbox(project.Home);
        return Assert.Single(await Keys(cloud, user));
    }

    private static async Task<IReadOnlyList<string>> Keys(Sandbox cloud, string user) =>
        await cloud.Aws.Iam(new Place("tools", Sandbox.Region)).ListSshPublicKeys(user, CancellationToken.None);

    private static async Task<IReadOnlyList<TopicSubscription>> Subscriptions(ProjectFolder project, string region)
    {
        await using var cloud = new Sandbox(project.Home);
        var topic = (await cloud.ResourcesOf("prod", "SNS-prod-SNS", region))["Topicadmin"];
        return await cloud.Aws.Sns(new Place("prod", region)).ListSubscriptionsByTopic(topic, CancellationToken.None);
    }
}
