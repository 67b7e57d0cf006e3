using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>
/// A trail: CloudTrail takes it on only where the bucket's policy, the key's and the role's let it write for this very trail.
/// Source: the CloudTrail User Guide on the policies of buckets, keys and roles; the service's model, CreateTrail.
/// </summary>
internal sealed class TrailHandler : ResourceHandler
{
    private const string Service = "cloudtrail.amazonaws.com";
    private const int MaxTrails = 5;

    public override LiveResource Create(ResourceRequest m)
    {
        Check(m);
        if (m.Store.OfType(m.Account, m.Region, m.Type).Count >= MaxTrails)
        {
            throw Refused(m, $"User: {m.Account} already has {MaxTrails} trails in {m.Region}.", "MaximumNumberOfTrailsExceededException");
        }

        return base.Create(m);
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        Check(m);
        return base.Update(m, before);
    }

    private static void Check(ResourceRequest m)
    {
        var arn = $"arn:{m.Partition}:cloudtrail:{m.Region}:{m.Account}:trail/{Names.Of(m)}";
        CheckBucket(m, arn);
        CheckKey(m, arn);
        CheckRole(m, arn);
    }

    private static void CheckBucket(ResourceRequest m, string trail)
    {
        var bucket = m.Text("S3BucketName") ?? "";
        if (m.Store.Anywhere("AWS::S3::Bucket", bucket) is null)
        {
            throw Refused(m, $"S3 bucket {bucket} does not exist!", "S3BucketDoesNotExistException");
        }

        var policy = m.Store.Anywhere("AWS::S3::BucketPolicy", bucket)?.Properties["PolicyDocument"];
        var prefix = m.Text("S3KeyPrefix") is { Length: > 0 } given ? $"{given}/" : "";
        var (name, asks) = ($"arn:{m.Partition}:s3:::{bucket}", For(m, trail, ("s3:x-amz-acl", "bucket-owner-full-control")));
        if (!asks.Allows(policy, "s3:GetBucketAcl", name)
            || !asks.Allows(policy, "s3:PutObject", $"{name}/{prefix}AWSLogs/{m.Account}/CloudTrail/{m.Region}/file.json.gz"))
        {
            throw Refused(m, $"Incorrect S3 bucket policy is detected for bucket: {bucket}", "InsufficientS3BucketPolicyException");
        }
    }

    private static void CheckKey(ResourceRequest m, string trail)
    {
        if (m.Text("KMSKeyId") is not { Length: > 0 } id)
        {
            return;
        }

        var key = m.Store.Anywhere("AWS::KMS::Key", id[(id.LastIndexOf('/') + 1)..])
            ?? throw Refused(m, $"KMS key {id} does not exist", "KmsKeyNotFoundException");
        if (!For(m, trail, ("kms:EncryptionContext:aws:cloudtrail:arn", trail))
            .Allows(key.Properties["KeyPolicy"], "kms:GenerateDataKey",
                $"arn:{m.Partition}:kms:{key.Region}:{key.Account}:key/{key.Physical}"))
        {
            throw Refused(m, $"Insufficient permissions to access S3 bucket {m.Text("S3BucketName")} or KMS key {id}.",
                "InsufficientEncryptionPolicyException");
        }
    }

    private static void CheckRole(ResourceRequest m, string trail)
    {
        if (m.Text("CloudWatchLogsLogGroupArn") is not { Length: > 0 } group)
        {
            return;
        }

        var arn = m.Text("CloudWatchLogsRoleArn") ?? "";
        var role = m.Store.Find(m.Account, ResourceRegions.Global, "AWS::IAM::Role", arn[(arn.LastIndexOf('/') + 1)..]);
        if (role is null || !For(m, trail).Allows(role.Properties["AssumeRolePolicyDocument"], "sts:AssumeRole", arn))
        {
            throw Refused(m, "Access denied. Check the trust relationships for your role.", "InvalidCloudWatchLogsRoleArnException");
        }

        var stream = $"{group.TrimEnd('*').TrimEnd(':')}:log-stream:{m.Account}_CloudTrail_{m.Region}";
        var own = new ServicePermission([], new Dictionary<string, string>());
        var policies = (role.Properties["Policies"] as JsonArray ?? []).Select(p => p?["PolicyDocument"]).ToList();
        if (!policies.Exists(p => own.Allows(p, "logs:PutLogEvents", stream))
            || !policies.Exists(p => own.Allows(p, "logs:CreateLogStream", stream)))
        {
            throw Refused(m, "Access denied. Verify in IAM that the role has adequate permissions.",
                "InvalidCloudWatchLogsRoleArnException");
        }
    }

    private static ServicePermission For(ResourceRequest m, string trail, params (string Key, string Value)[] more) => new([Service],
        new Dictionary<string, string>([
            new("aws:SourceArn", trail), new("aws:SourceAccount", m.Account), new("aws:SecureTransport", "true"),
            .. more.Select(c => KeyValuePair.Create(c.Key, c.Value)),
        ]));

    private static ResourceFailure Refused(ResourceRequest m, string message, string code) => new(
        $"Resource handler returned message: \"Invalid request provided: {message} (Service: CloudTrail, Status Code: 400, Error Code: {code})\" (RequestToken: {m.Seed.Uuid("token")}, HandlerErrorCode: InvalidRequest)");
}
