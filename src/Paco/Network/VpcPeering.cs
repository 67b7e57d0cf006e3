using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;

namespace Paco.Network;

/// <summary>A connection to another VPC, seen from one of its two ends.</summary>
public sealed class VpcPeering(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(false);

    public string PeerType { get; } =
        f.RequiredText("peer_type", "requester asks for the connection, accepter lets it.", Check.OneOf("requester", "accepter"));

    public Ref? NetworkEnvironment { get; } =
        f.Ref("network_environment", "The other end, where it is an environment of this project: netenv.NAME.ENVIRONMENT.REGION.",
            "RegionalEnvironment");

    public string? PeerAccountId { get; } =
        f.Text("peer_account_id", "The other end's account, where it is not of this project.", Check.AccountId);

    public string? PeerRegion { get; } = f.Text("peer_region", "The other end's region, where it is not of this project.", Regions.Check);

    public string? PeerVpcId { get; } = f.Text("peer_vpcid", "The other end's VPC, where it is not of this project.");

    public string? PeerRoleName { get; } = f.Text("peer_role_name", "The role of the other account that lets this one connect.");

    public ImmutableArray<VpcPeeringRoute> Routing { get; } =
        f.List("routing", "What is routed through the connection.", x => new VpcPeeringRoute(x));

    internal bool IsRequester => PeerType == "requester";

    internal bool IsAccepter => PeerType == "accepter";

    protected internal override void Rules(Fields f)
    {
        if (NetworkEnvironment is null && IsRequester && (PeerAccountId is null || PeerRegion is null || PeerVpcId is null))
            f.Lacks("peer_type", "a requester needs \"network_environment\", or \"peer_account_id\", \"peer_region\" and \"peer_vpcid\"");
        if (NetworkEnvironment is null && IsAccepter && PeerAccountId is null)
            f.Lacks("peer_type", "an accepter needs \"network_environment\" or \"peer_account_id\": who may connect");
    }
}

/// <summary>What is reached from one segment: another segment, or a range.</summary>
public sealed class VpcPeeringRoute(Fields f) : Model(f)
{
    public Ref? LocalSegment { get; } = f.Ref("local_segment", "The segment that is routed.", "Segment", required: true);

    public Ref? RemoteSegment { get; } = f.Ref("remote_segment", "The other end's segment it reaches, in all zones.", "Segment");

    public RefOrText? Cidr { get; } = f.RefOrText("cidr", "The range it reaches, where it is not a segment of this project.");

    protected internal override void Rules(Fields f)
    {
        f.OneOf("a route", ("remote_segment", RemoteSegment is not null), ("cidr", Cidr is not null));
        if (Cidr?.Text is { } text && !Check.Cidr4.Holds(text))
            f.Report(BindingCodes.BadValue, Cidr.Location, $"\"cidr\" must be {Check.Cidr4.Words}, got \"{text}\"");
    }
}
