using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;
using Paco.Starters;

namespace Paco.Bench;

/// <summary>What is provisioned: the starter's stacks, two hundred mixed ones, and small ones in a few shapes.</summary>
internal static class BenchGraphs
{
    private static readonly ImmutableArray<string> Accounts = ["tools", "dev", "staging", "prod"];

    public static Compilation Starter(out string directory)
    {
        directory = Path.Combine(Path.GetTempPath(), $"paco-makespan-{Environment.ProcessId}");
        var starter = StarterCatalog.All[0];
        var answers = starter.Complete("bench", Answers.Empty.With("s3bucket_hash", "0a1b2c3d"), useDefaults: true).Answers!;
        ProjectWriter.Write(starter.Render("bench", answers), directory);
        var compiled = Toolkit.Compile(directory);
        return compiled.HasErrors ? throw new InvalidOperationException(compiled.Diagnostics[0].Message) : compiled;
    }

    /// <summary>Stacks of five seconds to ten minutes, each after up to three others.</summary>
    public static (StackGraph, ImmutableArray<string>) Mixed(int count)
    {
        var dice = new Random(200);
        var nodes = new List<StackNode>();
        for (var i = 0; i < count; i++)
        {
            ImmutableArray<NodeId> needs =
            [
                .. Enumerable.Range(0, dice.Next(0, 4)).Where(_ => i > 8).Select(_ => nodes[dice.Next(Math.Max(0, i - 60), i)].Id)
                    .Distinct().Order(),
            ];
            nodes.Add(Node(i, needs, [.. Resources(dice, i)]));
        }
        return (new StackGraph([.. nodes]), Accounts);
    }

    /// <summary>Stacks of one topic, five seconds each: one after the other.</summary>
    public static (StackGraph, ImmutableArray<string>) Chain(int count)
    {
        var nodes = new List<StackNode>();
        for (var i = 0; i < count; i++)
            nodes.Add(Node(0, i == 0 ? [] : [nodes[^1].Id], [Topic], $"bench-stack{i}"));
        return (new StackGraph([.. nodes]), Accounts);
    }

    /// <summary>The same, none of which needs another, over all accounts and regions; or all in one of them.</summary>
    public static (StackGraph, ImmutableArray<string>) Apart(int count, bool inOnePlace = false) =>
        (new StackGraph([.. Enumerable.Range(0, count).Select(i => Node(inOnePlace ? 0 : i, [], [Topic], $"bench-stack{i}"))]), Accounts);

    private static Resource Topic => new("Main", "AWS::SNS::Topic", []);

    private static StackNode Node(int place, ImmutableArray<NodeId> needs, ImmutableArray<Resource> resources, string? name = null)
    {
        var id = new NodeId(new Place(Accounts[place % 4], place % 8 < 4 ? "us-west-2" : "eu-central-1"), name ?? $"bench-stack{place}");
        var parameters = needs.Select((n, at) => new Parameter($"Input{at}", "String", new OutputSource(n, "Name"))).ToImmutableArray();
        return new StackNode(new Stack
        {
            Id = id,
            Ref = $"netenv.bench.{id.Name[6..]}",
            Title = id.Name[6..],
            Enabled = true,
            Parameters = parameters,
            Capabilities = ["CAPABILITY_NAMED_IAM"],
            Template = new Template
            {
                Parameters = [.. parameters.Select(p => new TemplateParameter(p.Name, p.Type))],
                Resources = resources,
                Outputs = [new TemplateOutput("Name", Fn.Ref("Main"))],
            },
        }) { DependsOn = needs };
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
            _ => Topic,
        };
        if (dice.Next(2) == 0)
            yield return new Resource("Role", "AWS::IAM::Role", new MapValue { ["AssumeRolePolicyDocument"] = policy });
    }
}
