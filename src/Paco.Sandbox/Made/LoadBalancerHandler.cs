using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>A load balancer: where it is to write access logs it tries to, and is refused where the bucket does not let it.</summary>
internal sealed class LoadBalancerHandler : ResourceHandler
{
    private static readonly string[] Application = ["logdelivery.elasticloadbalancing.amazonaws.com"];
    private static readonly string[] Network = ["delivery.logs.amazonaws.com"];

    public override LiveResource Create(ResourceRequest m)
    {
        CheckLogs(m);
        return base.Create(m);
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        CheckLogs(m);
        return base.Update(m, before);
    }

    private static void CheckLogs(ResourceRequest m)
    {
        if (Attribute(m, "access_logs.s3.enabled") != "true" || Attribute(m, "access_logs.s3.bucket") is not { } bucket)
        {
            return;
        }

        var isNetwork = m.Text("Type") == "network";
        var source = isNetwork
            ? $"arn:{m.Partition}:logs:{m.Region}:{m.Account}:*"
            : $"arn:{m.Partition}:elasticloadbalancing:{m.Region}:{m.Account}:loadbalancer/app/{m.Text("Name")}/0123456789abcdef";
        var asks = new ServicePermission(isNetwork ? Network : Application, new Dictionary<string, string>
        {
            ["aws:SourceArn"] = source, ["aws:SourceAccount"] = m.Account, ["aws:SecureTransport"] = "true",
            ["s3:x-amz-acl"] = "bucket-owner-full-control",
        });
        var prefix = Attribute(m, "access_logs.s3.prefix") is { Length: > 0 } given ? $"{given}/" : "";
        var there = m.Store.Anywhere("AWS::S3::Bucket", bucket);
        var policy = m.Store.Anywhere("AWS::S3::BucketPolicy", bucket)?.Properties["PolicyDocument"];
        if (there is null || there.Region != m.Region
            || !asks.Allows(policy, "s3:PutObject", $"arn:{m.Partition}:s3:::{bucket}/{prefix}AWSLogs/{m.Account}/ELBAccessLogTestFile"))
        {
            throw new ResourceFailure(
                $"Resource handler returned message: \"Access Denied for bucket: {bucket}. Please check S3bucket permission (Service: ElasticLoadBalancingV2, Status Code: 400, Error Code: InvalidConfigurationRequest)\" (RequestToken: {m.Seed.Uuid("token")}, HandlerErrorCode: InvalidRequest)");
        }
    }

    private static string? Attribute(ResourceRequest m, string key) =>
        (m.Properties["LoadBalancerAttributes"] as JsonArray ?? []).FirstOrDefault(a => a?["Key"]?.ToString() == key)?["Value"]?.ToString();
}
