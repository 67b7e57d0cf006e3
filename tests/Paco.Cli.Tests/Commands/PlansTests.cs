using Paco.Clouds;

namespace Paco.Cli.Tests.Commands;

/// <summary>Plans: what counts as a change, what left the configuration, and plans kept in files.</summary>
public sealed class PlansTests
{
    private const string Environment = "netenv.mynet.dev";
    private const string Before = "          instance:\n            type: ASG\n            title: \"Bastion instance\"\n";
    private const string Spare = "          spare:\n            type: EIP\n            enabled: true\n";
    private const string Table = "          spare:\n            type: DynamoDB\n            enabled: true\n";
    private const string Balancer = "          alb:\n            type: LBApplication\n";
    private const string Job = "          job:\n            type: Lambda\n            enabled: true\n";
    private const string SpareRef = "netenv.mynet.dev.us-west-2.applications.app.groups.bastion.resources.spare";
    private const string SpareStack = "NE-mynet-dev-App-app-bastion-spare-EIP";

    [Fact]
    public async Task A_comment_or_a_moved_line_changes_nothing()
    {
        using var project = await Starter.Provisioned();
        project.Write(Starter.Netenv, "# Three new lines\n#\n# that mean nothing.\n" + project.Read(Starter.Netenv));

        (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Success);
    }

    [Fact]
    public async Task What_left_the_configuration_is_listed_and_pruned_when_asked()
    {
        using var project = await WithSpare();
        project.Edit(Starter.Netenv, Spare, "");

        var listed = (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Success);
        var refused = (await project.Run("provision", Environment, "--sandbox", "--yes", "--prune")).Fails();
        Assert.Contains($"would lose the address, which others may know\n  needs --allow-destroy {SpareRef}\n",
            refused.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        (await project.Run("provision", Environment, "--sandbox", "--yes", "--prune", "--allow-destroy", SpareRef)).Succeeds();

        Assert.Contains($"{SpareStack} (dev · us-west-2) left the configuration, with the address, which others may know ",
            listed.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain(SpareStack, (await cloud.Stacks("dev")).Keys);
    }

    [Theory]
    [InlineData("app/site/job", "NE-mynet-dev-App-app-site-job-Lambda", Balancer, Job + Balancer)]
    [InlineData("app/bastion/spare", "NE-mynet-dev-App-app-bastion-spare-DynamoDB", Before, Table + Before)]
    public async Task What_Paco_9_made_and_nobody_builds_yet_is_nobodys_orphan(string title, string stack, string before, string after)
    {
        using var project = await Starter.Provisioned();
        await AsPaco9Did(project, stack);
        project.Edit(Starter.Netenv, before, after);

        var plan = (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Success);
        (await project.Run("provision", Environment, "--sandbox", "--yes", "--prune")).Succeeds();

        Assert.Contains(title, plan.Out, StringComparison.Ordinal);
        Assert.Contains($"{stack} (dev · us-west-2) stays as it is", plan.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Contains(stack, (await cloud.Stacks("dev")).Keys);
    }

    [Fact]
    public async Task What_left_is_pruned_also_where_something_beside_it_is_not_built_yet()
    {
        const string Policy = "NE-mynet-dev-App-app-site-web-secrets-Policy";
        const string JobStack = "NE-mynet-dev-App-app-site-job-Lambda";
        using var project = await Starter.Provisioned();
        await AsPaco9Did(project, JobStack);
        project.Edit(Starter.Netenv, Balancer, Job + Balancer);
        project.Edit(Starter.Netenv, "            secrets:\n              - paco.ref netenv.mynet.secrets_manager.app.site.database\n", "");

        (await project.Run("provision", Environment, "--sandbox", "--yes", "--prune")).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        var left = (await cloud.Stacks("dev")).Keys;
        Assert.DoesNotContain(Policy, left);
        Assert.Contains(JobStack, left);
    }

    [Fact]
    public async Task A_kept_plan_is_applied_without_a_question_and_only_once()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, Before, Spare + Before);

        (await project.Run("plan", Environment, "--sandbox", "--out", "dev.plan")).Ends(ExitCode.Changes);
        var first = (await project.Run("provision", "dev.plan", "--sandbox")).Succeeds();
        var second = (await project.Run("provision", "dev.plan", "--sandbox")).Fails();

        Assert.Contains("1 created", first.Out, StringComparison.Ordinal);
        Assert.Contains($"this has moved: dev/us-west-2/{SpareStack}", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_plan_is_refused_when_the_project_says_something_else_by_now()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, Before, Spare + Before);
        (await project.Run("plan", Environment, "--sandbox", "--out", "dev.plan")).Ends(ExitCode.Changes);
        project.Edit(Starter.Netenv, "          spare:\n", "          other:\n");

        var refused = (await project.Run("provision", "dev.plan", "--sandbox")).Fails();

        Assert.Contains("nothing was changed", refused.Error, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain("NE-mynet-dev-App-app-bastion-other-EIP", (await cloud.Stacks("dev")).Keys);
    }

    [Fact]
    public async Task A_protected_database_is_named_before_anything_is_deleted()
    {
        using var project = await Starter.Provisioned();

        var refused = (await project.Run("delete", "netenv.mynet.prod", "--sandbox", "--yes", "--allow-destroy", "netenv.mynet.prod"))
            .Fails();

        Assert.Contains("protected from deletion by its own deletion_protection", refused.Error, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Contains("NE-mynet-prod-App-app-bastion-eip-EIP", (await cloud.Stacks("prod")).Keys);
    }

    [Fact]
    public async Task A_network_does_not_go_from_under_what_runs_in_it()
    {
        const string Segment = "netenv.mynet.dev.us-west-2.network.vpc.segments.private";
        using var project = await Starter.Provisioned();

        var refused = (await project.Run("delete", Segment, "--sandbox", "--yes")).Fails();
        var inJson = (await project.Run("delete", Segment, "--sandbox", "--yes", "--json")).Fails().Lines[0];

        Assert.Contains("network/segments/private would go from under what runs there; --yes does not cover that", refused.Error,
            StringComparison.Ordinal);
        Assert.Contains($"delete what uses it first, or all of the environment; to do it all the same: --allow-destroy {Segment}",
            refused.Error, StringComparison.Ordinal);
        Assert.Equal(["dev/us-west-2/NE-mynet-dev-App-app-site-web-ASG", "dev/us-west-2/NE-mynet-dev-Net-ec2-NGW"],
            inJson["nodes"]!.AsArray().Single()!["usedBy"]!.AsArray().Select(n => n!.ToString()));
        Assert.Equal([Segment], inJson["needsAllowDestroy"]!.AsArray().Select(n => n!.ToString()));
        await using var cloud = new Sandbox(project.Home);
        Assert.Contains("NE-mynet-dev-Net-private-Segments", (await cloud.Stacks("dev")).Keys);
    }

    [Fact]
    public async Task Nor_is_it_replaced_under_what_runs_in_it()
    {
        const string Vpc = "netenv.mynet.dev.us-west-2.network.vpc";
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "cidr: 10.2.0.0/16", "cidr: 10.2.0.0/17");

        var refused = (await project.Run("provision", Environment, "--sandbox", "--yes")).Fails();
        var inJson = (await project.Run("plan", Environment, "--sandbox", "--json")).Ends(ExitCode.Changes).Json;

        Assert.Contains("network/vpc, network/segments/public, network/segments/private, network/segments/database would go from under "
            + "what runs there; --yes does not cover that", refused.Error, StringComparison.Ordinal);
        var vpc = inJson["nodes"]!.AsArray().Single(n => n!["name"]!.ToString() == "NE-mynet-dev-Net-VPC")!;
        Assert.Contains("NE-mynet-dev-Net-public-Segments", vpc["usedBy"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal([Vpc], inJson["needsAllowDestroy"]!.AsArray().Select(n => n!.ToString()));
    }

    private static async Task<ProjectFolder> WithSpare()
    {
        var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, Before, Spare + Before);
        await project.Provision(Environment);
        return project;
    }

    // A stack with the tags that Paco 9 gave every stack of an environment.
    private static async Task AsPaco9Did(ProjectFolder project, string stack)
    {
        await using var cloud = new Sandbox(project.Home);
        await cloud.Aws.CloudFormation(new Place("dev", Sandbox.Region)).CreateStack(
            new StackRequest
            {
                StackName = stack,
                Template = new TemplateSource("""{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}""", null),
                Tags =
                [
                    new("Paco-Stack", "true"),
                    new("Paco-Stack-Name", stack),
                    new("paco.netenv.name", "mynet"),
                    new("paco.env.name", "dev"),
                ],
                ClientRequestToken = stack,
            },
            CancellationToken.None);
    }
}
