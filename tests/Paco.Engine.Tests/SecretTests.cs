using System.Collections.Immutable;
using System.Text;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Engine.Tests.Simulation;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>What a plan says of secret values, and what a run sends of them.</summary>
public sealed class SecretTests
{
    [Theory]
    [InlineData("another-password")]
    [InlineData("b")]
    public void A_secret_that_changes_alone_is_an_update_and_is_said(string password)
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Keeper("a")));
            var planned = await PlanOne(world, Keeper(password));
            Assert.Equal((NodeAction.Update, new SecretChange("Password", IsKnown: true, IsSent: true)),
                (planned.Action, planned.Secrets.Single() with { Receivers = [] }));
            Assert.Equal(new PropertyPlace("Topic", "DisplayName"), planned.Secrets.Single().Receivers.Single());
            var change = planned.Changes.Single();
            Assert.Equal(("Topic", ChangeKind.Update), (change.LogicalId, change.Kind));
            Assert.Equal(("DisplayName", "****", "**** (new)"),
                (change.Properties.Single().Path, change.Properties.Single().Before, change.Properties.Single().After));
            await Provision(world, Graph(Keeper(password)));
            Assert.Equal(NodeAction.None, (await PlanOne(world, Keeper(password))).Action);
            return 0;
        });
    }

    [Fact]
    public void A_secret_that_changes_with_something_else_is_said_too()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Keeper("a")));
            var planned = await PlanOne(world, Keeper("b", text: "two"));
            Assert.True(planned.Secrets.Single().IsKnown);
            Assert.Equal(["Topic", "Text"], planned.Changes.Select(c => c.LogicalId));
            return 0;
        });
    }

    [Fact]
    public void Of_a_secret_that_is_the_same_nothing_is_said_and_its_template_stays_as_it_is()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Keeper("a")));
            var before = await world.Cloud.CloudFormation(Here).GetTemplate("keeper", default);
            var same = await PlanOne(world, Keeper("a"));
            Assert.Equal((NodeAction.None, 0), (same.Action, same.Secrets.Length));
            var other = await PlanOne(world, Keeper("a", text: "two"));
            Assert.Equal((NodeAction.Update, 0), (other.Action, other.Secrets.Length));
            await Provision(world, Graph(Keeper("a")));
            Assert.Equal(before, await world.Cloud.CloudFormation(Here).GetTemplate("keeper", default));
            return 0;
        });
    }

    [Fact]
    public void What_somebody_else_made_of_it_meanwhile_is_seen()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Keeper("a")));
            await world.Cloud.CloudFormation(Here).UpdateStack(Request(Keeper("b"), "b"), default);
            Assert.True((await PlanOne(world, Keeper("a"))).Secrets.Single().IsKnown);
            Assert.Empty((await PlanOne(world, Keeper("b"))).Secrets);
            return 0;
        });
    }

    [Fact]
    public void What_cannot_be_compared_may_have_changed_and_stays_as_it_is_deployed_until_somebody_asks()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Keeper("a")));
            var blind = world.Options.Planning with { ChangeSets = false };
            var planned = await PlanOne(world, Keeper("b"), blind);
            var secret = planned.Secrets.Single();
            Assert.Equal((NodeAction.None, false, false), (planned.Action, secret.IsKnown, secret.IsSent));

            var other = await Planner.Plan(Graph(Keeper("b", text: "two")), Scope.All, world.Cloud, blind, default);
            Assert.Equal(["Text"], ((PlannedStack)other.Nodes.Single()).Changes.Select(c => c.LogicalId));
            Assert.True((await Applier.Apply(other, world.Cloud, world.Options, _ => { }, default)).Succeeded);
            Assert.Empty((await PlanOne(world, Keeper("a", text: "two"))).Secrets);

            var asked = blind with { SendSecrets = ["netenv.bed.dev"] };
            var sent = await Planner.Plan(Graph(Keeper("b", text: "two")), Scope.All, world.Cloud, asked, default);
            Assert.Equal("**** (may be new)", ((PlannedStack)sent.Nodes.Single()).Changes.Single().Properties.Single().After);
            Assert.True((await Applier.Apply(sent, world.Cloud, world.Options, _ => { }, default)).Succeeded);
            Assert.Empty((await PlanOne(world, Keeper("b", text: "two"))).Secrets);
            return 0;
        });
    }

    // As after a kill: the update goes on, well or not, and the next run finds it at work.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_finds_a_stack_at_work_compares_when_it_is_at_rest(bool rollsBack)
    {
        Fault[] faults = rollsBack ? [new Fault.FailResource("keeper", "Text", "no", 1, ResourceAction.Update)] : [];
        Run(Pace.Realistic, [.. faults], async world =>
        {
            await Provision(world, Graph(Keeper("a")));
            await world.Cloud.CloudFormation(Here).UpdateStack(Request(Keeper("b", text: "two"), "b"), default);
            var found = await Plan(world, Graph(Keeper("b", text: "two")));
            var planned = (PlannedStack)found.Nodes.Single();
            Assert.Equal((NodeAction.Settle, false, false),
                (planned.Action, planned.Secrets.Single().IsKnown, planned.Secrets.Single().IsSent));
            Assert.True((await Applier.Apply(found, world.Cloud, world.Options, _ => { }, default)).Succeeded);
            Assert.False((await Plan(world, Graph(Keeper("b", text: "two")))).HasWork);
            return 0;
        });
    }

    [Fact]
    public void A_value_that_was_deployed_for_all_to_see_is_shown_no_longer()
    {
        Run(Pace.Instant, [], async world =>
        {
            var open = Keeper("for-all-to-see") with { Stack = Visible(Keeper("for-all-to-see").Stack) };
            await world.Cloud.CloudFormation(Here).CreateStack(Request(open, "for-all-to-see"), default);
            var planned = await PlanOne(world, Keeper("b"));
            Assert.Equal((NodeAction.Update, true), (planned.Action, planned.Secrets.Single().IsKnown));
            Assert.Equal(("****", "**** (new)"),
                (planned.Changes.Single().Properties.Single().Before, planned.Changes.Single().Properties.Single().After));
            var same = await PlanOne(world, Keeper("for-all-to-see"));
            Assert.Equal((NodeAction.Update, 0, 0), (same.Action, same.Secrets.Length, same.Changes.Length));
            return 0;
        });
    }

    [Fact]
    public void A_new_value_for_a_secret_that_others_read_loses_the_one_in_use()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Keeper("a", Kept)));
            var planned = await PlanOne(world, Keeper("b", Kept));
            Assert.Equal(("the value in use", true), (planned.Changes.Single().Loses, planned.DestroysData));
            return 0;
        });
    }

    [Fact]
    public void Neither_a_plan_file_nor_the_token_in_a_stacks_events_depends_on_a_secret()
    {
        Assert.Equal(Traces("b"), Traces("c"));

        static string Traces(string password) => Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Keeper("a")));
            var plan = await Plan(world, Graph(Keeper(password)));
            using var file = new MemoryStream();
            PlanFile.Write(file, plan, new PlanTarget("here", ImmutableSortedDictionary<string, string>.Empty));
            Assert.True((await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default)).Succeeded);
            var events = await world.Cloud.CloudFormation(Here).DescribeStackEvents("keeper", null, DateTimeOffset.MinValue, default);
            Assert.Contains(events, e => e is { ResourceStatus: "UPDATE_COMPLETE", ClientRequestToken: not null });
            return Encoding.UTF8.GetString(file.ToArray()) + string.Join('\n', events.Select(e => e.ClientRequestToken));
        });
    }

    // ---- a stack with a secret ---------------------------------------------------------------------------------------

    private static Resource Shown => new("Topic", "AWS::SNS::Topic", new MapValue { ["DisplayName"] = Fn.Ref("Password") });

    private static Resource Kept => new("Secret", "AWS::SecretsManager::Secret", new MapValue { ["SecretString"] = Fn.Ref("Password") });

    private static StackNode Keeper(string password, Resource? receiver = null, string text = "one")
    {
        var node = Stack("keeper", [receiver ?? Shown, Text(text)]);
        var parameter = new Parameter("Password", "String", new SecretSource(new Secret(password)));
        return node with
        {
            Stack = node.Stack with
            {
                Parameters = [parameter],
                Template = node.Stack.Template with { Parameters = [new TemplateParameter("Password", "String") { NoEcho = true }] },
            },
        };
    }

    private static Stack Visible(Stack stack) =>
        stack with { Template = stack.Template with { Parameters = [new TemplateParameter("Password", "String")] } };

    private static StackRequest Request(StackNode node, string password) => new()
    {
        StackName = node.Id.Name,
        Template = new TemplateSource(TemplateWriter.ToYaml(node.Stack.Template.ToValue()), null),
        Parameters = [new StackParameter("Password", password)],
        ClientRequestToken = "somebody",
    };

    private static async Task<PlannedStack> PlanOne(World world, StackNode node, PlanOptions? options = null) =>
        (PlannedStack)(await Planner.Plan(Graph(node), Scope.All, world.Cloud, options ?? world.Options.Planning, default)).Nodes.Single();
}
