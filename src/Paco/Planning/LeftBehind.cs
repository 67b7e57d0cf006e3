using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// What a deletion of a stack left on purpose: the stack's own template would retain it, and it still has the tags that the stack gave
/// it. That is the project's, and the next stack of the name takes it over without being asked.
/// </summary>
internal static class LeftBehind
{
    /// <param name="made">The creation that meets what exists.</param>
    /// <param name="real">Its properties as they are, as JSON.</param>
    /// <param name="accountId">The id of the stack's account, as far as it is known.</param>
    public static bool By(NodeId stack, ResourceChange made, string real, string? accountId) =>
        made.DeletionPolicy is "Retain" or "RetainExceptOnCreate"
        && TagsOf(made.Type, real) is var tags
        && tags.GetValueOrDefault("Paco-Stack") == "true"
        && tags.GetValueOrDefault("Paco-Stack-Name") == stack.Name
        && IsOf(stack.Place, tags.GetValueOrDefault("aws:cloudformation:stack-id"), accountId);

    // Not every service shows the tags of CloudFormation's own. A stack of the same name in another region is another.
    private static bool IsOf(Place place, string? stackId, string? accountId) => stackId?.Split(':') switch
    {
        null => true,
        [_, _, _, var region, var account, ..] => region == place.Region && (accountId is null || account == accountId),
        _ => false,
    };

    private static Dictionary<string, string> TagsOf(string type, string real)
    {
        var written = TemplateReader.Read(real)?[ResourceSchemas.Shared.Find(type)?.TagProperty ?? "Tags"];
        var pairs = written switch
        {
            MapValue map => map.Select(e => (e.Key, Value: TemplateDiff.Text(e.Value))),
            ListValue list => list.Items.OfType<MapValue>()
                .Select(tag => (Key: TemplateDiff.Text(tag["Key"]) ?? "", Value: TemplateDiff.Text(tag["Value"]))),
            _ => [],
        };
        return pairs.DistinctBy(t => t.Key).ToDictionary(t => t.Key, t => t.Value ?? "", StringComparer.Ordinal);
    }
}
