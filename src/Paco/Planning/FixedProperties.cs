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
    public static PlannedStack? Refuse(StackNode node, DeployedStack? deployed, ImmutableArray<ResourceChange> changes)
    {
        var refusal = (
            from change in changes
            where change.Kind is ChangeKind.Update or ChangeKind.Replace
            let facts = ResourceFacts.Of(change.Type)
            from property in change.Properties
            where !property.MayStay
            let effect = facts.RefusesChange(property.Path, property.Before, property.After)
            where effect is not null
            let step = $"{property.Before ?? "none"} → {property.After ?? "none"}"
            select $"AWS refuses to change {property.Path} of {change.LogicalId} ({step}): {effect.What}").FirstOrDefault();
        return refusal is null ? null : DeployedStacks.Planned(node, NodeAction.Refused, deployed) with { Reason = refusal };
    }
}
