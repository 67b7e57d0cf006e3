using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Which deployed stacks hold on to what an output names: a parameter of theirs was given it, and a resource of theirs is made with it.
/// A policy that only speaks of a thing does not hold it. Where the project says what feeds a parameter, that decides; else its value,
/// if nothing but the output's resource can have that.
/// </summary>
/// <param name="all">What of the project was read.</param>
/// <param name="templates">Templates that were read already; others are read where they are needed.</param>
internal sealed class OutputConsumers(StackGraph all, ICloud cloud, ImmutableDictionary<NodeId, DeployedStack> deployed,
    ImmutableDictionary<NodeId, string> templates)
{
    private static readonly string[] Documents = ["PolicyDocument", "AssumeRolePolicyDocument"];

    private readonly Lazy<ILookup<string, NodeId>> _byPart = new(() => deployed
        .SelectMany(d => d.Value.Parameters.Values.SelectMany(Parts).Distinct(StringComparer.Ordinal).Select(part => (part, d.Key)))
        .ToLookup(u => u.part, u => u.Key, StringComparer.Ordinal));

    private readonly ConcurrentDictionary<NodeId, Task<MapValue?>> _read = [];

    /// <summary>The stacks that hold what the output names, or every item of it where it is a list; never its own stack.</summary>
    /// <param name="isAsked">Which stacks to look at; all where it is null. Of the others no template is read.</param>
    public async Task<ImmutableArray<NodeId>> Of(MadeOutput output, CancellationToken cancel, Func<NodeId, bool>? isAsked = null)
    {
        var having = Parts(output.Value).Select(part => _byPart.Value[part])
            .Aggregate((IEnumerable<NodeId>?)null, (some, more) => some?.Intersect(more) ?? more.Distinct())!;
        var asked = having.Where(id => id != output.Producer && isAsked?.Invoke(id) != false).Order();
        var holding = await Task.WhenAll(asked.Select(async id => (Id: id, Holds: await HoldsOn(id, output, cancel))));
        return [.. holding.Where(h => h.Holds).Select(h => h.Id)];
    }

    /// <summary>Everybody who holds anything that a stack offers.</summary>
    /// <param name="parts">Only of what these logical ids are part of; null for all.</param>
    public async Task<ImmutableArray<NodeId>> Of(PlannedStack producer, TemplateSide before, CancellationToken cancel,
        IReadOnlyCollection<string>? parts = null)
    {
        var meant = MadeOutput.Of(producer, before).Where(output => parts is null || output.Parts.Overlaps(parts));
        var users = await Task.WhenAll(meant.Select(output => Of(output, cancel)));
        return [.. users.SelectMany(u => u).Distinct().Order()];
    }

    /// <summary>
    /// Whose the records of a zone are, by name and type: the zone's own stack and those that were given its id may have made them.
    /// </summary>
    public async Task<ImmutableDictionary<(string Name, string Type), RecordOwner>> RecordSets(NodeId zone, string zoneId,
        CancellationToken cancel)
    {
        var stacks = await Task.WhenAll(_byPart.Value[zoneId].Append(zone).Distinct().Where(deployed.ContainsKey)
            .Select(async id => (Id: id, Template: await _read.GetOrAdd(id, _ => Template(id, cancel)))));
        var owners = ImmutableDictionary.CreateBuilder<(string, string), RecordOwner>();
        foreach (var (id, template) in stacks)
        {
            if (template is null)
                continue;
            var side = new TemplateSide(template, deployed[id].Parameters.ToDictionary(p => p.Key, p => (string?)p.Value));
            foreach (var (logicalId, name, type) in RecordsOf(side))
                owners[(DomainNames.Normal(name), type)] = new RecordOwner(id, logicalId);
        }
        return owners.ToImmutable();
    }

    private static IEnumerable<(string LogicalId, string Name, string Type)> RecordsOf(TemplateSide side) =>
        from entry in side.Resources
        where entry.Value is MapValue
        let resource = TemplateDiff.Resolve((MapValue)entry.Value, side)
        from set in RecordSetsOf(TemplateDiff.Text(resource["Type"]), resource["Properties"] as MapValue)
        let name = TemplateDiff.Text(set["Name"])
        let type = TemplateDiff.Text(set["Type"])
        where name is not null && type is not null
        select (entry.Key, name, type);

    /// <summary>The record sets of a resource: itself, or those of its group.</summary>
    internal static IEnumerable<MapValue> RecordSetsOf(string? type, MapValue? properties) => type switch
    {
        "AWS::Route53::RecordSet" when properties is not null => [properties],
        "AWS::Route53::RecordSetGroup" when properties?["RecordSets"] is ListValue sets => sets.Items.OfType<MapValue>(),
        _ => [],
    };

    /// <summary>True where a parameter with this value, or with this among its items, has the other.</summary>
    public static bool Holds(string? parameter, string value) =>
        parameter is not null && !Parts(value).Except(Parts(parameter), StringComparer.Ordinal).Any();

    private async Task<bool> HoldsOn(NodeId user, MadeOutput output, CancellationToken cancel)
    {
        var names = deployed[user].Parameters.Where(p => Holds(p.Value, output.Value) && IsFed(user, p.Key, output))
            .Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0)
            return false;
        var template = await _read.GetOrAdd(user, id => Template(id, cancel));
        // What cannot be read may hold it.
        return template?["Resources"] is not MapValue resources
            || resources.Any(r => TemplateReferences.In(WithoutDocuments(r.Value)).Any(names.Contains));
    }

    // The project says what feeds the parameter from now on. It is what fed it where that is deployed and says the same.
    private bool IsFed(NodeId user, string parameter, MadeOutput output)
    {
        var sources = (all.Find(user) as StackNode)?.Stack.Parameters.FirstOrDefault(p => p.Name == parameter)?.Source.Outputs.ToList();
        if (sources?.Contains(new OutputSource(output.Producer, output.Key)) == true)
            return true;
        var isAnothers = sources?.Exists(s => deployed.GetValueOrDefault(s.Node)?.Outputs.GetValueOrDefault(s.Key) == output.Value) == true;
        return !isAnothers && output.TellsUsersAt(user);
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
