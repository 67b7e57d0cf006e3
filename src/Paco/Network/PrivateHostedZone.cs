using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>A DNS zone that only resolves inside the VPC, and inside those associated with it.</summary>
public sealed partial class PrivateHostedZone(Fields f) : Model(f), IHostedZone
{
    private static readonly Check VpcId = Check.Pattern("the id of a VPC such as vpc-0a1b2c3d", VpcIds());

    public Enablement Enabled { get; } = f.Enabled(false, WhenDisabled.Alone);

    /// <summary>Empty where none is given.</summary>
    public string DomainName { get; } = f.Text("name", "Its domain name.", "");

    public ImmutableArray<string> VpcAssociations { get; } =
        f.Texts("vpc_associations", "Ids of further VPCs of the same account and region that resolve it.", VpcId);

    /// <summary>The environment's account; the network fills it in.</summary>
    public string AccountName { get; internal set; } = "";

    public bool IsPrivate => true;

    public Ref Id => ToRef().Output("id");

    protected internal override void Rules(Fields f)
    {
        if (DomainName.Length == 0)
            f.Lacks("name", "a private hosted zone needs a \"name\": its domain");
    }

    internal void Build(StackBuilder stack)
    {
        stack.Resource("PrivateHostedZone", "AWS::Route53::HostedZone", new MapValue
        {
            ["Name"] = stack.Parameter("PrivateZoneDomainName", DomainName),
            ["VPCs"] = Value.List([Association(Fn.Ref("VPC")), .. VpcAssociations.Select(id => Association(id))]),
        }, Location);
        stack.Output("PrivateHostedZoneId", Fn.Ref("PrivateHostedZone"), $"{Path}.id");
    }

    private static MapValue Association(Value vpc) => new() { ["VPCId"] = vpc, ["VPCRegion"] = Fn.Region };

    [GeneratedRegex("^vpc-[0-9a-f]+$")]
    private static partial Regex VpcIds();
}
