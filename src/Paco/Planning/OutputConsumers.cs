using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Which deployed stacks hold on to what an output names: their parameters have its value, whoever gave it to them and when, and
/// a resource of theirs is made with it. A policy that only speaks of a thing does not hold it.
/// </summary>
/// <param name="templates">Templates that were read already; others are read where they are needed.</param>
internal sealed class OutputConsumers(ICloud cloud, ImmutableDictionary<NodeId, DeployedStack> deployed,
    ImmutableDictionary<NodeId, string> templates)
{
    private static readonly string[] Documents = ["PolicyDocument", "AssumeRolePolicyDocument"];

    private readonly Lazy<ILookup<string, NodeId>> _byPart = new(() => deployed
        .SelectMany(d => d.Value.Parameters.Values.SelectMany(Parts).Distinct(StringComparer.Ordinal).Select(part => (part, d.Key)))
        .ToLookup(u => u.part, u => u.Key, StringComparer.Ordinal));

    private readonly ConcurrentDictionary<NodeId, Task<MapValue?>> _read = [];

    /// <summary>The stacks that hold the value, or every item of it where it is a list.</summary>
    /// <param name="isAsked">Which stacks to look at; all where it is null. Of the others no template is read.</param>
    public async Task<ImmutableArray<NodeId>> Of(string value, CancellationToken cancel, Func<NodeId, bool>? isAsked = null)
    {
        var having = Parts(value).Select(part => _byPart.Value[part])
            .Aggregate((IEnumerable<NodeId>?)null, (all, some) => all?.Intersect(some) ?? some.Distinct())!;
        var asked = having.Where(id => isAsked?.Invoke(id) != false).Order();
        var holding = await Task.WhenAll(asked.Select(async id => (Id: id, Holds: await HoldsOn(id, value, cancel))));
        return [.. holding.Where(h => h.Holds).Select(h => h.Id)];
    }

    /// <summary>True where a parameter with this value, or with this among its items, has the other.</summary>
    public static bool Holds(string? parameter, string value) =>
        parameter is not null && !Parts(value).Except(Parts(parameter), StringComparer.Ordinal).Any();

    private async Task<bool> HoldsOn(NodeId user, string value, CancellationToken cancel)
    {
        var template = await _read.GetOrAdd(user, id => Template(id, cancel));
        var names = deployed[user].Parameters.Where(p => Holds(p.Value, value)).Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        // What cannot be read may hold it.
        return template?["Resources"] is not MapValue resources
            || resources.Any(r => TemplateReferences.In(WithoutDocuments(r.Value)).Any(names.Contains));
    }

    // One that is gone holds nothing.
    private async Task<MapValue?> Template(NodeId id, CancellationToken cancel) =>
        (templates.GetValueOrDefault(id) ?? await DeployedStacks.Template(cloud, id, cancel)) is { } body
            ? TemplateReader.Read(body)
            : new MapValue { ["Resources"] = new MapValue() };

    private static Value WithoutDocuments(Value value) => value switch
    {
        ListValue list => new ListValue([.. list.Items.Select(WithoutDocuments)]),
        MapValue map => MapValue.Of(map.Where(e => !Documents.Contains(e.Key))).Change(WithoutDocuments),
        _ => value,
    };

    private static string[] Parts(string value) => value.Split(',');
}
