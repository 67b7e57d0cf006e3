using System.Collections.Immutable;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Engine.Tests.Simulation;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;

namespace Paco.Engine.Tests;

/// <summary>A few small stacks in a sandbox on a virtual clock.</summary>
internal static class Bed
{
    public static readonly Place Here = new("account0", "us-west-2");

    public static readonly ImmutableArray<string> Accounts = ["account0"];

    /// <param name="latency">What every call takes, in virtual time.</param>
    public static T Run<T>(Pace pace, ImmutableArray<Fault> faults, Func<World, Task<T>> work, TimeSpan latency = default)
    {
        var time = new VirtualTime();
        return time.Run(async () =>
        {
            await using var world = new World(null, time, Accounts, pace, faults, latency);
            return await work(world);
        });
    }

    public static NodeId Id(string name) => new(Here, name);

    public static StackGraph Graph(params StackNode[] nodes) => new([.. nodes]);

    /// <summary>A stack that takes the names of others and offers its own.</summary>
    public static StackNode Stack(string name, Resource[] resources, params string[] needs)
    {
        ImmutableArray<Parameter> parameters = [.. needs.Select(n => new Parameter($"From{n}", "String", new OutputSource(Id(n), "Name")))];
        return new StackNode(new Stack
        {
            Id = Id(name),
            Ref = $"netenv.bed.dev.{name}",
            Title = name,
            Enabled = true,
            Parameters = parameters,
            Template = new Template
            {
                Parameters = [.. parameters.Select(p => new TemplateParameter(p.Name, p.Type))],
                Resources = [.. resources],
                Outputs = [new TemplateOutput("Name", Fn.Ref(resources[0].LogicalId))],
            },
        }) { DependsOn = [.. needs.Select(Id)] };
    }

    public static Resource Topic(string display = "a") => new("Topic", "AWS::SNS::Topic", new MapValue { ["DisplayName"] = display });

    public static Resource Bucket(string name) => new("Bucket", "AWS::S3::Bucket", new MapValue { ["BucketName"] = name });

    public static Resource Text(string value) =>
        new("Text", "AWS::SSM::Parameter", new MapValue { ["Type"] = "String", ["Value"] = value });

    public static Task<Plan> Plan(World world, StackGraph graph) =>
        Planner.Plan(graph, Scope.All, world.Cloud, world.Options.Planning, CancellationToken.None);

    public static async Task<RunReport> Provision(World world, StackGraph graph, Action<ApplyEvent>? tell = null) =>
        await Applier.Apply(await Plan(world, graph), world.Cloud, world.Options, tell ?? (_ => { }), default);

    public static Dictionary<string, NodeOutcome> Outcomes(RunReport report) =>
        report.Results.ToDictionary(r => r.Node.Name, r => r.Outcome);
}
