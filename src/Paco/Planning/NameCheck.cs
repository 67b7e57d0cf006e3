using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Looks whether what a plan would create, or put in another's place under another name, is there already: its creation would fail,
/// minutes later. Asked of Cloud Control, so only types are found whose identifier follows from the properties a template writes. A cloud
/// or role that cannot answer is asked no further, and the plan is as good as it was without.
/// </summary>
internal sealed class NameCheck(ICloud cloud, PlanOptions options)
{
    private const string AnyType = "";

    private readonly ConcurrentDictionary<(Place, string), bool> _silent = [];
    private readonly RecordCheck _records = new(cloud);

    /// <summary>
    /// The changes, with what exists marked: to be taken over where that is asked or it is the project's own, else with a word of warning.
    /// </summary>
    /// <param name="after">The template the changes lead to.</param>
    public async Task<ImmutableArray<ResourceChange>> Mark(NodeId node, ImmutableArray<ResourceChange> changes, TemplateSide after,
        CancellationToken cancel)
    {
        var side = WithPlace(node, after);
        return [.. await Task.WhenAll(changes.Select(c => IsNew(c) ? Mark(node, c, side, cancel) : Task.FromResult(c)))];
    }

    private static bool IsNew(ResourceChange change) =>
        change.Kind == ChangeKind.Create
        || (change.Kind == ChangeKind.Replace && ResourceFacts.Of(change.Type).Unique.Any(change.MovesBy));

    private async Task<ResourceChange> Mark(NodeId node, ResourceChange change, TemplateSide after, CancellationToken cancel)
    {
        if (after.Resources[change.LogicalId] is not MapValue { } resource || resource["Properties"] is not MapValue written)
            return change;
        var wanted = TemplateDiff.Resolve(written, after);
        if (await _records.Obstacle(node.Place, change.Type, wanted, cancel) is { } standing)
        {
            return change with
            {
                NameIsTaken = true,
                Remark = $"{standing}: {Making(change)} will fail; delete it in Route 53 first",
            };
        }
        if (Identifier(node, change.Type, wanted) is not { } identifier
            || await Ask(node.Place, change.Type, identifier, cancel) is not (var real, var owner))
        {
            return change;
        }
        // What the stack has itself gives way or does not, which is another question.
        if (owner == node.Name)
            return change;
        if (owner is not null)
        {
            return change with
            {
                NameIsTaken = true,
                Remark = $"{identifier} exists already, in the stack {owner}: it has to go there first",
            };
        }
        // CloudFormation takes over what is new to a template, and nothing in the place of something else.
        if (change.Kind == ChangeKind.Replace)
        {
            return change with
            {
                NameIsTaken = true,
                Remark = $"{identifier} exists already: {Making(change)} will fail; delete it first, or write another name",
            };
        }
        var isLeft = LeftBehind.By(node, change, real, options.AccountIds.GetValueOrDefault(node.Place.Account));
        return isLeft || options.ImportExisting
            ? change with
            {
                Kind = ChangeKind.Import,
                Remark = $"{identifier} {(isLeft ? "was left by an earlier stack of this name" : "exists already")}: taken over as it is",
                Properties = Differences(change.Type, real, wanted),
            }
            : change with
            {
                NameIsTaken = true,
                Remark = $"{identifier} exists already: {Making(change)} will fail (--import-existing takes it over)",
            };
    }

    private static string Making(ResourceChange change) => change.Kind == ChangeKind.Replace ? "replacing it" : "creating it";

    // What a template may say of its place is known here. A secret's value is not, whatever stands in for it.
    private TemplateSide WithPlace(NodeId node, TemplateSide side)
    {
        var values = side.Parameters.ToDictionary(p => p.Key, p => PlannedValues.IsMasked(p.Value) ? null : p.Value);
        values["AWS::AccountId"] = options.AccountIds.GetValueOrDefault(node.Place.Account);
        values["AWS::Region"] = node.Place.Region;
        values["AWS::Partition"] = node.Place.Partition.Name;
        values["AWS::URLSuffix"] = node.Place.Partition.Domain;
        values["AWS::StackName"] = node.Name;
        return side with { Parameters = values };
    }

    private async Task<(string Properties, string? Owner)?> Ask(Place place, string type, string identifier, CancellationToken cancel)
    {
        if (_silent.ContainsKey((place, type)) || _silent.ContainsKey((place, AnyType)))
            return null;
        try
        {
            return await cloud.CloudControl(place).GetResource(type, identifier, cancel) is { } properties
                ? (properties, await Owner(place, identifier, cancel))
                : null;
        }
        catch (CloudException e)
        {
            var noneOfIt = e.IsPassing || e.Kind == CloudErrorKind.Unsupported || e.Code.StartsWith("Http", StringComparison.Ordinal);
            _silent[(place, noneOfIt ? AnyType : type)] = true;
            return null;
        }
    }

    private async Task<string?> Owner(Place place, string identifier, CancellationToken cancel) =>
        await cloud.CloudFormation(place).FindOwner(identifier, cancel) is { } id
            ? id.Split('/') is [_, var name, ..] ? name : id
            : null;

    // What Cloud Control calls it, where the template alone decides that.
    private string? Identifier(NodeId node, string type, MapValue wanted)
    {
        var facts = ResourceFacts.Of(type);
        if (!facts.IsReadable || ResourceSchemas.Shared.Find(type) is not { PrimaryIdentifier: { Count: > 0 } parts } schema)
            return null;
        if (parts.Any(schema.IsReadOnly))
        {
            return facts.Reference is { IsNamed: true } or { IsOfProperties: true }
                ? facts.Reference.Fill(part => Part(node.Place, facts, wanted, part))
                : null;
        }
        var values = parts.Select(part => (wanted[part] as TextValue)?.Text).ToList();
        return values.TrueForAll(v => v is { Length: > 0 }) ? string.Join('|', values) : null;
    }

    // Types that are identified by something made of a name of one's own. What AWS adds to it nobody knows beforehand.
    private string? Part(Place place, ResourceFacts facts, MapValue wanted, string part) => part switch
    {
        "account" => options.AccountIds.GetValueOrDefault(place.Account),
        "partition" => place.Partition.Name,
        "region" => place.Region,
        "suffix" => place.Partition.Domain,
        "name" => facts.NameProperty is { } property ? Part(place, facts, wanted, property) : null,
        _ => (wanted[part] as TextValue)?.Text,
    };

    // What the template writes and is otherwise there; it stays otherwise until its drift is reverted.
    private static ImmutableArray<PropertyChange> Differences(string type, string real, MapValue wanted)
    {
        if (TemplateReader.Read(real) is not { } there)
            return [];
        var comparable = wanted.Where(w => IsLiteral(w.Value)).Select(w => w.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. TemplateDiff.Compare(Side(there), Side(wanted), ResourceSchemas.Shared).SelectMany(c => c.Properties)
                .Select(p => Shown(p) with { ForcesReplacement = false }),
        ];

        // Somebody else's values may hold what the project never would.
        PropertyChange Shown(PropertyChange change)
        {
            var top = change.Path.Split('.', '[')[0];
            return SecretNames.Says(top) || SecretNames.AreIn(there[top]) || SecretNames.AreIn(wanted[top])
                || ResourceSchemas.Shared.Find(type)?.IsWriteOnly(top) == true
                ? change with { Before = SecretNames.Shown, After = SecretNames.Shown }
                : change;
        }

        TemplateSide Side(MapValue properties) => TemplateSide.Empty with
        {
            Template = new MapValue
            {
                ["Resources"] = new MapValue { [""] = new MapValue { ["Type"] = type, ["Properties"] = Only(properties, comparable) } },
            },
        };
    }

    private static MapValue Only(MapValue properties, HashSet<string> keys) => MapValue.Of(properties.Where(p => keys.Contains(p.Key)));

    private static bool IsLiteral(Value value) => value switch
    {
        TextValue or NumberValue or FlagValue => true,
        ListValue list => list.Items.All(IsLiteral),
        MapValue map => map.All(e => IsLiteral(e.Value)),
        _ => false,
    };
}
