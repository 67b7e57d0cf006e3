using Paco.CloudFormation;

namespace Paco.Planning.Security;

/// <summary>
/// Switches that put something before the public: blocks of public access, publicly accessible databases, load balancers.
/// </summary>
internal static class PublicExposure
{
    private static readonly string[] Blocks = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];

    /// <summary>
    /// A bucket. AWS blocks public access to new ones; a block is lifted where it is written off, or is no longer written.
    /// </summary>
    /// <param name="other">The same bucket on the other side of the change.</param>
    public static IEnumerable<Access> OfBucket(string logicalId, MapValue bucket, MapValue? other, DisplayValues reading)
    {
        var holder = $"bucket {DisplayValues.NameOf(logicalId, bucket)}";
        var open = Blocks.Where(b => Block(bucket, b, reading) == "false"
            || (Block(bucket, b, reading) == "" && other is not null && Block(other, b, reading) == "true")).ToList();
        if (open.Count > 0)
            yield return new PublicAccess(holder, $"public access is not blocked: {string.Join(", ", open)}", Danger.DenialLifted);
        if (reading.Text(bucket["AccessControl"]) is var list && list is "PublicRead" or "PublicReadWrite")
            yield return new PublicAccess(holder, $"access control list {list}", Danger.Anybody);
    }

    public static IEnumerable<Access> OfDatabase(string logicalId, MapValue database, DisplayValues reading)
    {
        if (reading.Text(database["PubliclyAccessible"]) == "true")
            yield return new PublicAccess($"database {NameOf(database, logicalId)}", "has a public address", Danger.OpenToInternet);
    }

    /// <summary>
    /// Being on the internet is a load balancer's work: it is said, and not called dangerous. It is what AWS makes where nothing is said.
    /// </summary>
    public static IEnumerable<Access> OfLoadBalancer(string logicalId, MapValue balancer, DisplayValues reading)
    {
        if (reading.Text(balancer["Scheme"]) is "" or "internet-facing")
            yield return new PublicAccess($"load balancer {NameOf(balancer, logicalId)}", "faces the internet", Danger.None);
    }

    public static IEnumerable<Access> OfFunctionUrl(MapValue url, DisplayValues reading)
    {
        if (reading.Text(url["AuthType"]) == "NONE")
        {
            yield return new PublicAccess($"function {reading.Name(url["TargetFunctionArn"])}", "has a URL that asks for no credentials",
                Danger.Anybody);
        }
    }

    private static string Block(MapValue bucket, string name, DisplayValues reading) =>
        reading.Text((bucket["PublicAccessBlockConfiguration"] as MapValue)?[name]);

    private static string NameOf(MapValue resource, string logicalId) =>
        (resource["DBInstanceIdentifier"] ?? resource["DBClusterIdentifier"] ?? resource["Name"]
            ?? resource["LoadBalancerName"]) is TextValue { Text: var name }
            ? name
            : logicalId;
}
