using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Linking;

/// <summary>
/// What the project asks for twice and AWS lets stand once: a port of a load balancer, a priority of its rules, ranges of a network that
/// overlap, a secret that two databases would have. Stacks are looked through together, whatever way a value comes into a template.
/// </summary>
internal sealed class SameThings
{
    private readonly Lazy<HashSet<Location>> _told;
    private readonly Dictionary<NodeId, Names> _stacks = [];

    /// <param name="before">What was told before: a name that is taken is told once.</param>
    public SameThings(IEnumerable<Stack> stacks, DiagnosticBag before)
    {
        _told = new(() => [.. before.ToSorted().Where(d => d.Code == StackCodes.NameTaken).Select(d => d.Location)]);
        foreach (var stack in stacks)
            _stacks.TryAdd(stack.Id, new Names(stack, $"{_stacks.Count}"));
    }

    // What stands for a stack in what is compared, and its parameters by name.
    private sealed record Names(Stack Stack, string Number)
    {
        private Dictionary<string, Parameter>? _parameters;

        public Parameter? Find(string name)
        {
            _parameters ??= Stack.Parameters.DistinctBy(p => p.Name).ToDictionary(p => p.Name, StringComparer.Ordinal);
            return _parameters.GetValueOrDefault(name);
        }
    }

    private sealed record Thing(Names In, Resource Resource);

    // Among whom something exists once: a line of the table, in a place, with what two that meet have alike for sure. No case is told
    // apart: some types do not.
    private readonly record struct Among(string Type, int Line, (string Account, string Region) In, string Alike)
    {
        public bool Equals(Among other) => Type == other.Type && Line == other.Line && In == other.In
            && Alike.Equals(other.Alike, StringComparison.OrdinalIgnoreCase);

        public override int GetHashCode() => HashCode.Combine(Type, Line, In, Alike.GetHashCode(StringComparison.OrdinalIgnoreCase));
    }

    public void Check(DiagnosticBag bag)
    {
        var neighbours = new Dictionary<Among, List<Thing>>();
        foreach (var names in _stacks.Values)
        {
            foreach (var resource in names.Stack.Template.Resources)
                Note(new Thing(names, resource), neighbours);
        }
        foreach (var (among, things) in neighbours.Where(n => n.Value.Count > 1))
        {
            var facts = ResourceFacts.Of(among.Type);
            Compare(facts, facts.Unique[among.Line], things, bag);
        }
    }

    private void Note(Thing thing, Dictionary<Among, List<Thing>> neighbours)
    {
        var facts = ResourceFacts.Of(thing.Resource.Type);
        for (var line = 0; !facts.IsMerged && line < facts.Unique.Length; line++)
        {
            var unique = facts.Unique[line];
            if (!unique.Keys.Any(k => thing.Resource.Properties[k] is not null))
                continue;
            var alike = unique.Within.IsEmpty && !unique.IsRange ? unique.Keys : unique.Within;
            var place = thing.In.Stack.Id.Place;
            var among = new Among(facts.Type, line, unique.Among(place.Account, place.Region),
                alike is [var only] ? Text(thing, only) ?? "" : string.Join('\n', alike.Select(p => Text(thing, p))));
            if (neighbours.TryGetValue(among, out var there))
                there.Add(thing);
            else
                neighbours.Add(among, [thing]);
        }
    }

    private void Compare(ResourceFacts facts, Uniqueness unique, List<Thing> things, DiagnosticBag bag)
    {
        var texts = things.ConvertAll(Texts);
        for (var i = 1; i < things.Count; i++)
        {
            var other = texts.FindIndex(0, i, earlier => facts.Meet(unique, texts[i], earlier));
            if (other >= 0 && !_told.Value.Contains(things[i].Resource.Source))
                Report(unique, things[i], things[other], bag);
        }
    }

    // Of something that is compared with many: each text is made once.
    private Func<string, string?> Texts(Thing thing)
    {
        // A handful at most.
        var made = new List<(string Property, string? Text)>(2);
        return property =>
        {
            foreach (var (known, text) in made)
            {
                if (known == property)
                    return text;
            }
            made.Add((property, Text(thing, property)));
            return made[^1].Text;
        };
    }

    private static void Report(Uniqueness unique, Thing thing, Thing other, DiagnosticBag bag) => bag.Add(StackCodes.NameTaken,
        thing.Resource.Source,
        $"{thing.Resource.LogicalId} and {other.Resource.LogicalId} ({thing.Resource.Type}) would both have "
        + $"{unique.Place(thing.Resource.Properties)}, which AWS lets one have",
        "take one of them out, or give it another", new RelatedPlace(other.Resource.Source, "the other one"), thing.In.Stack.Ref);

    private string? Text(Thing thing, string property) => Text(thing.In, thing.Resource.Properties[property]);

    // What stands for one thing is one text, in whichever stack: the resource a reference leads to, by whatever outputs and parameters.
    private string? Text(Names names, Value? value) => value switch
    {
        null or RefValue { LogicalId: "AWS::NoValue" } => null,
        RefValue { LogicalId: var name } => names.Find(name) is { } parameter ? Text(names, parameter) : $"{names.Number} {name}",
        GetAttValue { LogicalId: var name, Attribute: var attribute } => $"{names.Number} {name} {attribute}",
        _ => TemplateDiff.Text(value) ?? $"{names.Number} {value.ToJson().ToJsonString()}",
    };

    private string Text(Names names, Parameter parameter) => parameter.Source switch
    {
        LiteralSource { Text: var text } => text,
        OutputSource { Node: var node, Key: var key } when _stacks.GetValueOrDefault(node) is { } producer
            && producer.Stack.Template.Outputs.FirstOrDefault(o => o.Key == key) is { } output => Text(producer, output.Value) ?? "",
        OutputSource { Node: var node, Key: var key } => $"{node} {key}",
        _ => $"{names.Number} {parameter.Name}",
    };
}
