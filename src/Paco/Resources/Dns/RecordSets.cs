using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;
using Paco.Syntax;

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
        var wanted = resource.IsEnabled && (resource.ForceDnsEnabled || (resource.DnsEnabled && scope.DnsEnabled));
        foreach (var entry in entries)
        {
            if ((entry.DomainName?.Text ?? Zone(scope, entry.DomainName)?.DomainName) is { Length: > 0 } domain)
                new RecordStack(scope, resource, entry, domain, target).Build(wanted);
        }
    }

    /// <summary>The stack of a record of something that is not built yet.</summary>
    public static NotBuiltStack NotBuilt(BuildScope scope, AppResource resource, Dns entry)
    {
        var domain = entry.DomainName?.Text ?? Zone(scope, entry.DomainName)?.DomainName ?? "";
        var zone = Zone(scope, entry.HostedZone ?? entry.PrivateHostedZone);
        return new NotBuiltStack(StackName(scope, domain, zone), scope.Place.Region, resource.Path, $"dns {domain}");
    }

    /// <summary>What the stack of a name in a zone is called.</summary>
    public static string StackName(BuildScope scope, string domain, IHostedZone? zone) =>
        Names.Stack(scope.Prefix, domain, zone?.IsPrivate == true ? "RecordSet-Private" : "RecordSet");

    /// <summary>A zone's id as a parameter, which is always declared: names and ids of deployed record stacks stay.</summary>
    public static Value ZoneId(BuildScope scope, StackBuilder stack, string name, RefOrText written) =>
        Zone(scope, written) is { } zone ? stack.Input(name, zone.Id)
            : written.Ref is { } other ? stack.Input(name, other.Output("id")) : stack.Parameter(name, written.Text ?? "");

    public static IHostedZone? Zone(BuildScope scope, RefOrText? written) => scope.Build.Index.Find<IHostedZone>(written?.Ref);
}

/// <summary>The stack of one entry: the record, and its twin in a private zone where the entry names one.</summary>
internal sealed class RecordStack(BuildScope scope, AppResource resource, Dns entry, string domain, RecordTarget target)
{
    /// <summary>A record that is not wanted (any longer) has an empty, disabled stack: one that is deployed is emptied.</summary>
    public void Build(bool wanted)
    {
        var main = entry.HostedZone ?? entry.PrivateHostedZone;
        var zone = RecordSets.Zone(scope, main);
        var place = zone is null ? scope.Place : scope.Place with { Account = scope.Build.AccountOf(zone.AccountName) };
        var id = new NodeId(place, RecordSets.StackName(scope, domain, zone));
        if (!wanted)
        {
            // Another resource may have the name now; then it has the stack too.
            Stack(id, enabled: false);
            return;
        }
        CheckTwin(place.Account);
        if (main is null || !IsOurs(main, zone))
            return;
        var stack = Stack(id, enabled: true);
        if (entry.HostedZone is { } written)
            stack.Resource("RecordSet", "AWS::Route53::RecordSet", Record(stack, RecordSets.ZoneId(scope, stack, "HostedZoneId", written)));
        if (entry.PrivateHostedZone is { } hidden && (hidden == main || IsOurs(hidden, RecordSets.Zone(scope, hidden))))
        {
            var hiddenId = RecordSets.ZoneId(scope, stack, "PrivateHostedZoneId", hidden);
            stack.Resource("PrivateRecordSet", "AWS::Route53::RecordSet", Record(stack, hiddenId));
        }
    }

    private StackBuilder Stack(NodeId id, bool enabled) => scope.Stack(id, resource.Path, $"dns {domain}", enabled, entry.Location);

    // One stack writes both records, so both zones must be in its account.
    private void CheckTwin(string account)
    {
        if (RecordSets.Zone(scope, entry.PrivateHostedZone) is { } hidden && scope.Build.AccountOf(hidden.AccountName) != account)
        {
            Broken($"the zone of {domain} is in {account}, its private zone in {hidden.AccountName}",
                "give the private zone an entry of its own, as its hosted_zone");
        }
    }

    // Route 53 holds one record of a name and type in a zone.
    private bool IsOurs(RefOrText written, IHostedZone? zone)
    {
        if (zone is { DomainName.Length: > 0 } && !DomainNames.LiesIn(domain, zone.DomainName))
        {
            Broken($"{domain} does not lie in the zone {zone.DomainName}", null);
        }
        else if (zone is not null && target is ValueTarget { Type: "CNAME" }
            && DomainNames.Normal(domain) == DomainNames.Normal(zone.DomainName))
        {
            Broken($"the zone's own name {domain} can have no CNAME, which is what this resource's record is", "use a name below it");
        }
        if (scope.Build.Claim($"record {written.Ref?.Path.Text ?? written.Text} {DomainNames.Normal(domain)}",
            resource.Path) is not { } other)
        {
            return true;
        }
        if (IsSameInOtherRegion(other))
        {
            scope.Build.Bag.Add(StackCodes.SharedRecord, entry.Location,
                $"the record {domain} is another region's already, so {scope.Place.Region} gets none",
                "give this region its own domain_name", subject: resource.Path);
        }
        else
        {
            scope.Build.Bag.Add(StackCodes.NameTaken, entry.Location,
                $"two records of one zone would be called {DomainNames.Normal(domain)}: {resource.Path} and {other}",
                "give one of them its own domain_name, or switch its record off with dns_enabled: false", subject: resource.Path);
        }
        return false;
    }

    private bool IsSameInOtherRegion(ObjectPath other) =>
        (other.Environment, resource.Path.Environment) is ({ } theirs, { } ours) && theirs.Region != ours.Region
        && theirs with { Region = ours.Region } == ours;

    private void Broken(string message, string? hint) =>
        scope.Build.Bag.Add(BindingCodes.BrokenRule, entry.Location, message, hint, subject: resource.Path);

    private MapValue Record(StackBuilder stack, Value zoneId) => target switch
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
            ["TTL"] = Value.AsText(entry.Ttl),
            ["ResourceRecords"] = Value.List(stack.Input($"ResourceRecord{Names.Md5(value.Value.Text)}", value.Value)),
        },
        _ => throw new InvalidOperationException($"{target.GetType().Name} is no record target"),
    };
}
