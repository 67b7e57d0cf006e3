using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Clouds;
using Paco.Linking;

namespace Paco.Planning;

/// <summary>Changes that AWS refuses: said before anything is begun, with what to do instead.</summary>
internal static class FixedProperties
{
    /// <summary>The stack as one nothing can be done with, or null where no change of it is refused.</summary>
    public static async Task<PlannedStack?> Refuse(StackNode node, DeployedStack? deployed, ImmutableArray<ResourceChange> changes,
        ICloud cloud, CancellationToken cancel) =>
        (Reason(changes) ?? OfRunning(Reason(await RunningValues.Of(cloud, node.Id.Place, deployed, changes, cancel)))) is { } refusal
            ? DeployedStacks.Planned(node, NodeAction.Refused, deployed) with { Reason = refusal }
            : null;

    private static string? OfRunning(string? reason) =>
        reason is null ? null : $"{reason}; what runs counts, not what was deployed: write that into the project, or more";

    /// <summary>Why AWS would refuse one of the changes, and what to do instead; null where it takes all.</summary>
    public static string? Reason(ImmutableArray<ResourceChange> changes) =>
        changes.SelectMany(Refusals).FirstOrDefault() ?? changes.Select(OneByOne).FirstOrDefault(r => r is not null);

    private static IEnumerable<string> Refusals(ResourceChange change) =>
        change.Kind is not (ChangeKind.Update or ChangeKind.Replace) ? [] :
        from property in change.Properties
        where !property.MayStay
        let effect = ResourceFacts.Of(change.Type).RefusesChange(property.Path, property.Before, property.After,
            other => TemplateDiff.Text(change.After?[other]))
        where effect is not null
        let step = $"{property.Before ?? "none"} → {property.After ?? "none"}{Line(property)}"
        select $"AWS refuses to change {property.Path} of {change.LogicalId} ({step}): {effect.What}";

    /// <summary>The line of the project's files that says it, as the end of what is in brackets.</summary>
    public static string Line(PropertyChange property) => property.Source.IsNone ? "" : $", {property.Source}";

    private static string? OneByOne(ResourceChange change) => change.Kind != ChangeKind.Update ? null : (
        from single in ResourceFacts.Of(change.Type).Singles
        let many = Keys(change.Before?[single.List], single.Key).SymmetricExcept(Keys(change.After?[single.List], single.Key))
        where many.Count > 1
        select $"AWS refuses to change {single.List} of {change.LogicalId} by more than one ({string.Join(", ", many.Order())}): "
            + single.What).FirstOrDefault();

    private static ImmutableHashSet<string> Keys(Value? list, string key) =>
        [.. (list as ListValue)?.Items.OfType<MapValue>().Select(item => TemplateDiff.Text(item[key])).OfType<string>() ?? []];
}
