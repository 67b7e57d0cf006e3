using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>What is deployed: one listing an account and region, all at once, and templates as sides of a comparison.</summary>
internal static class DeployedStacks
{
    public static async Task<ImmutableDictionary<NodeId, DeployedStack>> Read(ICloud cloud, IEnumerable<Place> places,
        CancellationToken cancel)
    {
        var reads = places.Distinct().Select(async place =>
        {
            var stacks = await cloud.CloudFormation(place).DescribeStacks(cancel);
            return stacks.Select(stack => KeyValuePair.Create(new NodeId(place, stack.StackName), stack));
        });
        return (await CloudException.WhenAll(reads)).SelectMany(s => s).ToImmutableDictionary();
    }

    /// <summary>The templates of some deployed stacks, read at once. A stack that is gone since it was listed has none.</summary>
    public static async Task<ImmutableDictionary<NodeId, string>> Templates(ICloud cloud, IEnumerable<NodeId> stacks,
        CancellationToken cancel)
    {
        var reads = stacks.Select(async id => (Id: id, Body: await Template(cloud, id, cancel)));
        return (await Task.WhenAll(reads)).Where(r => r.Body is not null).ToImmutableDictionary(r => r.Id, r => r.Body!);
    }

    /// <summary>The template of a deployed stack, or null where it is gone.</summary>
    public static async Task<string?> Template(ICloud cloud, NodeId id, CancellationToken cancel)
    {
        try
        {
            return await cloud.CloudFormation(id.Place).GetTemplate(id.Name, cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>What is deployed, and the templates of some of it: what is gone since it was listed is in neither.</summary>
    public static async Task<(ImmutableDictionary<NodeId, DeployedStack> Deployed, ImmutableDictionary<NodeId, string> Templates)>
        WithTemplates(ICloud cloud, ImmutableDictionary<NodeId, DeployedStack> listed, IEnumerable<NodeId> stacks, CancellationToken cancel)
    {
        NodeId[] asked = [.. stacks];
        var templates = await Templates(cloud, asked, cancel);
        return (listed.RemoveRange(asked.Where(id => !templates.ContainsKey(id))), templates);
    }

    public static TemplateSide Side(string? body, DeployedStack? deployed) =>
        body is null || deployed is null || TemplateReader.Read(body) is not { } template
            ? TemplateSide.Empty
            : new TemplateSide(template, deployed.Parameters.ToDictionary(p => p.Key, p => (string?)p.Value));

    /// <summary>A stack for which nothing is compared.</summary>
    public static PlannedStack Planned(StackNode node, NodeAction action, DeployedStack? deployed) => new(node, action)
    {
        Deployed = deployed,
        Body = "",
        Parameters = ImmutableSortedDictionary<string, string?>.Empty,
    };

    /// <summary>A planned stack with which nothing is done, and why.</summary>
    public static PlannedStack Refused(PlannedStack planned, string reason) =>
        Planned(planned.StackNode, NodeAction.Refused, planned.Deployed) with { Reason = reason };

    /// <summary>A deployed stack to be deleted, with everything in it.</summary>
    public static PlannedStack Deleted(StackNode node, DeployedStack deployed,
        string body) => Planned(node, NodeAction.Delete, deployed) with
    {
        Changes = TemplateDiff.Compare(Side(body, deployed), TemplateSide.Empty, CloudFormation.Schemas.ResourceSchemas.Shared),
    };
}
