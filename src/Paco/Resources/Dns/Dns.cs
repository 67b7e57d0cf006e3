using Paco.Binding;
using Paco.Stacks;

namespace Paco.Resources.Dns;

/// <summary>A DNS name for a resource: an item of its <c>dns:</c> list.</summary>
public sealed class Dns(Fields f) : Model(f)
{
    public RefOrText? DomainName { get; } = f.RefOrText("domain_name", "The name, or a hosted zone for the zone's own name.",
        "HostedZone|PrivateHostedZone", DomainNames.Check);

    public RefOrText? HostedZone { get; } =
        f.RefOrText("hosted_zone", "The zone the record is written to: a reference, or an id.", "HostedZone|PrivateHostedZone");

    public RefOrText? PrivateHostedZone { get; } =
        f.RefOrText("private_hosted_zone", "A private zone of the same account that gets the same record.", "HostedZone|PrivateHostedZone");

    public Ref? SslCertificate { get; } = f.Ref("ssl_certificate",
        "The certificate of the name, where the resource takes one here (load balancers take theirs at a listener).", "ACM");

    public Given<int> Ttl { get; } = f.Int("ttl", "Seconds resolvers may keep the record.", 300, min: 0);

    protected internal override void Rules(Fields f)
    {
        if (DomainName is null)
        {
            f.Lacks("domain_name", "a DNS entry needs a \"domain_name\"",
                "an empty list (dns: []) in an override clears the base's entries");
        }
        if (HostedZone is null && PrivateHostedZone is null)
            f.Lacks("hosted_zone", "a DNS entry needs a \"hosted_zone\" to be written to", "hosted_zone: paco.ref resource.route53.ZONE");
    }
}
