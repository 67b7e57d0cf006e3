using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Clouds;

namespace Paco.Planning;

/// <summary>
/// What AWS moves on by itself: the version of a database in its maintenance window, storage that grows when it is full. A change that
/// goes on from what was deployed may go back from what runs, so where that counts what runs is asked for. A cloud or role that cannot
/// say it leaves the change as it is held against the template.
/// </summary>
internal static class RunningValues
{
    /// <summary>The changes of such properties, from what runs to what is wanted.</summary>
    public static async Task<ImmutableArray<ResourceChange>> Of(ICloud cloud, Place place, DeployedStack? deployed,
        ImmutableArray<ResourceChange> changes, CancellationToken cancel)
    {
        var concerned = changes.Where(c => c.Kind is ChangeKind.Update or ChangeKind.Replace)
            .Select(c => c with { Properties = [.. c.Properties.Where(p => Counts(c.Type, p))] })
            .Where(c => !c.Properties.IsEmpty).ToList();
        if (concerned.Count == 0 || deployed is null)
            return [];
        try
        {
            var ids = (await cloud.CloudFormation(place).DescribeStackResources(deployed.StackId, cancel))
                .ToDictionary(r => r.LogicalResourceId, r => r.PhysicalResourceId, StringComparer.Ordinal);
            return [.. await Task.WhenAll(concerned.Select(c => Running(cloud, place, c, ids.GetValueOrDefault(c.LogicalId), cancel)))];
        }
        catch (CloudException)
        {
            return [];
        }
    }

    private static bool Counts(string type, PropertyChange property) =>
        !property.IsUnknown && ResourceFacts.Of(type).Fixed.Any(f => f.IsRelative && f.Property == property.Path);

    private static async Task<ResourceChange> Running(ICloud cloud, Place place, ResourceChange change, string? id,
        CancellationToken cancel)
    {
        if (id is null || !ResourceFacts.Of(change.Type).IsReadable
            || await cloud.CloudControl(place).GetResource(change.Type, id, cancel) is not { } read
            || TemplateReader.Read(read) is not { } there)
        {
            return change with { Properties = [] };
        }
        return change with
        {
            Properties = [.. change.Properties.Select(p => p with { Before = TemplateDiff.Text(there[p.Path]) ?? p.Before })],
        };
    }
}
