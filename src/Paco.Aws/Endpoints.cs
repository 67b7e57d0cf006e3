using Paco.Clouds;

namespace Paco.Aws;

/// <summary>
/// Where a service answers. In AWS's own order: what the caller said, the service's variable, the common variable, the
/// profile's services section, the profile; else AWS itself. A handler inside the process leaves only the first and the last.
/// </summary>
internal sealed class Endpoints(AwsOptions options, Lazy<AwsConfig> config)
{
    private static readonly AwsService[] All =
    [
        AwsService.CloudFormation, AwsService.Sts, AwsService.Ec2, AwsService.Ssm,
        AwsService.S3, AwsService.Route53, AwsService.Acm, AwsService.Organizations, AwsService.CloudControl, AwsService.SecretsManager,
        AwsService.Iam, AwsService.Sns, AwsService.CloudWatch, AwsService.CloudWatchLogs, AwsService.AutoScaling, AwsService.Backup,
        AwsService.Ecr, AwsService.CodeConnections, AwsService.CodeStarConnections, AwsService.Sso, AwsService.SsoOidc,
    ];

    // Where somebody signs in says nothing of what is worked on.
    private static readonly AwsService[] Worked = [.. All.Where(s => s != AwsService.Sso && s != AwsService.SsoOidc)];

    private readonly Dictionary<AwsService, Uri?> _custom = All.ToDictionary(s => s, s => Parse(Configured(options, config, s)));

    /// <summary>The address set for the service by a person, or null where AWS's own is used.</summary>
    public Uri? Custom(AwsService service) => _custom[service];

    /// <summary>
    /// Where requests go, in words: the partition's name, or the address a person set; where they set several, each with its service.
    /// </summary>
    public string Target(string region)
    {
        // A password in an address is nobody's business.
        var set = Worked.Where(s => Custom(s) is not null)
            .Select(s => (Service: s,
                Address: Custom(s)!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')))
            .ToList();
        return set.Count == Worked.Length && set.TrueForAll(s => s.Address == set[0].Address)
            ? set[0].Address
            : string.Join(", ", set.Select(s => $"{s.Service.Prefix} at {s.Address}").Prepend(Partition.Of(region).Name));
    }

    /// <summary>
    /// The address of a service, without a trailing slash; for S3 that of the bucket, in its name's host where TLS allows.
    /// </summary>
    public string Address(AwsService service, string region, string? bucket)
    {
        var path = bucket is null ? "" : $"/{Uri.EscapeDataString(bucket)}";
        if (Custom(service) is { } uri)
        {
            return uri.AbsoluteUri.TrimEnd('/') + path;
        }

        // A region becomes part of a host name; anything else there would send signed requests elsewhere.
        var host = IsLabel(region) && region.Length > 0 ? Host(service, region) : throw new CloudException(
            CloudErrorKind.Refused, "InvalidRegion", $"\"{region}\" is not the name of a region.", "aws:Configure");

        return bucket is null || !IsLabel(bucket) ? $"https://{host}{path}" : $"https://{bucket}.{host}";
    }

    /// <summary>The region a call to the service is signed for: its own, or the partition's one for a service without regions.</summary>
    public static string SigningRegion(AwsService service, string region) => Partition.Of(region) switch
    {
        var partition when service == AwsService.Iam && partition == Partition.China => "cn-north-1",
        var partition when service == AwsService.Route53 || service == AwsService.Organizations || service == AwsService.Iam =>
            partition.GlobalRegion,
        _ => region,
    };

    // Source: AWS's endpoint rules, and the Route 53, Organizations and IAM pages of the General Reference.
    private static string Host(AwsService service, string region)
    {
        var partition = Partition.Of(region);
        return service switch
        {
            _ when (service == AwsService.Route53 || service == AwsService.Iam) && partition == Partition.Government =>
                $"{service.Prefix}.us-gov.{partition.Domain}",
            _ when service == AwsService.Route53 || (service == AwsService.Iam && partition == Partition.Standard) =>
                $"{service.Prefix}.{partition.Domain}",
            _ => $"{service.HostLabel}.{SigningRegion(service, region)}.{partition.Domain}",
        };
    }

    /// <summary>
    /// True for one label of a host name. S3's certificate covers one only, so a bucket with dots in its name keeps to the path.
    /// </summary>
    private static bool IsLabel(string bucket) => bucket.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string? Configured(AwsOptions options, Lazy<AwsConfig> config, AwsService service)
    {
        if (options.EndpointUrl is { Length: > 0 } said)
        {
            return said;
        }

        if (options.Handler is not null || IsTrue(options.Environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")))
        {
            return null;
        }

        return Set(options.Environment(service.EndpointVariable)) ?? Set(options.Environment("AWS_ENDPOINT_URL"))
            ?? OfProfile(options, config, service);
    }

    private static string? OfProfile(AwsOptions options, Lazy<AwsConfig> config, AwsService service)
    {
        var profile = ProfileName(options);
        var ignored = config.Value.Profile(profile)?.GetValueOrDefault("ignore_configured_endpoint_urls");
        return IsTrue(ignored) ? null : Set(config.Value.EndpointUrl(profile, service));
    }

    internal static string ProfileName(AwsOptions options) => options.Profile ?? Set(options.Environment("AWS_PROFILE")) ?? "default";

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static bool IsTrue(string? value) => string.Equals(value?.Trim(), "true", StringComparison.OrdinalIgnoreCase);

    private static Uri? Parse(string? address)
    {
        if (address is null)
        {
            return null;
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0
            ? uri
            : throw new CloudException(
                CloudErrorKind.Refused,
                "InvalidEndpoint",
                $"\"{address}\" is not the http(s) address of an endpoint; check AWS_ENDPOINT_URL and the profile's endpoint_url.",
                "aws:Configure");
    }
}
