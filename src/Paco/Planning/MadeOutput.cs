using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>An output of a deployed stack that says something of a resource in it.</summary>
/// <param name="Parts">The logical ids of the resources it is made of.</param>
/// <param name="Identity">Among whom its value is nothing else's; null where others have it too, so that it tells no user.</param>
internal sealed record MadeOutput(NodeId Producer, string Key, string Value, HashSet<string> Parts, UniqueIn? Identity)
{
    /// <summary>
    /// Those of a stack. Words of the project itself are used by many and made by nobody; what a resource has is its own.
    /// </summary>
    public static IEnumerable<MadeOutput> Of(PlannedStack planned, TemplateSide before) =>
        from output in before.Template["Outputs"] as MapValue ?? []
        let value = planned.Deployed!.Outputs.GetValueOrDefault(output.Key)
        let mentions = TemplateReferences.Mentions((output.Value as MapValue)?["Value"])
            .Where(m => before.Resources[m.Name] is not null).ToList()
        where value is { Length: > 0 } && mentions.Count > 0
        select new MadeOutput(planned.Id, output.Key, value, mentions.Select(m => m.Name).ToHashSet(StringComparer.Ordinal),
            mentions.Max(m => IdentityOf(before, m.Name, m.Attribute)));

    /// <summary>True where nobody but a user of the resource can have the value, seen from a stack.</summary>
    public bool TellsUsersAt(NodeId user) => Identity switch
    {
        UniqueIn.World => true,
        UniqueIn.Account => user.Place.Account == Producer.Place.Account,
        UniqueIn.Region => user.Place == Producer.Place,
        _ => false,
    };

    private static UniqueIn? IdentityOf(TemplateSide before, string logicalId, string? attribute) =>
        (before.Resources[logicalId] as MapValue)?["Type"] is TextValue { Text: var type }
            ? ResourceFacts.Of(type).Identity(attribute)
            : null;
}
