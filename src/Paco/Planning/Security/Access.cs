namespace Paco.Planning.Security;

/// <summary>Why somebody should look twice, the gravest last.</summary>
public enum Danger
{
    None,

    /// <summary>Every action of a service, or every action at all, on more than it names.</summary>
    Wide,

    /// <summary>A denial, a boundary or a block of public access goes.</summary>
    DenialLifted,

    /// <summary>A port other than 80 and 443, or a database, that the whole internet reaches.</summary>
    OpenToInternet,

    /// <summary>A principal "*", and no condition that says who.</summary>
    Anybody,

    /// <summary>Every action on everything.</summary>
    FullAdmin,
}

/// <summary>One thing that is allowed or forbidden, on its own: a rule, a statement, an attached policy.</summary>
/// <param name="Holder">What carries it: <c>sg bastion.instance</c>, <c>role web</c>.</param>
public abstract record Access(string Holder)
{
    /// <summary>How many of a long list a person reads at once.</summary>
    public const int Some = 3;

    /// <summary>What it is, without its holder. Two accesses of a holder that say the same are the same.</summary>
    /// <param name="most">How many entries of a list are named before "and N more".</param>
    public abstract string Say(int most = int.MaxValue);

    /// <summary>What is dangerous about having it.</summary>
    public virtual Danger Danger => Danger.None;

    /// <summary>It forbids: losing it is what is dangerous.</summary>
    public virtual bool IsDenial => false;

    internal static string Listed(IReadOnlyList<string> items, int most) =>
        items.Count <= most ? string.Join(", ", items) : $"{string.Join(", ", items.Take(most))} and {items.Count - most} more";
}

/// <summary>A rule of a security group.</summary>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c>, <c>icmp</c>, a number, or <c>everything</c>.</param>
/// <param name="Ports"><c>443</c>, <c>8000-8100</c>; for icmp the type; null for all.</param>
/// <param name="Peer">A CIDR block, <c>sg NAME</c> or a prefix list.</param>
public sealed record PortAccess(string Holder, bool IsIngress, string Protocol, string? Ports, string Peer) : Access(Holder)
{
    public override string Say(int most = int.MaxValue) =>
        $"{(IsIngress ? "ingress" : "egress")} {Protocol}{(Ports is null ? "" : $"/{Ports}")} {(IsIngress ? "from" : "to")} {Peer}";

    public override Danger Danger =>
        IsIngress && Internet.Is(Peer) && !(Protocol is "tcp" or "udp" && Ports is "80" or "443") ? Danger.OpenToInternet : Danger.None;
}

/// <summary>An entry of a network ACL. Never dangerous by itself: it is the second wall, and answers need it open.</summary>
public sealed record AclAccess(string Holder, int? Number, bool Allows, bool IsIngress, string Protocol, string? Ports, string Peer)
    : Access(Holder)
{
    public override string Say(int most = int.MaxValue) =>
        $"{(Allows ? "allow" : "deny")} {(IsIngress ? "ingress" : "egress")} {Protocol}{(Ports is null ? "" : $"/{Ports}")} {(IsIngress ? "from" : "to")} {Peer}"
        + (Number is { } number ? $" (rule {number})" : "");

    public override bool IsDenial => !Allows;
}

/// <summary>A statement of a policy: of a role, user or group, or of what is reached.</summary>
/// <param name="OnHolder">The policy belongs to what is reached: a bucket, a key. "*" in it is that thing, not everything.</param>
public sealed record StatementAccess(string Holder, Statement Statement, bool OnHolder = false) : Access(Holder)
{
    public override string Say(int most = int.MaxValue) => Statement.Say(most, OnHolder);

    public override Danger Danger => OnHolder ? Statement.Who : Statement.What;

    public override bool IsDenial => !Statement.Allows;
}

/// <summary>A statement of a role's trust policy: who may assume it.</summary>
public sealed record TrustAccess(string Holder, Statement Statement) : Access(Holder)
{
    public override string Say(int most = int.MaxValue) => Statement.SayTrust(most);

    public override Danger Danger => Statement.Who;

    public override bool IsDenial => !Statement.Allows;
}

/// <summary>A managed policy that is attached, or a boundary.</summary>
/// <param name="Policy">An ARN, or the name of a policy of the project.</param>
/// <param name="IsBoundary">It limits what the holder may do, and grants nothing.</param>
public sealed record ManagedPolicyAccess(string Holder, string Policy, bool IsBoundary = false) : Access(Holder)
{
    public override string Say(int most = int.MaxValue) => $"{(IsBoundary ? "permissions boundary" : "managed policy")} {Policy}";

    public override Danger Danger => IsBoundary ? Danger.None : Policy[(Policy.LastIndexOf('/') + 1)..] switch
    {
        "AdministratorAccess" or "IAMFullAccess" => Danger.FullAdmin,
        "PowerUserAccess" => Danger.Wide,
        _ => Danger.None,
    };

    public override bool IsDenial => IsBoundary;
}

/// <summary>Something that can be reached from outside: <c>reachable from the internet</c>.</summary>
public sealed record PublicAccess(string Holder, string What, Danger Harm) : Access(Holder)
{
    public override string Say(int most = int.MaxValue) => What;

    public override Danger Danger => Harm;
}
