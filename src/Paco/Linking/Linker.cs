using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Linking;

/// <summary>
/// Joins names to outputs, as a linker joins object files: a reference into the same stack becomes a Ref, into another one a
/// parameter and an edge of the graph, and one that leads nowhere a diagnostic. One to what is not built yet leaves out who has it.
/// </summary>
public sealed class Linker
{
    private readonly BuildContext _build;
    private readonly References _references;
    private readonly Unbuildable _unbuildable;
    private readonly List<(NodeId Node, ObjectPath Path)> _unread = [];

    private Linker(BuildContext build)
    {
        _build = build;
        _references = new References(build);
        _unbuildable = new Unbuildable(build);
    }

    public static StackGraph Link(BuildContext build)
    {
        var linker = new Linker(build);
        linker._references.CheckAll();
        var linked = build.Actions.Select(linker.LinkAction).Concat<GraphNode>(build.Stacks.Select(linker.LinkStack)).ToImmutableArray();
        var (nodes, left) = linker._unbuildable.Part(linked);
        return new StackGraph(TopologicalSort.Sort(nodes, build.Bag))
        {
            Objects = build.Index,
            NotBuilt = [.. build.NotBuilt, .. left],
            Addresses = [.. build.Addresses.Select(linker.LinkAddress).OfType<Address>()],
            Alarms = [.. build.Alarms.Select(linker.LinkAlarm)],
            Logs = [.. build.Logs.Select(linker.LinkLog).OfType<WrittenLog>()],
            ServerGroups = [.. build.ServerGroups.Select(linker.LinkServers)],
            Unread = linker._unread.ToLookup(u => u.Node, u => u.Path),
        };
    }

    private ActionNode LinkAction(CloudAction action)
    {
        var find = From(action.Id, action.Ref, quiet: !action.Enabled);
        var inputs = action.Inputs
            .Select(input => (input.Key, Source: input.Value.Linked(find)))
            .Where(input => input.Source is not null)
            .Select(input => KeyValuePair.Create(input.Key, input.Source!))
            .ToImmutableArray();
        return new ActionNode(action with { Inputs = inputs }) { DependsOn = Edges(action.Id, inputs.Select(i => i.Value), action.After) };
    }

    private StackNode LinkStack(Stack stack)
    {
        var find = From(stack.Id, stack.Ref, quiet: !stack.Enabled);
        var linked = WithOrigins(new StackLinker(stack, find).Linked());
        return new StackNode(linked) { DependsOn = Edges(stack.Id, linked.Parameters.Select(p => p.Source), stack.After) };
    }

    // One that leads nowhere is reported where something is made of it; to show nothing is enough here.
    private Address? LinkAddress(Address address) =>
        address.Value.Linked(From(address.Node, address.Ref, quiet: true)) is { } value ? address with { Value = value } : null;

    private StatedAlarm LinkAlarm(StatedAlarm alarm) => alarm.Linked(From(alarm.Node, alarm.Ref, quiet: true));

    private WrittenLog? LinkLog(WrittenLog log) =>
        log.GroupName.Linked(From(log.Node, log.Ref, quiet: true)) is { } name ? log with { GroupName = name } : null;

    private ServerGroup LinkServers(ServerGroup servers) =>
        servers with { FixedAddress = servers.FixedAddress?.Linked(From(servers.Node, servers.Ref, quiet: true)) };

    private static ImmutableArray<NodeId> Edges(NodeId self, IEnumerable<Source> sources, ImmutableArray<NodeId> after) =>
        [.. sources.SelectMany(s => s.Needs).Concat(after).Where(id => id != self).Distinct().Order()];

    /// <summary>What references of one node lead to; what leads nowhere is reported, unless nobody needs it.</summary>
    private Func<Ref, Source?> From(NodeId self, ObjectPath owner, bool quiet) => reference =>
    {
        reference = Placeholders(reference, self, owner);
        if (_build.Index.IsUnread(reference.Path))
        {
            _unread.Add((self, reference.Path));
            return null;
        }
        if (_references.NotBuilt(reference) is { } target)
        {
            _unbuildable.Add(self, reference, target);
            return null;
        }
        var offer = _references.Resolve(reference, owner, quiet);
        if (!quiet && offer?.OnlyIn is { } place && place != self.Place)
        {
            _build.Bag.Add(StackCodes.Elsewhere, reference.Location,
                $"{reference.Written} is in {place}, and {self.Name} is in {self.Place}",
                "name one of the stack's own account and region", subject: owner);
        }
        return offer?.Source;
    };

    // The deployed template itself remembers where its images came from, so that they can be kept.
    private static Stack WithOrigins(Stack stack)
    {
        var origins = MapValue.Of(stack.Parameters, p => p.Name, p => Value.Of(p.Source.Origin));
        return origins.Count == 0
            ? stack
            : stack with { Template = stack.Template with { Metadata = (stack.Template.Metadata ?? []).With(Stack.ImagesKey, origins) } };
    }

    // <account>, <environment> and <region> mean those of the stack that uses the reference.
    internal static Ref Placeholders(Ref reference, NodeId self, ObjectPath owner)
    {
        if (!reference.HasPlaceholder)
            return reference;
        var names = reference.Path.Parts.Select(part => part switch
        {
            "<account>" => self.Place.Account,
            "<environment>" => owner.Environment?.Name ?? part,
            "<region>" => self.Place.Region,
            _ => part,
        });
        return reference with { Path = string.Join('.', names) };
    }
}
