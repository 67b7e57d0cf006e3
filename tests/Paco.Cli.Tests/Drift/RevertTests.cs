using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Drift;

/// <summary>
/// <c>plan --drift</c> and <c>provision --revert-drift</c>: the project, what was deployed, what is there; and the way back.
/// </summary>
public class RevertTests
{
    private const string Scope = "netenv.mynet.dev";
    private const string Group = "AWS::AutoScaling::AutoScalingGroup";
    private const string Web = "NE-mynet-dev-App-app-site-web-ASG";
    private const string Rules = "NE-mynet-dev-Net-app-Rules-SG";
    private const string Role = "NE-mynet-dev-App-app-site-web-instance-iam-role-Role";
    private const string Rule = "alb70341E61IngressHTTP";
    private const string Ingress = "AWS::EC2::SecurityGroupIngress";
    private const string Database = "NE-mynet-dev-App-app-site-database-RDS";
    private const string DatabaseRef = "netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.database";

    [Fact]
    public async Task A_plan_shows_what_the_project_wants_what_was_deployed_and_what_is_there()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("dev", Group, hand.Id(Web, "ASG"), "replace", "/MaxSize", "5");
        EnlargeTo(project, 3);

        var ran = (await project.Run("plan", Scope, "--drift", "--sandbox")).Ends(ExitCode.Changes);

        var lines = ran.Out.Split('\n').Select(line => line.Trim()).ToList();
        var at = lines.IndexOf("MaxSize");
        Assert.Equal(["project wants  3", "deployed was   1", "really is      5"], lines[(at + 1)..(at + 4)]);
        var property = Assert.Single((await project.Run("plan", Scope, "--drift", "--sandbox", "--json")).Json["drift"]!.AsArray()
            .SelectMany(s => s!["resources"]!.AsArray()).SelectMany(r => r!["properties"]!.AsArray()))!;
        Assert.Equal("""{"path":"MaxSize","wanted":"3","deployed":"1","actual":"5","adopted":false}""", property.ToJsonString());
    }

    [Fact]
    public async Task A_project_that_says_what_is_there_already_has_taken_it_over()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("dev", Group, hand.Id(Web, "ASG"), "replace", "/MaxSize", "3");
        EnlargeTo(project, 3);

        Assert.Contains("the project has taken it over",
            (await project.Run("plan", Scope, "--drift", "--sandbox")).Ends(ExitCode.Changes).Out, StringComparison.Ordinal);

        (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes")).Succeeds();
        Assert.Equal("3", (await hand.Properties("dev", Group, hand.Id(Web, "ASG")))["MaxSize"]!.ToString());
        (await project.Run("drift", Scope, "--sandbox")).Succeeds();
    }

    // A pinned minor version that AWS has left by itself: RDS does not go back.
    [Fact]
    public async Task What_AWS_does_not_take_back_is_not_offered_and_stays()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "engine_version: \"8.4\"", "engine_version: \"8.4.3\"");
        (await project.Run("provision", Scope, "--sandbox", "--yes")).Succeeds();
        var hand = new Behind(project.Home);
        await hand.Change("dev", "AWS::RDS::DBInstance", hand.Id(Database, "PrimaryDBInstance"), "replace", "/EngineVersion", "8.4.7");

        var ran = (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes")).Succeeds();

        Assert.Contains("stays as it is: AWS refuses to change EngineVersion of PrimaryDBInstance (8.4.7 → 8.4.3)", ran.Out,
            StringComparison.Ordinal);
        Assert.Contains("nothing had to be done", ran.Out, StringComparison.Ordinal);
    }

    // A version that AWS has moved on in a maintenance window; storage that has grown by itself (roadmap#430).
    [Theory]
    [InlineData("engine_version: \"8.4\"", "engine_version: \"8.4.5\"", "/EngineVersion", "8.4.7",
        "AWS refuses to change EngineVersion of PrimaryDBInstance (8.4.7 → 8.4.5")]
    [InlineData("storage_size_gb: 20", "storage_size_gb: 40", "/AllocatedStorage", "50",
        "AWS refuses to change AllocatedStorage of PrimaryDBInstance (50 → 40")]
    public async Task A_step_that_goes_back_from_what_runs_is_refused(
        string written, string wanted, string path, string running, string says)
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, written, wanted);
        (await project.Run("plan", Scope, "--sandbox")).Ends(ExitCode.Changes);
        var hand = new Behind(project.Home);
        await hand.Change("dev", "AWS::RDS::DBInstance", hand.Id(Database, "PrimaryDBInstance"), "replace", path, running);

        var plan = await project.Run("plan", Scope, "--sandbox");

        Assert.Contains(says, plan.Out, StringComparison.Ordinal);
        Assert.Contains("what runs counts, not what was deployed", plan.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_that_needs_what_the_same_run_makes_is_brought_back_when_that_is_there()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("dev", Group, hand.Id(Web, "ASG"), "replace", "/MaxSize", "5");
        project.Edit(Starter.Netenv, "              app:\n                port: 80\n", "              app:\n                port: 8080\n");

        var ran = (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes")).Succeeds();

        Assert.Contains("it needs what this run makes first, so CloudFormation could not be asked", ran.Out, StringComparison.Ordinal);
        Assert.Equal("1", (await hand.Properties("dev", Group, hand.Id(Web, "ASG")))["MaxSize"]!.ToString());
        (await project.Run("drift", Scope, "--sandbox")).Succeeds();
    }

    [Fact]
    public async Task A_plan_without_project_changes_still_tells_drift_by_its_exit_code()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Delete("dev", Ingress, hand.Id(Rules, Rule));

        (await project.Run("plan", Scope, "--sandbox")).Succeeds();
        (await project.Run("plan", Scope, "--drift", "--sandbox")).Ends(ExitCode.Changes);
        (await project.Run("provision", Scope, "--sandbox", "--yes")).Succeeds();
        (await project.Run("drift", Scope, "--sandbox")).Ends(ExitCode.Changes);
    }

    [Fact]
    public async Task Reverting_brings_back_what_was_changed_and_what_was_deleted_and_touches_nothing_else()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("dev", Group, hand.Id(Web, "ASG"), "replace", "/MaxSize", "5");
        await hand.Delete("dev", Ingress, hand.Id(Rules, Rule));

        var ran = (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes")).Succeeds();

        Assert.Contains("2 updated", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("known fault", ran.Out, StringComparison.Ordinal);
        Assert.Equal("1", (await hand.Properties("dev", Group, hand.Id(Web, "ASG")))["MaxSize"]!.ToString());
        Assert.Equal("80", (await hand.Properties("dev", Ingress, hand.Id(Rules, Rule)))["FromPort"]!.ToString());
        Assert.Equal("0", hand.ChangeSets());
        (await project.Run("drift", Scope, "--sandbox")).Succeeds();
        Assert.Contains("nothing had to be done",
            (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes")).Succeeds().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reverting_says_what_it_closes_and_what_it_opens_again()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("dev", "AWS::IAM::Role", hand.Id(Role, "WebInstanceIamRoleRole"), "replace", "/AssumeRolePolicyDocument",
            JsonNode.Parse(
                """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["ec2.amazonaws.com","lambda.amazonaws.com"]},"Action":["sts:AssumeRole"]}]}"""));
        await hand.Delete("dev", Ingress, hand.Id(Rules, Rule));

        var plan = (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes", "--json")).Succeeds().Lines[0];

        Assert.Equal(
            [
                "+ network/security_groups/app rules  sg app.alb  ingress tcp/80 from 0.0.0.0/0",
                $"- app/site/web role  role {hand.Id(Role, "WebInstanceIamRoleRole")}  may be assumed by lambda.amazonaws.com",
            ],
            plan["security"]!.AsArray().Select(s => s!.ToString()));
    }

    [Fact]
    public async Task A_change_of_the_project_and_a_revert_go_together()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("dev", Group, hand.Id(Web, "ASG"), "replace", "/MinSize", "0");
        EnlargeTo(project, 3);

        (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes")).Succeeds();

        var group = await hand.Properties("dev", Group, hand.Id(Web, "ASG"));
        Assert.Equal(("1", "3"), (group["MinSize"]!.ToString(), group["MaxSize"]!.ToString()));
        (await project.Run("plan", Scope, "--drift", "--sandbox")).Succeeds();
    }

    [Fact]
    public async Task Whoever_says_no_has_changed_nothing_and_leaves_nothing_behind()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("dev", Group, hand.Id(Web, "ASG"), "replace", "/MaxSize", "5");

        var ran = (await project.RunWith("n\n", "provision", Scope, "--revert-drift", "--sandbox")).Fails();

        Assert.Contains("5 → 1", ran.Out, StringComparison.Ordinal);
        Assert.Equal("5", (await hand.Properties("dev", Group, hand.Id(Web, "ASG")))["MaxSize"]!.ToString());
        Assert.Equal("0", hand.ChangeSets());
    }

    [Fact]
    public async Task A_deleted_database_does_not_come_back_empty_unless_somebody_says_so()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        var old = hand.Id(Database, "PrimaryDBInstance");
        await hand.Delete("dev", "AWS::RDS::DBInstance", old);

        var refused = (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes")).Fails();

        Assert.Contains("PrimaryDBInstance of app/site/database was deleted outside Paco and would come back empty", refused.Error,
            StringComparison.Ordinal);
        Assert.Contains($"--allow-destroy {DatabaseRef}", refused.Error, StringComparison.Ordinal);
        Assert.Contains("COMES BACK EMPTY", refused.Out, StringComparison.Ordinal);
        Assert.Equal("0", hand.ChangeSets());
        (await project.Run("drift", Scope, "--sandbox")).Ends(ExitCode.Changes);

        (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes", "--allow-destroy", DatabaseRef)).Succeeds();
        (await project.Run("drift", Scope, "--sandbox")).Succeeds();
    }

    [Fact]
    public async Task Drift_that_only_a_replacement_would_mend_is_refused_with_the_reason_and_the_rest_goes_on()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        hand.Force(hand.Id(Rules, Rule), "$.CidrIp", "10.9.9.0/24");
        await hand.Change("dev", Group, hand.Id(Web, "ASG"), "replace", "/MaxSize", "5");

        var ran = (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes")).Fails();

        Assert.Contains("requires replacement of drifted resources, which is not supported", ran.Out, StringComparison.Ordinal);
        Assert.Equal("1", (await hand.Properties("dev", Group, hand.Id(Web, "ASG")))["MaxSize"]!.ToString());
    }

    [Fact]
    public async Task Tags_that_somebody_added_are_left_alone()
    {
        using var project = await Starter.Provisioned();
        var hand = new Behind(project.Home);
        await hand.Change("dev", Group, hand.Id(Web, "ASG"), "add", "/Tags/-",
            JsonNode.Parse("""{"Key": "owner", "Value": "Bob", "PropagateAtLaunch": true}"""));

        var ran = (await project.Run("provision", Scope, "--revert-drift", "--sandbox", "--yes")).Succeeds();

        Assert.Contains("stays as it is: CloudFormation leaves it alone", ran.Out, StringComparison.Ordinal);
    }

    private static void EnlargeTo(ProjectFolder project, int size) =>
        project.EditEnvironment("dev", "                web:\n", $"                web:\n                  max_instances: {size}\n");
}
