using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Logical ids that are places in a list. Deployed, each names one thing: so that an item put in front does not make all behind it anew
/// (and have their addresses confirm their subscriptions again), what is there keeps its id, and what is new gets a free one.
/// </summary>
internal static class NumberedIds
{
    /// <summary>The stack, its numbered resources under the ids that the same have in the deployed template.</summary>
    public static Stack Keep(Stack stack, string? deployedBody)
    {
        var resources = stack.Template.Resources;
        if (deployedBody is null || !resources.Any(r => r.IsNumbered)
            || TemplateReader.Read(deployedBody)?["Resources"] is not MapValue there)
        {
            return stack;
        }
        var deployed = there.Select(e => e.Value is MapValue map ? Resource.Read(e.Key, map) : null).OfType<Resource>().ToList();
        var named = resources.Where(r => r.IsNumbered).GroupBy(Stem).SelectMany(g => Rename(g.Key, [.. g], deployed))
            .ToDictionary(r => r.Old, r => r.Resource);
        return stack with
        {
            Template = stack.Template with
            {
                Resources = [.. resources.Select(r => r.IsNumbered ? named[r.LogicalId] : r)],
            },
        };
    }

    private static IEnumerable<(string Old, Resource Resource)> Rename(string stem, ImmutableArray<Resource> wanted,
        List<Resource> deployed)
    {
        var there = deployed.Where(d => d.Type == wanted[0].Type && Stem(d) == stem).ToList();
        var taken = there.Select(d => d.LogicalId).ToHashSet(StringComparer.Ordinal);
        foreach (var resource in wanted)
        {
            var same = there.Find(d => Identity(d) == Identity(resource));
            if (same is not null)
                there.Remove(same);
            var id = same?.LogicalId ?? Enumerable.Range(0, int.MaxValue).Select(n => $"{stem}{n}").First(taken.Add);
            yield return (resource.LogicalId, resource with { LogicalId = id });
        }
    }

    private static string Stem(Resource resource) => resource.LogicalId.TrimEnd([.. "0123456789"]);

    // What cannot change without a new one being made is what a thing is.
    private static string Identity(Resource resource) => ResourceSchemas.Shared.Find(resource.Type) is { } schema
        ? MapValue.Of(resource.Properties.Where(p => schema.IsCreateOnly(p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal)).ToJson()
            .ToJsonString()
        : "";
}
