using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Global.Route53;

/// <summary>A hosted zone of Route 53, or one that exists already and is only named.</summary>
public sealed class HostedZone(Fields f) : Model(f), IHostedZone
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false, WhenDisabled.Kept);

    public Ref? Account { get; } = f.Ref("account", "The account it lives in.", "Account", required: true);

    public string DomainName { get; } = f.RequiredText("domain_name",
        "Its domain, without a dot at the end. A change makes a new zone with other name servers.", DomainNames.Check);

    public bool IsPrivate { get; } = f.Flag("private_hosted_zone", "Answer inside a VPC only.", false);

    public Ref? VpcAssociations { get; } =
        f.Ref("vpc_associations", "The VPC that a private zone answers in, of the zone's own account.", "Vpc");

    public ExternalZone? External { get; } = f.Object("external_resource",
        "A zone that exists already: none is made, and records go to the one named here.", x => new ExternalZone(x));

    public ImmutableArray<RecordSet> RecordSets { get; } =
        f.List("record_sets", "Records that belong to no resource of the project.", x => new RecordSet(x));

    public string AccountName => Account?.Path.Account ?? "";

    public Ref Id => ToRef().Output("id");

    protected internal override void Rules(Fields f)
    {
        f.Obsolete("parent_zone", "delegation is an NS record among the record_sets of the parent zone");
        if (IsPrivate && VpcAssociations is null && External is not { IsEnabled: true })
        {
            f.Lacks("private_hosted_zone", "a private zone needs \"vpc_associations\"",
                "vpc_associations: paco.ref netenv.NETENV.ENVIRONMENT.REGION.network.vpc");
        }
        if (!IsPrivate && VpcAssociations is not null)
            f.Broken("vpc_associations", "only a private zone is associated with a VPC", "write private_hosted_zone: true");
        foreach (var record in RecordSets)
            record.CheckAgainst(DomainName, f);
        foreach (var same in RecordSets.GroupBy(r => (DomainNames.Normal(r.RecordName), r.CloudType))
            .Where(g => g.Key.Item1.Length > 0 && g.Count() > 1))
        {
            f.Report(BindingCodes.BrokenRule, same.Last().Location, $"{same.Key.Item1} has two record sets of type {same.Key.CloudType}",
                "write all values in one");
        }
    }

    /// <summary>
    /// A disabled zone that exists keeps everything: emptied, the domain would be gone, and a new zone has other name servers.
    /// </summary>
    internal void Build(GlobalScope scope)
    {
        if (AccountName.Length == 0)
            return;
        if (External is { HostedZoneId: { Length: > 0 } known })
            scope.Build.Offers.Add(Id.Path, known);
        var id = new NodeId(new Place(scope.Build.AccountOf(AccountName), scope.DefaultRegion),
            Names.Stack(scope.Build.Legacy.ZoneStacks ? "Service-Route53" : "Resource-Route53", AccountName, Name, "HostedZone"));
        var stack = scope.Build.Stack(id, Path, $"hosted zone {DomainName}", IsEnabled, Location);
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        stack.TerminationProtection = true;
        ZoneTemplate.Write(stack, this, scope.Build);
    }
}

/// <summary>A zone made elsewhere.</summary>
public sealed class ExternalZone(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(false, WhenDisabled.Alone);

    public string HostedZoneId { get; } = f.RequiredText("hosted_zone_id",
        "Its id. Records go to this zone as soon as it is written here, also while external_resource is disabled.", ZoneId);

    public ImmutableArray<string> Nameservers { get; } = f.Texts("nameservers", "Its name servers.");

    private static Check ZoneId => Check.Matching("a zone's id such as Z0123456789ABCDEFGHIJ, without /hostedzone/", "^[A-Za-z0-9]{1,32}$");
}
