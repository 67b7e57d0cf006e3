namespace Paco.Aws;

/// <summary>
/// A separate AWS: its name in ARNs, its domain, and the regions where its global services sign.
/// Source: AWS's endpoint rules (partitions.json) and the Route 53 and Organizations pages of the General Reference.
/// </summary>
internal sealed record Partition(string Name, string Domain, string GlobalRegion)
{
    private static readonly Partition Standard = new("aws", "amazonaws.com", "us-east-1");
    private static readonly Partition China = new("aws-cn", "amazonaws.com.cn", "cn-northwest-1");
    private static readonly Partition Government = new("aws-us-gov", "amazonaws.com", "us-gov-west-1");
    private static readonly Partition Sovereign = new("aws-eusc", "amazonaws.eu", "eusc-de-east-1");

    public static Partition Of(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => China,
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => Government,
        _ when region.StartsWith("eusc-", StringComparison.Ordinal) => Sovereign,
        _ => Standard,
    };

    /// <summary>The region a call to the service is signed for: its own, or the partition's one for a global service.</summary>
    public static string SigningRegion(AwsService service, string region) =>
        service == AwsService.Route53 || service == AwsService.Organizations ? Of(region).GlobalRegion : region;

    /// <summary>The host that answers for the service.</summary>
    public static string Host(AwsService service, string region)
    {
        var partition = Of(region);
        return service switch
        {
            _ when service == AwsService.Route53 && partition == Government => $"route53.us-gov.{partition.Domain}",
            _ when service == AwsService.Route53 => $"route53.{partition.Domain}",
            _ => $"{service.Prefix}.{SigningRegion(service, region)}.{partition.Domain}",
        };
    }
}
