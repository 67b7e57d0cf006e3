using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Conformance;

/// <summary>
/// Where AWS itself answers otherwise than its model says, and the sandbox answers as AWS does. Each is a pattern of a deviation and where
/// it is known from; one that nothing matches any more has to go.
/// </summary>
internal static class Departures
{
    private static readonly (string Pattern, string Source)[] Known =
    [
        ("^iam:(Get|Upload)SSHPublicKey answer /SSHPublicKey/Fingerprint: 47 long, not 48 to 48$",
            "IAM API Reference, SSHPublicKey: the fingerprint is an MD5, 16 pairs of digits with colons between them"),
        ("^acm:(Describe|List)Certificates? answer .*/KeyAlgorithm: \"RSA-2048\" is none of",
            "github.com/aws-controllers-k8s/community/issues/2394: asked for as RSA_2048, answered as RSA-2048"),
        ("^cloudformation:DescribeStackEvents answer .*/ResourceStatus: \"UPDATE_(ROLLBACK_)?COMPLETE_CLEANUP_IN_PROGRESS\" is none of",
            "CloudFormation User Guide, stack status codes: events of a stack itself carry its status, which the model lacks here"),
        ("^route53:(List|Get)HostedZone.* answer .*/Id: 33 long, not  to 32$",
            "Route 53 API Reference, HostedZone: the id is answered with /hostedzone/ before it; the limit is that of a request's"),
        ("^route53:List(HostedZones|HealthChecks) answer /Marker: required, and not there$",
            "Route 53 API Reference, ListHostedZones, ListHealthChecks: the marker is for the second and subsequent calls"),
    ];

    public static bool Cover(string deviation) => Known.Any(k => Regex.IsMatch(deviation, k.Pattern));

    /// <summary>Patterns that match none of these.</summary>
    public static IEnumerable<string> Unused(IReadOnlyCollection<string> deviations) =>
        Known.Where(k => !deviations.Any(d => Regex.IsMatch(d, k.Pattern))).Select(k => $"{k.Pattern} ({k.Source})");
}
