using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Global.Route53;

/// <summary>Records of one name and type.</summary>
public sealed class RecordSet(Fields f) : Model(f)
{
    public string RecordName { get; } = f.RequiredText("record_name", "The full name, in the zone's domain.", DomainNames.Check);

    public string RecordType { get; } = f.RequiredText("type", "The type; Alias is an A record that follows another AWS name.", Check.OneOf(
        "A", "AAAA", "Alias", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA",
        "TXT"));

    public ImmutableArray<string> Values { get; } = f.Texts("resource_records", "The values; for Alias one AWS name.");

    public Given<int> Ttl { get; } = f.Int("ttl", "Seconds resolvers may keep them; an Alias has none.", 300, min: 0);

    /// <summary>The type as Route 53 knows it.</summary>
    public string CloudType => RecordType == "Alias" ? "A" : RecordType;

    /// <summary>The zone of what an Alias follows, or null where nobody knows it.</summary>
    internal string? AliasZoneId => Values is [var target, ..] ? AliasZones.Find(target) : null;

    protected internal override void Rules(Fields f)
    {
        if (Values.IsEmpty)
        {
            f.Lacks("resource_records", "a record set needs \"resource_records\"");
        }
        else if (RecordType is "CNAME" or "SOA" or "Alias" && Values.Length > 1)
        {
            f.Broken("resource_records", $"a record set of type {RecordType} has one value");
        }
        else if (RecordType == "Alias" && AliasZoneId is null)
        {
            f.Broken("resource_records",
                $"{Values[0]} is nothing an Alias can follow: a load balancer, CloudFront or Global Accelerator name", "use a CNAME");
        }
        if (RecordType is "TXT" or "SPF" && Values.FirstOrDefault(v => !(v.Length > 1 && v[0] == '"' && v[^1] == '"')) is { } bare)
        {
            f.Broken("resource_records", $"Route 53 takes the value of a {RecordType} record in double quotes",
                $"write '\"{bare.Trim('"')}\"'");
        }
    }

    internal void CheckAgainst(string zone, Fields f)
    {
        if (RecordName.Length == 0 || zone.Length == 0)
            return;
        if (!DomainNames.LiesIn(RecordName, zone))
        {
            f.Report(BindingCodes.BrokenRule, Location, $"{RecordName} does not lie in the zone {zone}",
                $"write the full name: {RecordName}.{zone}");
        }
        else if (RecordType == "CNAME" && DomainNames.Normal(RecordName) == DomainNames.Normal(zone))
        {
            f.Report(BindingCodes.BrokenRule, Location, $"the zone's own name {zone} can have no CNAME", "use type Alias for an AWS name");
        }
    }
}
