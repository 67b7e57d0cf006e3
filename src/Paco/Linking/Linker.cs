using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Linking;

/// <summary>
/// Joins names to outputs, as a linker joins object files: a reference into the same stack becomes a Ref, into another one a
/// parameter and an edge of the graph, and one that leads nowhere a diagnostic.
/// </summary>
public sealed class Linker
{
    private readonly BuildContext _build;
    private readonly References _references;
    private readonly List<(NodeId Node, string Path)> _unread = [];

    private Linker(BuildContext build)
    {
        _build = build;
        _references = new References(build);
    }

    public static StackGraph Link(BuildContext build)
    {
        var linker = new Linker(build);
        linker._references.CheckAll();
        var nodes = build.Actions.Select(linker.LinkAction).Concat<GraphNode>(build.Stacks.Select(linker.LinkStack));
        return new StackGraph(Sorting.Sort([.. nodes], build.Bag))
        {
            Objects = build.Index,
            LeftAlone = [.. build.LeftAlone],
            Unread = linker._unread.ToLookup(u => u.Node, u => u.Path),
        };
    }

    private ActionNode LinkAction(CloudAction action)
    {
        var inputs = action.Inputs
            .Select(input => (input.Key, Source: Resolve(input.Value, action.Id, action.Ref, quiet: !action.Enabled)))
            .Where(input => input.Source is not null)
            .Select(input => KeyValuePair.Create(input.Key, input.Source!))
            .ToImmutableArray();
        return new ActionNode(action with { Inputs = inputs }) { DependsOn = Edges(action.Id, inputs.Select(i => i.Value), action.After) };
    }

    private StackNode LinkStack(Stack stack)
    {
        stack = LinkValues(stack);
        var parameters = stack.Parameters
            .Select(p => (Parameter: p, Source: Resolve(p.Source, stack.Id, stack.Ref, quiet: !stack.Enabled)))
            .Where(p => p.Source is not null)
            .Select(p => p.Parameter with { Source = p.Source! })
            .ToImmutableArray();
        return new StackNode(stack with { Parameters = parameters }) { DependsOn = Edges(stack.Id, parameters.Select(p => p.Source), stack.After) };
    }

    private static ImmutableArray<NodeId> Edges(NodeId self, IEnumerable<Source> sources, ImmutableArray<NodeId> after) =>
        [.. sources.SelectMany(NodesOf).Concat(after).Where(id => id != self).Distinct().Order()];

    private static IEnumerable<NodeId> NodesOf(Source source) => source switch
    {
        OutputSource output => [output.Node],
        LiteralSource { MadeBy: { } action } => [action],
        ListSource list => list.Items.SelectMany(NodesOf),
        KeepDeployedSource kept => NodesOf(kept.Initial),
        _ => [],
    };

    private Source? Resolve(Source source, NodeId self, string owner, bool quiet) => source switch
    {
        RefSource reference => Of(Find(Placeholders(reference.Reference, self, owner), self, owner, quiet)),
        ListSource list => new ListSource([.. list.Items.Select(item => Resolve(item, self, owner, quiet)).OfType<Source>()]),
        KeepDeployedSource kept => Resolve(kept.Initial, self, owner, quiet) is { } initial ? new KeepDeployedSource(initial) : null,
        _ => source,
    };

    private Offer? Find(Ref reference, NodeId self, string owner, bool quiet)
    {
        if (_build.Index.IsUnread(reference.Path))
        {
            _unread.Add((self, reference.Path));
            return null;
        }
        var offer = _references.Resolve(reference, owner, quiet);
        if (!quiet && offer is LiteralOffer { OnlyIn: { } place } && place != self.Place)
            _build.Bag.Add(StackCodes.Elsewhere, reference.Location, $"{reference.Written} is in {place}, and {self.Name} is in {self.Place}",
                "name one of the stack's own account and region", subject: owner);
        return offer;
    }

    private static Source? Of(Offer? offer) => offer switch
    {
        null => null,
        LiteralOffer literal => new LiteralSource(literal.Text) { MadeBy = literal.MadeBy },
        NodeOffer node => new OutputSource(node.Node, node.Key),
        SourceOffer other => other.Source,
        _ => throw new InvalidOperationException($"{offer.GetType().Name} is no offer"),
    };

    // <account>, <environment> and <region> mean those of the stack that uses the reference.
    private static Ref Placeholders(Ref reference, NodeId self, string owner)
    {
        if (!reference.Path.Contains('<', StringComparison.Ordinal))
            return reference;
        var environment = owner.Split('.') is ["netenv", _, var name, ..] ? name : "<environment>";
        return reference with
        {
            Path = reference.Path
                .Replace("<account>", self.Place.Account, StringComparison.Ordinal)
                .Replace("<environment>", environment, StringComparison.Ordinal)
                .Replace("<region>", self.Place.Region, StringComparison.Ordinal),
        };
    }

    // ---- inputs in the middle of a template -------------------------------------------------------------------------

    private Stack LinkValues(Stack stack)
    {
        var parameters = new List<Parameter>();
        var resources = stack.Template.Resources.Select(r => r with
        {
            Properties = (MapValue)Link(r.Properties, stack, parameters),
            Metadata = r.Metadata is null ? null : (MapValue)Link(r.Metadata, stack, parameters),
        }).ToImmutableArray();
        if (parameters.Count == 0)
            return stack with { Template = stack.Template with { Resources = resources } };
        return stack with
        {
            Parameters = [.. stack.Parameters, .. parameters],
            Template = stack.Template with
            {
                Resources = resources,
                Parameters = [.. stack.Template.Parameters, .. parameters.Select(p => new TemplateParameter(p.Name, p.Type))],
            },
        };
    }

    private Value Link(Value value, Stack stack, List<Parameter> parameters) => value switch
    {
        InputValue input => LinkInput(input.Reference, stack, parameters),
        FunctionValue function => function with { Argument = Link(function.Argument, stack, parameters) },
        ListValue list => new ListValue([.. list.Items.Select(item => Link(item, stack, parameters))]),
        MapValue map => LinkMap(map, stack, parameters),
        _ => value,
    };

    private MapValue LinkMap(MapValue map, Stack stack, List<Parameter> parameters)
    {
        var linked = new MapValue();
        foreach (var (key, value) in map)
            linked.Add(key, Link(value, stack, parameters));
        return linked;
    }

    private Value LinkInput(Ref reference, Stack stack, List<Parameter> parameters)
    {
        reference = Placeholders(reference, stack.Id, stack.Ref);
        switch (Find(reference, stack.Id, stack.Ref, quiet: !stack.Enabled))
        {
            case null:
                return "";
            case LiteralOffer { MadeBy: null } literal:
                return literal.Text;
            case NodeOffer node when node.Node == stack.Id:
                return stack.Template.Outputs.First(o => o.Key == node.Key).Value;
            default:
                var name = $"Input{Names.Camel(reference.Path.Split('.')[^2..])}{Names.ShortHash(reference.Path)}";
                if (!parameters.Any(p => p.Name == name))
                    parameters.Add(new Parameter(name, "String", new RefSource(reference)));
                return new RefValue(name);
        }
    }
}
