using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Network;

/// <summary>Security groups that are provisioned together, usually those of one application.</summary>
public sealed class SecurityGroupSet(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public ImmutableArray<SecurityGroup> Groups { get; } = f.Rest("A security group.", x => new SecurityGroup(x));
}

/// <summary>A security group and who it lets in and out.</summary>
public sealed partial class SecurityGroup(Fields f) : Model(f), ISecurityGroup
{
    /// <summary>The characters AWS takes in names and descriptions, besides letters and digits.</summary>
    internal const string Signs = " ._-:/()#,@[]+=&;{}!$*";

    internal static readonly Check Words = Check.Pattern($"up to 255 letters, digits, blanks and {Signs.Trim()}", Description());

    public Enablement Enabled { get; } = f.Enabled(false);

    public string GroupName { get; } =
        f.Text("group_name", "Read, but without effect: the name is made from network environment, environment, set and group.", "");

    public string GroupDescription { get; } = f.Text("group_description", "What it is for. Changing it replaces the group.", "", Words);

    public ImmutableArray<IngressRule> Ingress { get; } = f.List("ingress", "Who may come in.", x => new IngressRule(x));

    public ImmutableArray<EgressRule> Egress { get; } =
        f.List("egress", "Where it may go. Without any rule AWS lets it go everywhere.", x => new EgressRule(x));

    internal string LogicalId => Names.LogicalId(Name);

    public bool LetsIn(int port, IReadOnlyCollection<ObjectPath> groups, IReadOnlyCollection<string> ranges) =>
        Ingress.Any(rule => rule.IsOfTcp(port)
            && (rule.SourceSecurityGroup?.Ref is { } source ? groups.Contains(source.Path) : IsFrom(rule.CidrIp, ranges)));

    // Where nobody says which addresses, any may be meant.
    private static bool IsFrom(string cidr, IReadOnlyCollection<string> ranges) => AddressRange.Parse(cidr) is { } source
        && (ranges.Count == 0 || ranges.Any(range => AddressRange.Parse(range) is { } there && source.Overlaps(there)));

    protected internal override void Rules(Fields f)
    {
        if (GroupName.Length > 0)
            f.Obsolete("group_name", "the name is made from network environment, environment, set and group");
        SameRules.Check(f, Ingress);
        SameRules.Check(f, Egress);
    }

    [GeneratedRegex(@"^[A-Za-z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{0,255}$")]
    private static partial Regex Description();
}
