using Paco.CloudFormation;

namespace Paco.Planning.Security;

/// <summary>Rules of security groups, in lists and on their own, and entries of network ACLs.</summary>
internal static class NetworkRules
{
    public static IEnumerable<Access> OfGroup(string logicalId, MapValue group, DisplayValues reading)
    {
        var holder = $"sg {DisplayValues.NameOf(logicalId, group)}";
        return Inline("SecurityGroupIngress", true).Concat(Inline("SecurityGroupEgress", false));

        IEnumerable<Access> Inline(string list, bool ingress) =>
            DisplayValues.Items(group[list]).OfType<MapValue>().SelectMany(rule => Rules(holder, ingress, rule, reading));
    }

    public static IEnumerable<Access> OfRule(bool ingress, MapValue rule, DisplayValues reading) =>
        Rules($"sg {reading.Name(rule["GroupId"] ?? rule["GroupName"])}", ingress, rule, reading);

    public static IEnumerable<Access> OfAcl(MapValue entry, DisplayValues reading)
    {
        var (protocol, isIcmp) = Protocol(reading.Text(entry["Protocol"]));
        var range = (isIcmp ? entry["Icmp"] : entry["PortRange"]) as MapValue ?? [];
        var ports = isIcmp ? Icmp(reading.Text(range["Type"])) : Ports(protocol, reading.Text(range["From"]), reading.Text(range["To"]));
        var peer = reading.Text(entry["CidrBlock"] ?? entry["Ipv6CidrBlock"]);
        int? number = int.TryParse(reading.Text(entry["RuleNumber"]), out var n) ? n : null;
        yield return new AclAccess(
            $"network ACL {reading.Name(entry["NetworkAclId"])}", number, reading.Text(entry["RuleAction"]) != "deny",
            reading.Text(entry["Egress"]) != "true", protocol, ports, peer);
    }

    private static IEnumerable<Access> Rules(string holder, bool ingress, MapValue rule, DisplayValues reading)
    {
        var (protocol, isIcmp) = Protocol(reading.Text(rule["IpProtocol"]));
        var (from, to) = (reading.Text(rule["FromPort"]), reading.Text(rule["ToPort"]));
        var ports = isIcmp ? Icmp(from) : Ports(protocol, from, to);
        return Peers(rule, reading).DefaultIfEmpty("?").Select(peer => new PortAccess(holder, ingress, protocol, ports, peer));
    }

    private static IEnumerable<string> Peers(MapValue rule, DisplayValues reading)
    {
        foreach (var block in new[] { "CidrIp", "CidrIpv6", "SourcePrefixListId", "DestinationPrefixListId" })
        {
            if (rule[block] is { } value)
                yield return reading.Text(value);
        }
        foreach (var group in new[] { "SourceSecurityGroupId", "DestinationSecurityGroupId", "SourceSecurityGroupName" })
        {
            if (rule[group] is { } value)
                yield return $"sg {reading.Name(value)}{(rule["SourceSecurityGroupOwnerId"] is { } owner ? $" of account {reading.Text(owner)}" : "")}";
        }
    }

    private static (string Name, bool IsIcmp) Protocol(string written) => written.ToLowerInvariant() switch
    {
        "-1" or "all" => ("everything", false),
        "6" => ("tcp", false),
        "17" => ("udp", false),
        "1" or "icmp" => ("icmp", true),
        "58" or "icmpv6" => ("icmpv6", true),
        var other => (other, false),
    };

    private static string? Icmp(string type) => type is "" or "-1" ? null : type;

    // AWS ignores ports where every protocol is meant.
    private static string? Ports(string protocol, string from, string to) => (protocol, from, to) switch
    {
        ("everything", _, _) or (_, "", "") or (_, "-1", _) => null,
        (_, _, "") => from,
        _ => from == to ? from : $"{from}-{to}",
    };
}
