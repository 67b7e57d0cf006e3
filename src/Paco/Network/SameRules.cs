using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Network;

/// <summary>
/// Rules of a security group that AWS takes for one, however they are written: protocol, ports and the other end count, names and
/// descriptions do not. Source: EC2 API Reference, AuthorizeSecurityGroupIngress (InvalidPermission.Duplicate).
/// </summary>
internal static class SameRules
{
    public static readonly DiagnosticCode Twice = new("PACO3093", Severity.Error, "a rule of a security group twice",
        "Two rules of a security group let the same traffic pass. AWS knows one of them only: it refuses the second, or takes it for the first, and then whichever is deleted closes the port for both. `tcp` and `\"6\"` are the same, and so are `port: 80` and `from_port: 80` with `to_port: 80`, and ranges that are written with and without the bits behind their length.");

    private static readonly FrozenDictionary<string, string> Numbers = new Dictionary<string, string>
    {
        ["tcp"] = "6", ["udp"] = "17", ["icmp"] = "1", ["icmpv6"] = "58",
    }.ToFrozenDictionary();

    public static void Check(Fields f, IEnumerable<SecurityGroupRule> rules)
    {
        foreach (var same in rules.Where(r => r.Protocol.Length > 0).GroupBy(Normal).Where(g => g.Key.End.Length > 0))
        {
            foreach (var again in same.Skip(1))
            {
                f.Context.Bag.Add(Twice, again.Location, $"the rule {Named(again)} lets pass what {Named(same.First())} does already",
                    "take one of the two out", new RelatedPlace(same.First().Location, "the other one"), f.Path);
            }
        }
    }

    private static (string Protocol, int From, int To, string End) Normal(SecurityGroupRule rule)
    {
        var protocol = Numbers.GetValueOrDefault(rule.Protocol, rule.Protocol);
        // Where all protocols pass, all ports do.
        var (from, to) = protocol == "-1" ? (-1, -1) : rule.Ports;
        return (protocol, from, to, End(rule));
    }

    // The first that is given counts.
    private static string End(SecurityGroupRule rule) => rule switch
    {
        { CidrIp.Length: > 0 } => AddressRange.Parse(rule.CidrIp) is { } range ? $"{range}" : rule.CidrIp,
        { CidrIpV6.Length: > 0 } => Range(rule.CidrIpV6),
        { Other: { } other } => other.Ref?.Text ?? other.Text ?? "",
        _ => "",
    };

    // The network's address and length: bits behind the length make no difference.
    private static string Range(string cidr)
    {
        if (cidr.Split('/') is not [var written, var length] || !Binding.Check.Cidr6.Holds(cidr))
            return cidr;
        var address = IPAddress.Parse(written).GetAddressBytes();
        var bits = int.Parse(length, CultureInfo.InvariantCulture);
        for (var i = 0; i < address.Length; i++)
            address[i] &= (byte)(0xFF00 >> Math.Clamp(bits - (8 * i), 0, 8));
        return $"{new IPAddress(address)}/{bits}";
    }

    private static string Named(SecurityGroupRule rule) => rule.RuleName.Length > 0 ? rule.RuleName : $"at line {rule.Location.Line}";
}
