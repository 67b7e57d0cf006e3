using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Resources.Dns;
using Paco.Resources.Iam;
using Paco.Resources.LaunchBundles;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>A name in a hosted zone that an instance gives itself when it starts.</summary>
/// <param name="Public">It leads to the instance's public address, else to its private one.</param>
internal sealed record InstanceName(Dns.Dns Entry, string Domain, RefOrText Zone, bool Public)
{
    public string Tag => $"dns-zone-id-{Hash}";

    public DnsName ToDnsName() => new(Tag, Domain, Entry.Ttl, Public);

    public Value ZoneId(BuildScope scope, StackBuilder stack) => RecordSets.ZoneId(scope, stack, $"HostedZoneId{Hash}", Zone);

    /// <summary>The right to write this one record, and no other.</summary>
    public MapValue Statement(BuildScope scope, StackBuilder stack)
    {
        var zone = Fn.Sub("arn:${AWS::Partition}:route53:::hostedzone/${Zone}", new MapValue { ["Zone"] = ZoneId(scope, stack) });
        return PolicyDocument.Allow(zone, "route53:ChangeResourceRecordSets").With("Condition", new MapValue
        {
            ["ForAllValues:StringEquals"] = new MapValue
            {
                ["route53:ChangeResourceRecordSetsNormalizedRecordNames"] = Value.List(DomainNames.Normal(Domain)),
                ["route53:ChangeResourceRecordSetsRecordTypes"] = Value.List("A"),
                ["route53:ChangeResourceRecordSetsActions"] = Value.List("UPSERT"),
            },
        });
    }

    private string Hash => Names.Md5(Zone.Ref?.Text ?? Zone.Text ?? "");
}

/// <summary>The names of a group's only instance: the entries of <c>dns</c>, where records are wanted.</summary>
internal static class InstanceNames
{
    public static IEnumerable<InstanceName> Of(Asg asg, BuildScope scope)
    {
        if (asg.ChangeProtected || !(asg.ForceDnsEnabled || (asg.DnsEnabled && scope.DnsEnabled)))
            yield break;
        var isPublic = asg.Eip is not null || asg.AssociatePublicIpAddress;
        foreach (var entry in asg.Dns)
        {
            var domain = entry.DomainName?.Text ?? RecordSets.Zone(scope, entry.DomainName)?.DomainName ?? "";
            if (domain.Length > 0 && entry.HostedZone is { } zone)
                yield return new InstanceName(entry, domain, zone, isPublic && RecordSets.Zone(scope, zone)?.IsPrivate != true);
            if (domain.Length > 0 && entry.PrivateHostedZone is { } hidden)
                yield return new InstanceName(entry, domain, hidden, Public: false);
        }
    }

    /// <summary>Instances write with their own role, so only into zones of their own account; and a name is one resource's.</summary>
    public static void Check(Asg asg, BuildScope scope)
    {
        foreach (var name in Of(asg, scope))
        {
            var zone = RecordSets.Zone(scope, name.Zone);
            if (zone is not null && scope.Build.AccountOf(zone.AccountName) != scope.Place.Account)
            {
                Report(BindingCodes.BrokenRule, name,
                    $"the zone of {name.Domain} is in {zone.AccountName}: an instance can only write into zones of its own account, {scope.Place.Account}",
                    "give the name to a load balancer or an EIP, whose records Paco writes");
            }
            else if (zone is { DomainName.Length: > 0 } && !DomainNames.LiesIn(name.Domain, zone.DomainName))
            {
                Report(BindingCodes.BrokenRule, name, $"{name.Domain} does not lie in the zone {zone.DomainName}", null);
            }
            else if (scope.Build.Claim($"record {name.Zone.Ref?.Path.Text ?? name.Zone.Text} {DomainNames.Normal(name.Domain)}",
                asg.Path) is { } other)
            {
                Report(StackCodes.NameTaken, name,
                    $"two records of one zone would be called {DomainNames.Normal(name.Domain)}: {asg.Path} and {other}",
                    "give one of them its own domain_name");
            }
        }

        void Report(DiagnosticCode code, InstanceName name, string message, string? hint) =>
            scope.Build.Bag.Add(code, name.Entry.Location, message, hint, subject: asg.Path);
    }
}
