using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>A recorder of AWS Config: an account has one in a region.</summary>
internal sealed class RecorderHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        ConfigLimit.Check(m, "MaxNumberOfConfigurationRecordersExceededException",
            $"Failed to put configuration recorder '{Names.Of(m)}' because the maximum number of customer managed configuration recorders: 1 is reached.");
        return base.Create(m);
    }
}

/// <summary>Where AWS Config delivers to: one in a region, and only to a bucket whose policy lets it.</summary>
internal sealed class DeliveryChannelHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        ConfigLimit.Check(m, "MaxNumberOfDeliveryChannelsExceededException",
            $"Failed to put delivery channel '{Names.Of(m)}' because the maximum number of delivery channels: 1 is reached.");
        CheckBucket(m);
        return base.Create(m);
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        CheckBucket(m);
        return base.Update(m, before);
    }

    private static void CheckBucket(ResourceRequest m)
    {
        var bucket = m.Text("S3BucketName") ?? "";
        if (m.Store.Anywhere("AWS::S3::Bucket", bucket) is null)
        {
            throw ConfigLimit.Refused(m, $"Cannot find a S3 bucket with an empty bucket name or with the name: '{bucket}'.",
                "NoSuchBucketException");
        }

        var asks = new ServicePermission(["config.amazonaws.com"], new Dictionary<string, string>
        {
            ["aws:SourceAccount"] = m.Account, ["s3:x-amz-acl"] = "bucket-owner-full-control", ["aws:SecureTransport"] = "true",
        });
        var policy = m.Store.Anywhere("AWS::S3::BucketPolicy", bucket)?.Properties["PolicyDocument"];
        if (!asks.Allows(policy, "s3:PutObject", $"arn:{m.Partition}:s3:::{bucket}/AWSLogs/{m.Account}/Config/ConfigWritabilityCheckFile"))
        {
            throw ConfigLimit.Refused(m,
                $"Insufficient delivery policy to s3 bucket: {bucket}, unable to write to bucket, provided s3 key prefix is 'null', provided kms key is 'null'.",
                "InsufficientDeliveryPolicyException");
        }
    }
}

/// <summary>One of a kind in an account and region.</summary>
internal static class ConfigLimit
{
    public static void Check(ResourceRequest m, string code, string message)
    {
        if (m.Store.OfType(m.Account, m.Region, m.Type).Count > 0)
        {
            throw Refused(m, message, code);
        }
    }

    public static ResourceFailure Refused(ResourceRequest m, string message, string code) => new(
        $"Resource handler returned message: \"{message} (Service: Config, Status Code: 400, Error Code: {code})\" (RequestToken: {m.Seed.Uuid("token")}, HandlerErrorCode: InvalidRequest)");
}
