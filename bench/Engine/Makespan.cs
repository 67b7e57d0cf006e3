using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Engine.Tests.Simulation;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using Paco.Starters;

namespace Paco.Bench;

/// <summary>
/// How long provisioning takes on a virtual clock, with 100 ms a call, against the longest chain of what the stacks
/// themselves took (their own events) and against their sum, which is one after the other.
/// </summary>
internal static class Makespan
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    public static int Run()
    {
        var starter = Starter(out var directory);
        var ok = true;
        try
        {
            string[] before = ["resource.ec2.keypairs", "resource.route53"];
            foreach (var pace in new[] { 1.0, 1.37, 0.73 })
            {
                ok &= Measure("starter, netenv.mynet.prod", starter.Graph!, [.. starter.Project!.Accounts.Select(a => a.Name)], before,
                    "netenv.mynet.prod", pace);
            }
            var (graph, accounts) = Generated(200);
            foreach (var pace in new[] { 1.0, 1.37, 0.73 })
                ok &= Measure("200 stacks, 4 accounts x 2 regions", graph, accounts, [], "", pace);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
        return ok ? 0 : 1;
    }

    private static bool Measure(string name, StackGraph graph, ImmutableArray<string> accounts, string[] before, string scope, double pace)
    {
        var time = new VirtualTime();
        return time.Run(async () =>
        {
            await using var world = new World(null, time, accounts, Pace.Scaled(pace), [], Latency, callsAtOnce: 10);
            foreach (var first in before)
                await Provision(world, graph, first);
            var (plan, report, events) = await Provision(world, graph, scope);
            if (report.Results.FirstOrDefault(r => !r.IsGood) is { } bad)
                throw new InvalidOperationException($"{bad.Node}: {bad.Failure}");
            var lengths = Lengths(plan, report, events);
            var critical = Critical(plan, lengths);
            var calls = world.Wire.Calls;
            var again = await Planner.Plan(graph, new Scope(scope), world.Cloud, world.Options.Planning, CancellationToken.None);
            var stacks = plan.Nodes.OfType<PlannedStack>().Count(s => s.HasWork);
            var ratio = report.Duration / critical;
            Console.WriteLine(
                $"{name}, durations x {pace:0.##}: {stacks} stacks in {Text(report.Duration)}, critical path {Text(critical)}, ratio {ratio:0.000}{(ratio <= 1.05 ? "" : "  (above 1.05)")}");
            Console.WriteLine(
                $"  one after the other {Text(Sum(lengths))}, {Sum(lengths) / report.Duration:0.0} times as long; estimated {Text(Estimate.Of(plan).Length)}; {(world.Wire.Calls - calls) / (double)stacks:0.00} calls a stack to see that nothing changed{(again.HasWork ? "  (but something did)" : "")}");
            return ratio <= 1.05 && !again.HasWork;
        });
    }

    private static async Task<(Plan, RunReport, ConcurrentQueue<ApplyEvent>)> Provision(World world, StackGraph graph, string scope)
    {
        var plan = await Planner.Plan(graph, new Scope(scope), world.Cloud, world.Options.Planning, CancellationToken.None);
        if (plan.Problems is [var problem, ..])
            throw new InvalidOperationException($"{problem.Message} ({problem.Hint})");
        var events = new ConcurrentQueue<ApplyEvent>();
        return (plan, await Applier.Apply(plan, world.Cloud, world.Options, events.Enqueue, default), events);
    }

    // What CloudFormation itself took, by its own events.
    private static Dictionary<NodeId, TimeSpan> Lengths(Plan plan, RunReport report, IEnumerable<ApplyEvent> events)
    {
        var stacks = events.OfType<ResourceMoved>().Where(e => e.Event.ResourceType == "AWS::CloudFormation::Stack").GroupBy(e => e.Node)
            .ToDictionary(g => g.Key, g => g.Max(e => e.Event.Timestamp) - g.Min(e => e.Event.Timestamp));
        var results = report.Results.ToDictionary(r => r.Node);
        return plan.Nodes.ToDictionary(n => n.Id, n => n switch
        {
            PlannedAction { Work.During: not null } => TimeSpan.Zero,
            PlannedAction => results[n.Id].Duration,
            _ => stacks.GetValueOrDefault(n.Id),
        });
    }

    private static TimeSpan Critical(Plan plan, Dictionary<NodeId, TimeSpan> lengths)
    {
        var ends = new Dictionary<NodeId, TimeSpan>();
        foreach (var node in plan.Nodes)
            ends[node.Id] = node.Node.DependsOn.Select(d => ends.GetValueOrDefault(d)).DefaultIfEmpty().Max() + lengths[node.Id];
        return ends.Values.Max();
    }

    private static TimeSpan Sum(Dictionary<NodeId, TimeSpan> lengths) => lengths.Values.Aggregate(TimeSpan.Zero, (a, b) => a + b);

    private static string Text(TimeSpan time) => $"{(int)time.TotalMinutes} min {time.Seconds:00} s";

    private static Compilation Starter(out string directory)
    {
        directory = Path.Combine(Path.GetTempPath(), $"paco-makespan-{Environment.ProcessId}");
        var starter = StarterCatalog.All[0];
        var answers = starter.Complete("bench", Answers.Empty.With("s3bucket_hash", "0a1b2c3d"), useDefaults: true).Answers!;
        ProjectWriter.Write(starter.Render("bench", answers), directory);
        var compiled = Toolkit.Compile(directory);
        return compiled.HasErrors ? throw new InvalidOperationException(compiled.Diagnostics[0].Message) : compiled;
    }

    private static (StackGraph, ImmutableArray<string>) Generated(int count)
    {
        var dice = new Random(200);
        ImmutableArray<string> accounts = ["tools", "dev", "staging", "prod"];
        var nodes = new List<StackNode>();
        for (var i = 0; i < count; i++)
        {
            var id = new NodeId(new Place(accounts[i % 4], i % 8 < 4 ? "us-west-2" : "eu-central-1"), $"bench-stack{i}");
            ImmutableArray<NodeId> needs =
            [
                .. Enumerable.Range(0, dice.Next(0, 4)).Where(_ => i > 8).Select(_ => nodes[dice.Next(Math.Max(0, i - 60), i)].Id)
                    .Distinct().Order(),
            ];
            var parameters = needs.Select((n, at) => new Parameter($"Input{at}", "String", new OutputSource(n, "Name"))).ToImmutableArray();
            nodes.Add(new StackNode(new Stack
            {
                Id = id,
                Ref = $"netenv.bench.stack{i}",
                Title = $"stack{i}",
                Enabled = true,
                Parameters = parameters,
                Capabilities = ["CAPABILITY_NAMED_IAM"],
                Template = new Template
                {
                    Parameters = [.. parameters.Select(p => new TemplateParameter(p.Name, p.Type))],
                    Resources = [.. Resources(dice, i)],
                    Outputs = [new TemplateOutput("Name", Fn.Ref("Main"))],
                },
            }) { DependsOn = needs });
        }
        return (new StackGraph([.. nodes]), accounts);
    }

    private static IEnumerable<Resource> Resources(Random dice, int i)
    {
        var policy = new MapValue { ["Version"] = "2012-10-17", ["Statement"] = Value.List() };
        yield return dice.Next(8) switch
        {
            0 => new Resource("Main", "AWS::RDS::DBInstance",
                new MapValue
                {
                    ["DBInstanceClass"] = "db.t4g.micro",
                    ["Engine"] = "mysql",
                    ["AllocatedStorage"] = "20",
                    ["ManageMasterUserPassword"] = true,
                    ["MasterUsername"] = "admin",
                }),
            1 or 2 => new Resource("Main", "AWS::ElasticLoadBalancingV2::LoadBalancer",
                new MapValue { ["Scheme"] = "internal", ["Subnets"] = Value.List("subnet-00000001", "subnet-00000002") }),
            3 or 4 => new Resource("Main", "AWS::S3::Bucket", new MapValue { ["BucketName"] = $"bench-{i}" }),
            5 => new Resource("Main", "AWS::EC2::VPC", new MapValue { ["CidrBlock"] = "10.0.0.0/16" }),
            _ => new Resource("Main", "AWS::SNS::Topic", []),
        };
        if (dice.Next(2) == 0)
            yield return new Resource("Role", "AWS::IAM::Role", new MapValue { ["AssumeRolePolicyDocument"] = policy });
    }
}
