using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;

namespace Paco.Planning;

/// <summary>What a stack still has, whatever its status, as what deleting it would delete.</summary>
internal static class RemainingResources
{
    public static async Task<ImmutableArray<ResourceChange>> Of(ICloudFormation client, DeployedStack stack, CancellationToken cancel)
    {
        // Empty by definition, as far as the cloud does not keep things on purpose.
        if (stack.Status is StackStatus.ReviewInProgress or StackStatus.RollbackComplete)
            return [];
        try
        {
            return Of(await client.DescribeStackResources(stack.StackId, cancel), await client.GetTemplate(stack.StackId, cancel));
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            // Gone since it was listed.
            return [];
        }
    }

    private static ImmutableArray<ResourceChange> Of(ImmutableArray<StackResource> resources, string body)
    {
        var written = TemplateReader.Read(body)?["Resources"] as MapValue;
        return
        [
            .. resources.Where(Exists).Select(r => new ResourceChange(r.LogicalResourceId, r.ResourceType, ChangeKind.Delete, [])
            {
                DeletionPolicy = ((written?[r.LogicalResourceId] as MapValue)?["DeletionPolicy"] as TextValue)?.Text,
            }),
        ];
    }

    /// <summary>Remains and what is made in their place.</summary>
    public static ImmutableArray<ResourceChange> Below(ImmutableArray<ResourceChange> remains, ImmutableArray<ResourceChange> made)
    {
        var left = remains.ToDictionary(r => r.LogicalId, StringComparer.Ordinal);
        return
        [
            .. made.Select(m => left.Remove(m.LogicalId, out var old)
                ? m with { Kind = ChangeKind.Replace, DeletionPolicy = old.DeletionPolicy }
                : m),
            .. left.Values,
        ];
    }

    // A resource that failed to be made may exist all the same, if it has got its name.
    private static bool Exists(StackResource resource) =>
        resource.PhysicalResourceId.Length > 0 && resource.ResourceStatus is not ("DELETE_COMPLETE" or "DELETE_SKIPPED");
}
