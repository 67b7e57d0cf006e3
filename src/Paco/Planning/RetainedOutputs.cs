using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>An output that left the template while deployed stacks still have its value.</summary>
/// <param name="Users">Those stacks; of an output that stays those that this run does not move.</param>
/// <param name="Goes">This run moves all of them, and the output goes at its end; else it stays until a later run.</param>
public sealed record RetainedOutput(string Key, ImmutableArray<NodeId> Users, bool Goes);

/// <summary>What a stack is brought to first, so that those who use what leaves it can move, or that something in it gives way.</summary>
/// <param name="Until">The nodes that must have moved before the stack is brought to its own template.</param>
public sealed record InterimUpdate(StackNode StackNode, string Body, ImmutableArray<NodeId> Until)
{
    /// <summary>Logical ids of what is not there in between.</summary>
    public ImmutableArray<string> Gone { get; init; } = [];
}

/// <summary>
/// Keeps outputs, and the resources they are made of, in their stack while others still use them. CloudFormation would delete a
/// security group under the servers that are in it, fail, and forget that it ever was there.
/// </summary>
internal sealed class RetainedOutputs(ImmutableArray<PlannedNode> nodes, OutputConsumers uses)
{
    private readonly Dictionary<NodeId, PlannedNode> _nodes = nodes.ToDictionary(n => n.Id);

    /// <summary>The stack with what it has to keep.</summary>
    /// <param name="before">What is deployed.</param>
    public async Task<PlannedStack> Keep(PlannedStack planned, TemplateSide before, CancellationToken cancel)
    {
        if (planned.Deployed is null || await Leaving(planned, before, cancel) is not { Count: > 0 } leaving)
            return planned;
        var kept = leaving.Select(o => o.Users.RemoveAll(u => Moves(u, o.Value)) is { IsEmpty: false } staying
            ? new RetainedOutput(o.Key, staying, Goes: false)
            : new RetainedOutput(o.Key, o.Users, Goes: true)).ToImmutableArray();
        var all = With(planned, before, [.. kept.Select(k => k.Key)]);
        var staying = kept.Any(k => !k.Goes) ? With(planned, before, [.. kept.Where(k => !k.Goes).Select(k => k.Key)]) : planned.StackNode;
        // What cannot be written again as it was is not kept; the plan then shows what it always showed.
        if (all is null || staying is null)
            return planned;
        return Kept(planned, kept, all, staying);
    }

    /// <summary>Stacks that use what a stack to be deleted offers and that nothing here moves or deletes.</summary>
    public async Task<ImmutableArray<NodeId>> StillUsing(PlannedStack doomed, TemplateSide before, CancellationToken cancel)
    {
        var users = new SortedSet<NodeId>();
        foreach (var output in MadeOutput.Of(doomed, before))
            users.UnionWith((await uses.Of(output, cancel)).Where(u => !Moves(u, output.Value)));
        return [.. users];
    }

    /// <summary>Stacks that have what some outputs of a stack say, and that nothing here moves.</summary>
    public async Task<ImmutableArray<(NodeId User, string Key)>> UsersOf(
        PlannedStack planned, TemplateSide before, Func<string, bool> isMeant, Func<NodeId, bool> isAsked, CancellationToken cancel)
    {
        var users = ImmutableArray.CreateBuilder<(NodeId, string)>();
        foreach (var output in MadeOutput.Of(planned, before).Where(o => isMeant(o.Key)))
        {
            var having = await uses.Of(output, cancel, isAsked);
            users.AddRange(having.Where(u => !Moves(u, output.Value)).Select(u => (u, output.Key)));
        }
        return users.DrainToImmutable();
    }

    private static PlannedStack Kept(PlannedStack planned, ImmutableArray<RetainedOutput> kept, StackNode all, StackNode staying)
    {
        var stays = staying.Stack.Template.Resources.Select(r => r.LogicalId).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<ResourceChange> changes =
        [
            .. planned.Changes.Where(c => c.Kind != ChangeKind.Delete || !stays.Contains(c.LogicalId)),
        ];
        var movers = kept.Where(k => k.Goes).SelectMany(k => k.Users).Distinct().Order().ToImmutableArray();
        var isIdle = changes.IsEmpty && !planned.TagsChange && movers.IsEmpty;
        return planned with
        {
            Node = staying,
            Action = isIdle ? NodeAction.None : planned.Action,
            Body = TemplateWriter.ToYaml(staying.Stack.Template.ToValue()),
            Changes = changes,
            Keeps = kept,
            First = movers.IsEmpty ? null : new InterimUpdate(all, TemplateWriter.ToYaml(all.Stack.Template.ToValue()), movers),
        };
    }

    // Outputs that go, of resources that go with them, and that somebody has.
    private async Task<List<(string Key, string Value, ImmutableArray<NodeId> Users)>> Leaving(PlannedStack planned, TemplateSide before,
        CancellationToken cancel)
    {
        var stay = planned.Stack.Template.Outputs.Select(o => o.Key).ToHashSet(StringComparer.Ordinal);
        var gone = planned.Changes.Where(c => c.Kind == ChangeKind.Delete).Select(c => c.LogicalId).ToHashSet(StringComparer.Ordinal);
        var leaving = new List<(string, string, ImmutableArray<NodeId>)>();
        foreach (var output in MadeOutput.Of(planned, before).Where(o => !stay.Contains(o.Key) && o.Parts.Overlaps(gone)))
        {
            if (await uses.Of(output, cancel) is { IsEmpty: false } users)
                leaving.Add((output.Key, output.Value, users));
        }
        return leaving;
    }

    private bool Moves(NodeId user, string value) => _nodes.GetValueOrDefault(user) switch
    {
        { Action: NodeAction.Delete } => true,
        PlannedStack { HasWork: true } stack => !stack.Parameters.Values.Any(p => OutputConsumers.Holds(p, value)),
        _ => false,
    };

    // The planned stack with some outputs of the deployed one and all that these are made of; null where that cannot be written again.
    private static StackNode? With(PlannedStack planned, TemplateSide before, ImmutableArray<string> keys)
    {
        var template = planned.Stack.Template;
        var outputs = keys.Select(k => new TemplateOutput(k,
            TemplateDiff.Resolve(((before.Template["Outputs"] as MapValue)![k] as MapValue)!, before)["Value"]!)).ToList();
        var kept = new List<Resource>();
        var open = new Queue<string>(outputs.SelectMany(o => TemplateReferences.In(o.Value)));
        while (open.TryDequeue(out var id))
        {
            if (template.Find(id) is not null || kept.Exists(r => r.LogicalId == id) || before.Resources[id] is not MapValue written)
                continue;
            if (TemplateReferences.In(written).Any(name => before.Parameters.GetValueOrDefault(name) == PlannedValues.Masked))
                return null;
            if (Resource.Read(id, TemplateDiff.Resolve((MapValue)WithLists(written, before), before)) is not { } resource)
                return null;
            kept.Add(resource);
            foreach (var needed in resource.DependsOn.Concat(TemplateReferences.In(resource.Properties)))
                open.Enqueue(needed);
        }
        var whole = template with { Resources = [.. template.Resources, .. kept], Outputs = [.. template.Outputs, .. outputs] };
        return planned.StackNode with { Stack = planned.Stack with { Template = whole } };
    }

    // The value of a parameter is text, also of one that stands where a list belongs.
    private static Value WithLists(Value value, TemplateSide side) => value switch
    {
        RefValue { LogicalId: var name } when IsList(name, side) && side.Parameters.GetValueOrDefault(name) is { } text =>
            Value.List(text.Split(',').Select(item => (Value)item)),
        MapValue map => map.Change(below => WithLists(below, side)),
        ListValue list => new ListValue([.. list.Items.Select(item => WithLists(item, side))]),
        FunctionValue function => function with { Argument = WithLists(function.Argument, side) },
        _ => value,
    };

    private static bool IsList(string parameter, TemplateSide side) =>
        ((side.Template["Parameters"] as MapValue)?[parameter] as MapValue)?["Type"] is TextValue { Text: var type }
        && (type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal));
}
