using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Global.Route53;

/// <summary>The template of a zone: the zone itself unless it is external, its records, its id and name servers.</summary>
internal static class ZoneTemplate
{
    public static void Write(StackBuilder stack, HostedZone zone, BuildContext build)
    {
        var external = zone.External is { IsEnabled: true } e ? e : null;
        if (external is null)
        {
            stack.Resource("HostedZone", "AWS::Route53::HostedZone",
                new MapValue { ["Name"] = zone.DomainName, ["VPCs"] = Vpcs(stack, zone, build) });
        }
        var id = external is null ? Fn.Ref("HostedZone") : external.HostedZoneId;
        if (!zone.RecordSets.IsEmpty)
        {
            stack.Add(new Resource("RecordSetGroup", "AWS::Route53::RecordSetGroup", new MapValue
            {
                ["HostedZoneId"] = id,
                ["RecordSets"] = Value.List(zone.RecordSets.Select(Record)),
            })
            { Source = zone.Location });
        }
        stack.Output("HostedZoneId", id, zone.Id.Path);
        if (zone.IsPrivate && external is null)
            return;
        stack.Output("HostedZoneNameServers",
            external is null ? Fn.Join(",", Fn.GetAtt("HostedZone", "NameServers")) : string.Join(",", external.Nameservers),
            $"{zone.Path}.name_servers");
        stack.Address("name servers", "HostedZoneNameServers");
    }

    // CloudFormation associates a VPC of the same account only; any other needs an authorisation first.
    private static ListValue? Vpcs(StackBuilder stack, HostedZone zone, BuildContext build)
    {
        if (!zone.IsPrivate || zone.VpcAssociations is not { } vpc || vpc.Path.Environment is not { Region: { } region })
            return null;
        var network = build.Index.Find(vpc.Path.Parent) as Network.Network;
        if (network?.AwsAccount is { Path.Account: { } name } account && build.AccountOf(name) != build.AccountOf(zone.AccountName))
        {
            build.Bag.Add(BindingCodes.BrokenRule, vpc.Location, $"the VPC is in {account.Path.Account}, the zone in {zone.AccountName}",
                "give the zone the VPC's account", subject: zone.Path);
        }
        return Value.List(new MapValue { ["VPCId"] = stack.Input("VPCId", vpc.Output("id")), ["VPCRegion"] = region });
    }

    private static MapValue Record(RecordSet record) => record.RecordType == "Alias"
        ? new MapValue
        {
            ["Name"] = record.RecordName,
            ["Type"] = record.CloudType,
            ["AliasTarget"] = new MapValue
            {
                ["DNSName"] = Value.Of(record.Values.FirstOrDefault()),
                ["HostedZoneId"] = Value.Of(record.AliasZoneId),
            },
        }
        : new MapValue
        {
            ["Name"] = record.RecordName,
            ["Type"] = record.CloudType,
            ["TTL"] = Value.AsText(record.Ttl),
            ["ResourceRecords"] = Value.OfMany(record.Values),
        };
}
