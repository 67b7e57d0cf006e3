using System.Globalization;
using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>What a rule of a security group says, whichever way it lets traffic pass.</summary>
public abstract partial class SecurityGroupRule(Fields f) : Model(f)
{
    internal static readonly Check GroupId =
        Check.Pattern("the id of a security group such as sg-0a1b2c3d, or a reference (\"paco.ref …\")", GroupIds());

    private static readonly string[] WithPorts = ["tcp", "udp", "6", "17"];

    private static readonly Check Protocols = Check.Of("a known protocol (tcp, udp, icmp, icmpv6, a number, or -1 for all)",
        text => text is "tcp" or "udp" or "icmp" or "icmpv6" or "-1"
            || (int.TryParse(text, NumberStyles.None, null, out var n) && n <= 255), open: true);

    private static readonly Check Cidr6OrBlank = Check.Cidr6.OrBlank();

    public string RuleName { get; } = f.Text("name", "A short name; part of the rule's logical id.", "");

    public string CidrIp { get; } = f.Text("cidr_ip", "An IPv4 range.", "", AddressPlan.CidrOrBlank);

    public string CidrIpV6 { get; } = f.Text("cidr_ip_v6", "An IPv6 range.", "", Cidr6OrBlank);

    public string Description { get; } = f.Text("description", "What it is for.", "", SecurityGroup.Words);

    public string Protocol { get; } =
        f.RequiredText("protocol", "tcp, udp, icmp, icmpv6, a protocol's number, or \"-1\" for all.", Protocols);

    public Given<int> Port { get; } = f.Int("port", "The port, where it is one.", -1, min: -1, max: 65535);

    public Given<int> FromPort { get; } = f.Int("from_port", "The first port, or the ICMP type.", -1, min: -1, max: 65535);

    public Given<int> ToPort { get; } = f.Int("to_port", "The last port, or the ICMP code.", -1, min: -1, max: 65535);

    /// <summary>The ports as AWS takes them: <c>port</c> stands for both.</summary>
    internal (int From, int To) Ports => Port != -1 ? (Port, Port) : (FromPort, ToPort);

    /// <summary>The group at the other end, where it is one.</summary>
    internal abstract RefOrText? Other { get; }

    /// <summary>The name of the field of <see cref="Other"/>.</summary>
    protected abstract string OtherField { get; }

    /// <summary>
    /// The first eight digits of the hash over every value: a changed rule is another rule, added before the old one goes.
    /// </summary>
    internal string Hash => Names.ShortHash($"{Ends}{CidrIp}{CidrIpV6}{Description}{FromPort}{Protocol}{ToPort}{Port}{RuleName}");

    private protected abstract string Ends { get; }

    /// <summary>It is about TCP through a port.</summary>
    internal bool IsOfTcp(int port) => Protocol == "-1" || (Protocol is "tcp" or "6" && Ports.From <= port && port <= Ports.To);

    protected internal override void Rules(Fields f)
    {
        CheckEnds(f);
        if (Port != -1 && (FromPort != -1 || ToPort != -1) && (FromPort, ToPort) != (Port, Port))
            f.Obsolete(FromPort != -1 ? "from_port" : "to_port", "\"port\" is given, and counts alone");
        var (from, to) = Ports;
        if (WithPorts.Contains(Protocol) && (from == -1 || to == -1) && f.Peek("port") is null or "-1")
            f.Lacks("protocol", $"a rule for {Protocol} needs \"port\", or \"from_port\" and \"to_port\"", "0 and 65535 mean all ports");
        else if (WithPorts.Contains(Protocol) && from > to)
            f.Broken("from_port", $"\"from_port\" {from} is greater than \"to_port\" {to}");
    }

    // The first that is given counts.
    private void CheckEnds(Fields f)
    {
        var given = new List<string>();
        if (CidrIp.Length > 0)
            given.Add("cidr_ip");
        if (CidrIpV6.Length > 0)
            given.Add("cidr_ip_v6");
        if (Other is not null)
            given.Add(OtherField);
        if (given.Count == 0)
            f.Lacks("name", $"the rule needs \"cidr_ip\", \"cidr_ip_v6\" or \"{OtherField}\"", "0.0.0.0/0 is every address");
        foreach (var field in given.Skip(1))
            f.Obsolete(field, $"\"{given[0]}\" is given, and counts alone; write a second rule");
    }

    private protected static string TextOf(RefOrText? value) => value?.Ref?.Text ?? value?.Text ?? "";

    [GeneratedRegex("^sg-[0-9a-f]+$")]
    private static partial Regex GroupIds();
}

/// <summary>A rule that lets traffic in.</summary>
public sealed class IngressRule(Fields f) : SecurityGroupRule(f)
{
    public RefOrText? SourceSecurityGroup { get; } =
        f.RefOrText("source_security_group", "A security group: a reference, or an id.", "SecurityGroup", GroupId);

    public RefOrText? SourceSecurityGroupOwner { get; } =
        f.RefOrText("source_security_group_owner", "The account of a group of a peered VPC: a reference, or an id.", "Account",
            Check.AccountId);

    internal override RefOrText? Other => SourceSecurityGroup;

    protected override string OtherField => "source_security_group";

    private protected override string Ends => TextOf(SourceSecurityGroup) + TextOf(SourceSecurityGroupOwner);
}

/// <summary>A rule that lets traffic out.</summary>
public sealed class EgressRule(Fields f) : SecurityGroupRule(f)
{
    public RefOrText? DestinationSecurityGroup { get; } =
        f.RefOrText("destination_security_group", "A security group: a reference, or an id.", "SecurityGroup", GroupId);

    internal override RefOrText? Other => DestinationSecurityGroup;

    protected override string OtherField => "destination_security_group";

    private protected override string Ends => TextOf(DestinationSecurityGroup);
}
