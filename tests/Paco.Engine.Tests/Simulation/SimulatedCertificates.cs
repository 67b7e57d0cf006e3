using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Resources.Acm;
using Paco.Stacks;

namespace Paco.Engine.Tests.Simulation;

/// <summary>A hosted zone, and certificates that wait while their stacks are made for an action to write a record into it.</summary>
internal sealed class SimulatedCertificates(Place home, ImmutableArray<Place> places)
{
    private const string Domain = "sim.example";

    private readonly NodeId _zone = new(home, "sim-zone");
    private readonly int[] _generations = new int[places.Length];

    /// <summary>Another certificate in the place of one: its name is a new one.</summary>
    public void Change(Random dice)
    {
        if (dice.Next(3) == 0)
            _generations[dice.Next(places.Length)]++;
    }

    public IEnumerable<GraphNode> Nodes() =>
    [
        new StackNode(Stack(_zone, "zone", new Resource("Zone", "AWS::Route53::HostedZone", new MapValue { ["Name"] = Domain }))),
        .. places.SelectMany((place, i) => Certificate(new NodeId(place, $"sim-certificate{i}"), $"n{_generations[i]}.c{i}.{Domain}")),
    ];

    private IEnumerable<GraphNode> Certificate(NodeId id, string name)
    {
        var certificate = new Resource("Certificate", "AWS::CertificateManager::Certificate",
            new MapValue { ["DomainName"] = name, ["ValidationMethod"] = "DNS" });
        yield return new StackNode(Stack(id, id.Name["sim-".Length..], certificate));
        var records = new ValidationRecords(name, [name])
        {
            Id = new NodeId(home, $"records of {id.Name}"),
            Ref = $"netenv.sim.records.{id.Name}",
            Title = $"records of {id.Name}",
            Inputs = [new(ValidationRecords.ZoneId, new OutputSource(_zone, "Id"))],
            During = id,
        };
        yield return new ActionNode(records) { DependsOn = [_zone] };
    }

    private static Stack Stack(NodeId id, string title, Resource resource) => new()
    {
        Id = id,
        Ref = $"netenv.sim.dev.{title}",
        Title = title,
        Enabled = true,
        Template = new Template { Resources = [resource], Outputs = [new TemplateOutput("Id", Fn.Ref(resource.LogicalId))] },
    };
}
