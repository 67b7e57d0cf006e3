using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Global.Ec2;
using Paco.Linking;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Engine.Tests.Simulation;

/// <summary>
/// A project made of dice: stacks of small real resource types that need each other's outputs, some holding data, and a few actions.
/// </summary>
internal sealed class SimulatedProject
{
    private const int Parts = 3;

    public const string Secret = "correct-horse-battery-staple";

    private static readonly string[] Types =
    [
        "AWS::SSM::Parameter", "AWS::SNS::Topic", "AWS::S3::Bucket", "AWS::Logs::LogGroup", "AWS::SQS::Queue", "AWS::IAM::Role",
        "AWS::EC2::VPC",
    ];

    private readonly Random _dice;
    private readonly List<Sketch> _sketches = [];
    private readonly List<KeyPairAction> _keys = [];
    private readonly SimulatedCertificates? _certificates;
    private int _added;

    public SimulatedProject(Random dice, int? stacks = null)
    {
        _dice = dice;
        var accounts = dice.Next(1, 5);
        var regions = dice.Next(1, 3);
        Accounts = [.. Enumerable.Range(0, accounts).Select(i => $"account{i}")];
        var places = Accounts.SelectMany(a => new[] { "us-west-2", "eu-central-1" }.Take(regions).Select(r => new Place(a, r))).ToList();
        // More small ones than large ones: they find as much and take less time.
        var count = stacks ?? 2 + (int)(39 * Math.Pow(dice.NextDouble(), 2));
        for (var i = 0; i < count; i++)
            _sketches.Add(NewSketch(i, places[dice.Next(places.Count)]));
        // Making a key takes real time.
        for (var i = dice.Next(8) == 0 ? 1 : 0; i > 0; i--)
        {
            _keys.Add(new KeyPairAction($"key{i}")
            {
                Id = new NodeId(places[0], $"key pair {i}"),
                Ref = $"netenv.sim.key{i}",
                Title = $"key{i}",
            });
        }
        _certificates = dice.Next(4) == 0
            ? new SimulatedCertificates(places[0], [.. Enumerable.Range(0, dice.Next(1, 3)).Select(_ => places[dice.Next(places.Count)])])
            : null;
    }

    public ImmutableArray<string> Accounts { get; }

    // One resource of a stack. Generation changes a property, Identity one that only a new resource can have.
    private sealed record Part(string Name, string Type, int Generation = 0, int Identity = 0, string? From = null);

    private sealed record Sketch(NodeId Id, int Number, ImmutableArray<Part> Parts, ImmutableArray<int> Needs, bool HasSecret);

    /// <summary>The linked graph, as the linker would make it.</summary>
    public StackGraph Graph() => new(
    [
        .. _keys.Select(k => new ActionNode(k)),
        .. _certificates?.Nodes() ?? [],
        .. _sketches.Select(s =>
            new StackNode(Stack(s)) { DependsOn =
            [
                .. s.Needs.Select(n => _sketches[n].Id).Concat(s.Number % 7 == 1 ? _keys.Select(k => k.Id) : []).Distinct().Order(),
            ] }),
    ]);

    /// <summary>Every key pair there is opens with a private key that somebody was given.</summary>
    public async Task KeysAreSomebodys(ICloud cloud, KeptSecrets secrets)
    {
        foreach (var key in _keys)
        {
            if (await cloud.Ec2(key.Id.Place).DescribeKeyPair(key.KeyName, CancellationToken.None) is { } pair
                && !secrets.Has(key.SecretFile, s => key.FingerprintOf(s) == pair.Fingerprint))
            {
                throw new InvalidOperationException($"does not hold: somebody has the private key of {key.KeyName}");
            }
        }
    }

    /// <summary>A scope that covers some of it.</summary>
    public Scope SomeScope() => new($"netenv.sim.part{_dice.Next(Parts)}");

    /// <summary>Changes a few things, as people do between two runs.</summary>
    public void Change()
    {
        for (var n = _dice.Next(1, 4); n > 0; n--)
        {
            _certificates?.Change(_dice);
            var at = _dice.Next(_sketches.Count);
            var sketch = _sketches[at];
            var part = _dice.Next(sketch.Parts.Length);
            var parts = sketch.Parts;
            _sketches[at] = sketch with
            {
                Parts = _dice.Next(5) switch
                {
                    0 => parts.SetItem(part, parts[part] with { Identity = parts[part].Identity + 1 }),
                    1 when parts.Length > 1 => parts.RemoveAt(part),
                    2 => parts.Add(NewPart($"Added{_added++}", sketch.Needs)),
                    _ => parts.SetItem(part, parts[part] with { Generation = parts[part].Generation + 1 }),
                },
            };
        }
    }

    /// <summary>Gives another name to what would be replaced under one that is taken; false where nothing would.</summary>
    public bool GiveWay(Plan plan)
    {
        var taken = plan.Nodes.OfType<PlannedStack>().SelectMany(s => s.Changes
            .Where(c => c is { Kind: ChangeKind.Replace, NameIsTaken: true }).Select(c => (s.Id, c.LogicalId))).ToList();
        foreach (var (id, name) in taken)
        {
            var at = _sketches.FindIndex(s => s.Id == id);
            var part = _sketches[at].Parts.Single(p => p.Name == name);
            _sketches[at] = _sketches[at] with { Parts = _sketches[at].Parts.Replace(part, part with { Identity = part.Identity + 1 }) };
        }
        return taken.Count > 0;
    }

    private Sketch NewSketch(int number, Place place)
    {
        ImmutableArray<int> needs = [.. Enumerable.Range(0, number).Where(_ => _dice.Next(Math.Max(2, number)) < 2).Take(4)];
        var parts = Enumerable.Range(0, _dice.Next(1, 4)).Select(i => NewPart($"Part{i}", needs)).ToImmutableArray();
        return new Sketch(new NodeId(place, $"sim-stack{number}"), number, parts, needs, _dice.Next(6) == 0);
    }

    private Part NewPart(string name, ImmutableArray<int> needs) =>
        new(name, Types[_dice.Next(Types.Length)],
            From: needs.Length > 0 && _dice.Next(3) > 0 ? $"{needs[_dice.Next(needs.Length)]}" : null);

    private Stack Stack(Sketch sketch)
    {
        var parameters = sketch.Needs.SelectMany(n => new[]
        {
            // Of the first part, whichever that is by now: where it goes, its users move to the next one.
            new Parameter($"Input{n}", "String", new OutputSource(_sketches[n].Id, $"Of{_sketches[n].Parts[0].Name}")),
            new Parameter($"Label{n}", "String", new OutputSource(_sketches[n].Id, "Label")),
        }).ToList();
        if (sketch.HasSecret)
            parameters.Add(new Parameter("Password", "String", new SecretSource(new Secret(Secret))));
        var resources = sketch.Parts.Select((p, i) => Resource(sketch, p, i)).ToList();
        if (sketch.HasSecret)
            resources.Add(new Resource("Hidden", "AWS::SecretsManager::Secret", new MapValue { ["SecretString"] = Fn.Ref("Password") }));
        return new Stack
        {
            Id = sketch.Id,
            Ref = $"netenv.sim.part{sketch.Number % Parts}.stack{sketch.Number}",
            Title = $"stack{sketch.Number}",
            Enabled = true,
            Parameters = [.. parameters],
            Capabilities = ["CAPABILITY_NAMED_IAM"],
            TerminationProtection = sketch.Number % 11 == 3,
            Template = new Template
            {
                Parameters = [.. parameters.Select(p => new TemplateParameter(p.Name, p.Type) { NoEcho = p.NoEcho })],
                Resources = [.. resources],
                Outputs =
                [
                    .. sketch.Parts.Select(p => new TemplateOutput($"Of{p.Name}", Output(p))),
                    new TemplateOutput("Label", $"label{sketch.Parts[0].Generation % 3}"),
                ],
            },
        };
    }

    // Attributes that change, names that stay, and words of the project itself.
    private static Value Output(Part part) => part switch
    {
        { Type: "AWS::SSM::Parameter" } => Fn.GetAtt(part.Name, "Value"),
        { Generation: var g } when g % 2 == 1 => $"{part.Name}-{g}",
        _ => Fn.Ref(part.Name),
    };

    private static Resource Resource(Sketch sketch, Part part, int index)
    {
        var (id, text) = ($"sim-{sketch.Number}-{part.Name}-{part.Identity}".ToLowerInvariant(), $"generation {part.Generation}");
        var from = part.From is { } n && sketch.Needs.Contains(int.Parse(n)) ? n : null;
        var input = from is null ? text : Fn.Sub($"{text} ${{Input{from}}}");
        var named = from is null ? id : Fn.Sub($"{id}-${{Label{from}}}");
        var properties = part.Type switch
        {
            "AWS::SSM::Parameter" => new MapValue { ["Type"] = "String", ["Name"] = $"/{id}", ["Value"] = input },
            "AWS::SNS::Topic" => new MapValue { ["TopicName"] = named, ["DisplayName"] = $"g{part.Generation}" },
            "AWS::S3::Bucket" => new MapValue
            {
                ["BucketName"] = Fn.Sub($"{id}-${{AWS::AccountId}}-${{AWS::Region}}"),
                ["Tags"] = Tags(text),
            },
            "AWS::Logs::LogGroup" => new MapValue { ["LogGroupName"] = named, ["RetentionInDays"] = part.Generation % 2 == 0 ? 7 : 14 },
            "AWS::SQS::Queue" => new MapValue { ["QueueName"] = named, ["DelaySeconds"] = part.Generation },
            "AWS::IAM::Role" => new MapValue
            {
                ["RoleName"] = Fn.Sub($"{id}-${{AWS::Region}}"),
                ["Description"] = text,
                ["AssumeRolePolicyDocument"] = new MapValue { ["Version"] = "2012-10-17", ["Statement"] = Value.List() },
            },
            _ => new MapValue { ["CidrBlock"] = $"10.{sketch.Number}.{part.Identity}.0/24", ["Tags"] = Tags(text) },
        };
        return new Resource(part.Name, part.Type,
            properties) { DependsOn = index > 0 && sketch.Number % 3 == 0 ? [sketch.Parts[index - 1].Name] : [] };
    }

    private static ListValue Tags(Value value) => Value.List(new MapValue { ["Key"] = "generation", ["Value"] = value });
}
