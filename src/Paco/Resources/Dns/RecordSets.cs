using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.Dns;

/// <summary>What a record points at.</summary>
internal abstract record RecordTarget;

/// <summary>Another AWS name, without a time to live: a load balancer's.</summary>
internal sealed record AliasTarget(Ref DnsName, Ref HostedZoneId) : RecordTarget;

/// <summary>A value: an address for type A, a name for CNAME.</summary>
internal sealed record ValueTarget(string Type, Ref Value) : RecordTarget;

/// <summary>
/// The DNS records of a resource: one stack an entry, in the hosted zone's account, since a record can only be written there.
/// </summary>
internal static class RecordSets
{
    public static void Build(BuildScope scope, AppResource resource, ImmutableArray<Dns> entries, RecordTarget target)
    {
        if (!resource.IsEnabled || !(resource.ForceDnsEnabled || (resource.DnsEnabled && scope.DnsEnabled)))
            return;
        foreach (var entry in entries)
        {
            if (DomainName(scope, entry) is { } domain)
                Build(scope, resource, entry, domain, target);
        }
    }

    private static string? DomainName(BuildScope scope, Dns entry) =>
        entry.DomainName?.Text ?? scope.Build.Index.Find<IHostedZone>(entry.DomainName?.Ref)?.DomainName;

    private static void Build(BuildScope scope, AppResource resource, Dns entry, string domain, RecordTarget target)
    {
        var zone = scope.Build.Index.Find<IHostedZone>(entry.HostedZone?.Ref);
        CheckZone(scope, entry, zone, domain);
        if (!scope.Build.Claim($"record {entry.HostedZone?.Ref?.Path ?? entry.HostedZone?.Text} {domain}"))
        {
            scope.Build.Bag.Add(StackCodes.SharedRecord, entry.Location,
                $"the record {domain} is another region's already, so {scope.Place.Region} gets none", "give this region its own domain_name", subject: resource.Path);
            return;
        }
        var place = zone is null ? scope.Place : scope.Place with { Account = zone.AccountName };
        var suffix = zone?.IsPrivate == true ? "RecordSet-Private" : "RecordSet";
        var stack = scope.Build.Stack(new NodeId(place, Names.Stack(scope.Prefix, domain, suffix)), resource.Path, $"dns {domain}", resource.IsEnabled, entry.Location);
        if (entry.HostedZone is { } written)
            stack.Resource("RecordSet", "AWS::Route53::RecordSet", Record(stack, entry, domain, target, ZoneId(stack, "HostedZoneId", written, zone)));
        if (entry.PrivateHostedZone is { } hidden)
        {
            var other = scope.Build.Index.Find<IHostedZone>(hidden.Ref);
            stack.Resource("PrivateRecordSet", "AWS::Route53::RecordSet", Record(stack, entry, domain, target, ZoneId(stack, "PrivateHostedZoneId", hidden, other)));
        }
        stack.Done();
    }

    private static void CheckZone(BuildScope scope, Dns entry, IHostedZone? zone, string domain)
    {
        if (entry.HostedZone is null && entry.PrivateHostedZone is null)
            scope.Build.Bag.Add(BindingCodes.BrokenRule, entry.Location, $"{domain} needs a \"hosted_zone\" to be written to");
        else if (zone is not null && domain != zone.DomainName && !domain.EndsWith("." + zone.DomainName, StringComparison.Ordinal))
            scope.Build.Bag.Add(BindingCodes.BrokenRule, entry.Location, $"{domain} does not lie in the zone {zone.DomainName}");
    }

    // The parameter is always declared: names and ids of deployed record stacks stay what they were.
    private static Value ZoneId(StackBuilder stack, string name, RefOrText written, IHostedZone? zone) =>
        zone is not null ? stack.Input(name, zone.Id) : written.Text is { } id ? stack.Parameter(name, id) : stack.Input(name, written.Ref!.Output("id"));

    private static MapValue Record(StackBuilder stack, Dns entry, string domain, RecordTarget target, Value zoneId) => target switch
    {
        AliasTarget alias => new MapValue
        {
            ["HostedZoneId"] = zoneId,
            ["Name"] = domain,
            ["Type"] = "A",
            ["AliasTarget"] = new MapValue
            {
                ["DNSName"] = stack.Input("AliasDNSName", alias.DnsName),
                ["HostedZoneId"] = stack.Input("AliasHostedZoneId", alias.HostedZoneId),
            },
        },
        ValueTarget value => new MapValue
        {
            ["HostedZoneId"] = zoneId,
            ["Name"] = domain,
            ["Type"] = value.Type,
            ["TTL"] = $"{entry.Ttl}",
            ["ResourceRecords"] = Value.List(stack.Input($"ResourceRecord{Names.Md5(value.Value.Text)}", value.Value)),
        },
        _ => throw new InvalidOperationException($"{target.GetType().Name} is no record target"),
    };
}
