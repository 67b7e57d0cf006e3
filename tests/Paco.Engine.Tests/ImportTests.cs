using System.Collections.Immutable;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>Names of the project that are taken by something which no stack has.</summary>
public sealed class ImportTests
{
    private static readonly StackGraph Shop = Graph(Stack("shop", [Bucket("shop-assets"), Topic()]), Stack("web", [Topic()], "shop"));

    [Fact]
    public void A_plan_says_which_name_is_taken_and_a_creation_that_fails_for_it_names_the_way_out()
    {
        Run(Pace.Instant, [], async world =>
        {
            await world.Cloud.S3(Here).CreateBucket("shop-assets", default);
            var plan = await Plan(world, Shop);
            Assert.Equal("shop-assets exists already: creating it will fail (--import-existing takes it over)",
                Change(plan, "Bucket").Remark);
            var report = await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default);
            Assert.Contains("--import-existing", report.Failures.Single().Failure!.Hint, StringComparison.Ordinal);
            return 0;
        });
    }

    // A clean-up that failed leaves such a one, and CloudFormation forgets it.
    [Fact]
    public void A_name_that_is_taken_is_told_of_what_is_replaced_too_and_cannot_be_taken_over() => Run(Pace.Instant, [], async world =>
    {
        await Provision(world, Graph(Stack("shop", [Bucket("shop-assets")])));
        await world.Cloud.S3(Here).CreateBucket("shop-images", default);

        var plan = await PlanImport(world, Graph(Stack("shop", [Bucket("shop-images")])));

        var change = Change(plan, "Bucket");
        Assert.Equal((ChangeKind.Replace, true), (change.Kind, change.NameIsTaken));
        Assert.Equal("shop-images exists already: replacing it will fail; delete it first, or write another name", change.Remark);
        var report = await Applier.Apply(plan, world.Cloud, world.Options with { Permissions = new DestroyPermissions(["netenv"]) },
            _ => { }, default);
        Assert.Contains("already exists", report.Failures.Single().Failure!.Message, StringComparison.Ordinal);
        return 0;
    });

    // What another stack will say where its template alone decides that is known before it is updated, and so is what it names.
    [Fact]
    public void A_name_that_another_stack_hands_on_is_looked_for_too() => Run(Pace.Instant, [], async world =>
    {
        var named = new Resource("Bucket", "AWS::S3::Bucket", new MapValue { ["BucketName"] = Fn.Ref("Fromwords") });
        await Provision(world, Graph(Words("shop-assets"), Stack("shop", [named], "words")));
        await world.Cloud.S3(Here).CreateBucket("shop-images", default);

        var plan = await Plan(world, Graph(Words("shop-images"), Stack("shop", [named], "words")));

        var change = ((PlannedStack)plan.Nodes[1]).Changes.Single();
        Assert.Equal(("shop-assets", "shop-images"), change.Properties.Select(p => (p.Before, p.After)).Single());
        Assert.True(change.NameIsTaken);
        return 0;

        static StackNode Words(string name)
        {
            var node = Stack("words", [Topic()]);
            return node with { Stack = node.Stack with { Template = node.Stack.Template with
            {
                Outputs = [new TemplateOutput("Name", name)],
            } } };
        }
    });

    // cdk#12564: "Tried to create resource record set […] but it already exists"; a CNAME stands alone (API route53 InvalidChangeBatch).
    [Theory]
    [InlineData("A", "A", "but it already exists")]
    [InlineData("A", "CNAME", "is not permitted as it conflicts with other records")]
    [InlineData("CNAME", "A", "is not permitted as it conflicts with other records")]
    [InlineData("TXT", "A", null)]
    public void A_record_that_stands_in_its_zone_already_is_told_and_not_taken_over(string there, string wanted, string? words)
    {
        Run(Pace.Instant, [], async world =>
        {
            var zone = Stack("zone", [new Resource("Zone", "AWS::Route53::HostedZone", new MapValue { ["Name"] = "example.com" })]);
            await Provision(world, Graph(zone));
            var id = (await world.Cloud.CloudFormation(Here).DescribeStack("zone", default))!.Outputs["Name"];
            await world.Cloud.Route53(Here).UpsertRecord(id, new DnsRecord("www.example.com", there, 60,
                [there == "CNAME" ? "example.org" : there == "TXT" ? "\"text\"" : "192.0.2.1"]), default);
            var record = new Resource("Record", "AWS::Route53::RecordSet", new MapValue
            {
                ["HostedZoneId"] = Fn.Ref("Fromzone"), ["Name"] = "www.example.com.", ["Type"] = wanted, ["TTL"] = "60",
                ["ResourceRecords"] = Value.List(wanted == "A" ? "192.0.2.2" : "example.net"),
            });
            var plan = await PlanImport(world, Graph(zone, Stack("record", [record], "zone")));
            Assert.Equal(words is null ? null : $"www.example.com has a record of type {there} in its zone already: creating it will fail; "
                + "delete it in Route 53 first", ((PlannedStack)plan.Nodes[1]).Changes.Single().Remark);
            var report = await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default);
            Assert.Equal(words is null, report.Succeeded);
            Assert.Contains(words ?? "", report.Failures.FirstOrDefault()?.Failure?.Message ?? "", StringComparison.Ordinal);
            return 0;
        });
    }

    [Fact]
    public void What_exists_is_taken_over_and_stands_as_if_the_stack_had_made_it()
    {
        Run(Pace.Instant, [], async world =>
        {
            await world.Cloud.S3(Here).CreateBucket("shop-assets", default);
            await world.Cloud.S3(Here).PutObject("shop-assets", "logo.png", new byte[] { 1 }, default);
            var plan = await PlanImport(world, Shop);
            Assert.Equal((ChangeKind.Import, ChangeKind.Create), (Change(plan, "Bucket").Kind, Change(plan, "Topic").Kind));
            Assert.Equal((1, 2), (plan.Totals.Import, plan.Totals.Create));

            var outcomes = Outcomes(await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default));
            Assert.Equal((NodeOutcome.Created, NodeOutcome.Created), (outcomes["shop"], outcomes["web"]));
            Assert.NotNull(await world.Cloud.S3(Here).GetObject("shop-assets", "logo.png", default));
            Assert.False((await Plan(world, Shop)).HasWork);
            return 0;
        });
    }

    [Fact]
    public void A_failed_creation_is_mended_by_running_again_with_imports()
    {
        Run(Pace.Instant, [], async world =>
        {
            await world.Cloud.S3(Here).CreateBucket("shop-assets", default);
            Assert.False((await Provision(world, Shop)).Succeeded);
            var plan = await PlanImport(world, Shop);
            Assert.Equal(NodeAction.Recreate, plan.Nodes[0].Action);
            Assert.True((await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default)).Succeeded);
            return 0;
        });
    }

    [Fact]
    public void A_stack_that_stands_takes_over_what_its_new_template_names()
    {
        Run(Pace.Realistic, [], async world =>
        {
            await Provision(world, Graph(Stack("shop", [Topic()])));
            await world.Cloud.S3(Here).CreateBucket("shop-assets", default);
            var graph = Graph(Stack("shop", [Topic(), Bucket("shop-assets")]));
            var outcomes = Outcomes(await Applier.Apply(await PlanImport(world, graph), world.Cloud, world.Options, _ => { },
                default));
            Assert.Equal(NodeOutcome.Updated, outcomes["shop"]);
            Assert.DoesNotContain("Retain", await world.Cloud.CloudFormation(Here).GetTemplate("shop", default), StringComparison.Ordinal);
            return 0;
        });
    }

    [Fact]
    public void The_plan_shows_where_what_exists_differs_from_the_project()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Stack("old", [Logs(retention: 7) with { DeletionPolicy = DeletionPolicy.Retain }])));
            var gone = await DeletionPlanner.Plan(Graph(Stack("old", [Logs(7)])), Scope.All, world.Cloud, world.Options.Planning, default);
            await Applier.Apply(gone, world.Cloud, world.Options, _ => { }, default);

            var plan = await PlanImport(world, Graph(Stack("shop", [Logs(retention: 30)])));
            var property = Assert.Single(Change(plan, "Logs").Properties);
            Assert.Equal(("RetentionInDays", "7", "30"), (property.Path, property.Before, property.After));
            return 0;
        });
    }

    [Fact]
    public void What_exists_and_is_called_secret_is_not_told()
    {
        Run(Pace.Instant, [], async world =>
        {
            static Resource Bucket(string key, string value) => Bed.Bucket("shop-assets") with
            {
                Properties = new MapValue
                {
                    ["BucketName"] = "shop-assets",
                    ["Tags"] = Value.List(new MapValue { ["Key"] = key, ["Value"] = value }),
                },
                DeletionPolicy = DeletionPolicy.Retain,
            };
            await Provision(world, Graph(Stack("old", [Bucket("db_password", "hunter2")])));
            await Applier.Apply(
                await DeletionPlanner.Plan(Graph(Stack("old", [Topic()])), Scope.All, world.Cloud, world.Options.Planning, default),
                world.Cloud, world.Options, _ => { }, default);

            var plan = await PlanImport(world, Graph(Stack("shop", [Bucket("team", "web")])));
            Assert.NotEmpty(Change(plan, "Bucket").Properties);
            Assert.All(Change(plan, "Bucket").Properties, p => Assert.Equal(("(secret)", "(secret)"), (p.Before, p.After)));
            return 0;
        });
    }

    [Fact]
    public void What_another_stack_has_is_named_with_its_stack_and_not_taken()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Stack("other", [Bucket("shop-assets")])));
            var plan = await PlanImport(world, Shop);
            Assert.Equal((ChangeKind.Create, "shop-assets exists already, in the stack other: it has to go there first"),
                (Change(plan, "Bucket").Kind, Change(plan, "Bucket").Remark));
            return 0;
        });
    }

    [Fact]
    public void A_name_is_found_too_where_AWS_identifies_by_an_ARN_made_of_it()
    {
        Run(Pace.Instant, [], async world =>
        {
            var rule = new Resource("Rule", "AWS::Events::Rule",
                new MapValue { ["Name"] = "nightly", ["ScheduleExpression"] = "rate(1 day)" });
            await Provision(world, Graph(Stack("other", [rule])));
            var plan = await Plan(world, Graph(Stack("shop", [rule])));
            Assert.EndsWith(":rule/nightly exists already, in the stack other: it has to go there first", Change(plan, "Rule").Remark,
                StringComparison.Ordinal);
            return 0;
        });
    }

    [Fact]
    public void What_came_to_exist_after_the_plan_is_not_taken_over_unseen_and_no_shell_is_left()
    {
        Run(Pace.Instant, [], async world =>
        {
            var graph = Graph(Stack("shop", [Bucket("shop-assets"), Logs(7)]));
            await world.Cloud.S3(Here).CreateBucket("shop-assets", default);
            var plan = await PlanImport(world, graph);
            await Provision(world, Graph(Stack("late", [Logs(7) with { DeletionPolicy = DeletionPolicy.Retain }])));
            await Applier.Apply(
                await DeletionPlanner.Plan(Graph(Stack("late", [Logs(7)])), Scope.All, world.Cloud, world.Options.Planning, default),
                world.Cloud, world.Options, _ => { }, default);

            var report = await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default);
            Assert.Contains("Logs", report.Failures.Single().Failure!.Message, StringComparison.Ordinal);
            Assert.Null(await world.Cloud.CloudFormation(Here).DescribeStack("shop", default));
            return 0;
        });
    }

    [Fact]
    public void A_plan_that_is_kept_says_what_is_taken_over()
    {
        Run(Pace.Instant, [], async world =>
        {
            await world.Cloud.S3(Here).CreateBucket("shop-assets", default);
            var (kept, plain) = (await PlanImport(world, Shop), await Plan(world, Shop));
            using var file = new MemoryStream();
            PlanFile.Write(file, kept, new PlanTarget("here", ImmutableSortedDictionary<string, string>.Empty));
            Assert.Equal(["account0/us-west-2/shop"], PlanFile.Read(file.ToArray())!.Moved(plain));
            return 0;
        });
    }

    private static Resource Logs(int retention) =>
        new("Logs", "AWS::Logs::LogGroup",
            new MapValue { ["LogGroupName"] = Fn.Sub("/shop/${AWS::Region}"), ["RetentionInDays"] = retention });

    private static Task<Plan> PlanImport(Simulation.World world, StackGraph graph) =>
        Planner.Plan(graph, Scope.All, world.Cloud, world.Options.Planning with { ImportExisting = true }, default);

    private static ResourceChange Change(Plan plan, string logicalId) =>
        ((PlannedStack)plan.Nodes[0]).Changes.Single(c => c.LogicalId == logicalId);
}
