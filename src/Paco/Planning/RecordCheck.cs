using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Looks whether records that a plan would make stand in their zone already: CloudFormation writes over none, and takes none over. Each
/// zone is asked once. A role that may not ask, or a zone that is not there, tells nothing.
/// </summary>
internal sealed class RecordCheck(ICloud cloud)
{
    private readonly ConcurrentDictionary<(Place, string), Lazy<Task<ImmutableArray<DnsRecord>>>> _zones = [];

    /// <summary>What stands in the way of a record set or group, as the end of a sentence; null where nothing does.</summary>
    /// <param name="wanted">Its properties, values filled in.</param>
    public async Task<string?> Obstacle(Place place, string type, MapValue wanted, CancellationToken cancel)
    {
        if (TemplateDiff.Text(wanted["HostedZoneId"]) is not { Length: > 0 } zone)
            return null;
        var there = await _zones.GetOrAdd((place, zone), key => new(() => Records(place, zone, cancel))).Value;
        return (
            from set in OutputConsumers.RecordSetsOf(type, wanted)
            where set["SetIdentifier"] is null
            let name = TemplateDiff.Text(set["Name"])
            let kind = TemplateDiff.Text(set["Type"])
            where name is not null && kind is not null
            from record in there
            where DomainNames.Normal(record.Name.Replace(@"\052", "*", StringComparison.Ordinal)) == DomainNames.Normal(name)
                && (record.Type == kind || record.Type == "CNAME" || kind == "CNAME")
            select $"{DomainNames.Normal(name)} has a record of type {record.Type} in its zone already").FirstOrDefault();
    }

    private async Task<ImmutableArray<DnsRecord>> Records(Place place, string zone, CancellationToken cancel)
    {
        try
        {
            return await cloud.Route53(place).ListRecords(zone, cancel);
        }
        catch (CloudException)
        {
            return [];
        }
    }
}
