using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Linking;

/// <summary>
/// What the project asks for twice and AWS lets stand once: a port of a load balancer, a priority of its rules, ranges of a network that
/// overlap, a secret that two databases would have. Stacks are looked through together, whatever way a value comes into a template.
/// </summary>
internal sealed class SameThings(IReadOnlyCollection<Stack> stacks, DiagnosticBag bag)
{
    private readonly Dictionary<NodeId, Stack> _stacks = stacks.DistinctBy(s => s.Id).ToDictionary(s => s.Id);

    private sealed record Thing(Stack Stack, Resource Resource, Func<string, string?> Text);

    public void Check()
    {
        var told = bag.ToSorted().Where(d => d.Code == StackCodes.NameTaken).Select(d => d.Location).ToHashSet();
        var all = from stack in stacks
            from resource in stack.Template.Resources
            let facts = ResourceFacts.Of(resource.Type)
            where !facts.IsMerged
            from line in facts.Unique.Index()
            let thing = new Thing(stack, resource, property => Text(stack, resource.Properties[property]))
            where line.Item.IsTaken(thing.Text)
            group thing by (resource.Type, line.Index, Scope(stack.Id.Place, line.Item, thing.Text));
        foreach (var neighbours in all.Where(g => g.Skip(1).Any()))
        {
            var facts = ResourceFacts.Of(neighbours.Key.Type);
            var unique = facts.Unique[neighbours.Key.Index];
            var seen = new List<Thing>();
            foreach (var thing in neighbours)
            {
                if (seen.Find(other => facts.Meet(unique, thing.Text, other.Text)) is { } other && !told.Contains(thing.Resource.Source))
                    Report(unique, thing, other);
                seen.Add(thing);
            }
        }
    }

    private void Report(Uniqueness unique, Thing thing, Thing other)
    {
        var place = string.Join(", ", unique.Keys.Where(key => TemplateDiff.Text(thing.Resource.Properties[key]) is not null)
            .Select(key => $"{key} {TemplateDiff.Text(thing.Resource.Properties[key])}"));
        bag.Add(StackCodes.NameTaken, thing.Resource.Source,
            $"{thing.Resource.LogicalId} and {other.Resource.LogicalId} ({thing.Resource.Type}) would both have "
            + $"{(place.Length > 0 ? place : string.Join(", ", unique.Keys))}, which AWS lets one have",
            "take one of them out, or give it another", new RelatedPlace(other.Resource.Source, "the other one"), thing.Stack.Ref);
    }

    private static string Scope(Place place, Uniqueness unique, Func<string, string?> text)
    {
        var among = unique.In switch { UniqueIn.World => "", UniqueIn.Account => place.Account, _ => $"{place}" };
        var within = unique.Within.IsEmpty && !unique.IsRange ? unique.Keys : unique.Within;
        return string.Join('\n', within.Select(text).Prepend(among)).ToLowerInvariant();
    }

    // What stands for one thing is one text, in whichever stack: the resource a reference leads to, by whatever outputs and parameters.
    private string? Text(Stack stack, Value? value) => value switch
    {
        null => null,
        RefValue { LogicalId: var name } when stack.Parameters.FirstOrDefault(p => p.Name == name) is { } parameter =>
            Text(stack, parameter),
        RefValue { LogicalId: "AWS::NoValue" } => null,
        RefValue or GetAttValue => $"{stack.Id} {value.ToJson().ToJsonString()}",
        _ => TemplateDiff.Text(value) ?? $"{stack.Id} {value.ToJson().ToJsonString()}",
    };

    private string Text(Stack stack, Parameter parameter) => parameter.Source switch
    {
        LiteralSource { Text: var text } => text,
        OutputSource { Node: var node, Key: var key } when _stacks.GetValueOrDefault(node) is { } producer
            && producer.Template.Outputs.FirstOrDefault(o => o.Key == key) is { } output => Text(producer, output.Value) ?? $"{node} {key}",
        OutputSource { Node: var node, Key: var key } => $"{node} {key}",
        _ => $"{stack.Id} {parameter.Name}",
    };
}
