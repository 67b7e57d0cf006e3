using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.Acm;

public sealed class AcmRoom : Room
{
    public override string Type => "ACM";

    public override string Summary => "A TLS certificate, proved by a record in the domain's hosted zone and renewed by AWS.";

    public override IEnumerable<Diagnostics.DiagnosticCode> Codes => [Validation.NoZone];

    public override AppResource Bind(Fields f) => new Acm(f);
}

/// <summary>
/// A certificate. Domain and further names cannot be changed in place: CloudFormation asks for a new certificate, then those
/// who use it are given the new one.
/// </summary>
public sealed class Acm(Fields f) : AppResource(f), ICertificate
{
    // Source: AWS Certificate Manager User Guide, "Certificate characteristics": what becomes the common name.
    private const int LongestFirstName = 64;

    public string DomainName { get; } = f.Text("domain_name", "The first name it is for.", "", DomainNames.Check);

    public ImmutableArray<string> SubjectAlternativeNames { get; } =
        f.Texts("subject_alternative_names", "Further names; * stands for one label.", DomainNames.Check);

    public bool ExternalResource { get; } =
        f.Flag("external_resource", "It exists already and is found by its domain_name; none is made.", false);

    public string? PrivateCa { get; } =
        f.Text("private_ca", "The ARN of a private certificate authority that signs it; no DNS record is needed then.");

    public string? Region { get; } =
        Regions.Given(f.Text("region", "Its region where that is not the environment's: us-east-1 for CloudFront.", "", Regions.OrNone));

    /// <summary>Every name it is for, once.</summary>
    public IReadOnlyList<string> Names =>
        [.. SubjectAlternativeNames.Prepend(DomainName).Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    protected internal override void Rules(Fields f)
    {
        if (DomainName.Length == 0 && !f.Has("domain_name"))
            f.Lacks("domain_name", "a certificate needs a \"domain_name\"");
        if (DomainName.Length > LongestFirstName && !ExternalResource && DomainNames.Check.Holds(DomainName))
        {
            f.Broken("domain_name",
                $"the first name of a certificate has {LongestFirstName} characters at most, got {DomainName.Length}",
                "name a shorter one first, such as a domain above it, and this one among subject_alternative_names");
        }
    }

    protected internal override void Build(BuildScope scope)
    {
        scope.Build.Offers.Add($"{Path}.domain_name", DomainName);
        if (ExternalResource)
        {
            scope.Build.Offers.Add($"{Path}.arn", new CertificateSource(DomainName));
            return;
        }
        var stack = (scope with { Place = scope.Place with { Region = Region ?? scope.Place.Region } }).Stack(this, "ACM");
        if (IsEnabled)
            BuildTemplate(scope, stack);
    }

    private void BuildTemplate(BuildScope scope, StackBuilder stack)
    {
        var proofs = PrivateCa is null ? Validation.Of(this, stack, scope) : [];
        stack.Resource("Certificate", "AWS::CertificateManager::Certificate", new MapValue
        {
            ["DomainName"] = DomainName,
            ["SubjectAlternativeNames"] = Value.OfMany(Names.Where(n => !string.Equals(n, DomainName, StringComparison.OrdinalIgnoreCase))),
            ["CertificateAuthorityArn"] = Value.Of(PrivateCa),
            ["ValidationMethod"] = Value.Of(PrivateCa is null ? "DNS" : null),
            ["DomainValidationOptions"] = Value.OfMany(proofs),
        });
        stack.Output("ViewerCertificateArn", Fn.Ref("Certificate"), $"{Path}.arn");
    }
}
