using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Buckets;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// What is handed from action to action: who may read and write it. Across accounts three have to agree: the role's own policy, the
/// bucket's and the key's. The latter two let in the account as far as it is that role, so that they work before there is one, and after it
/// was made anew.
/// </summary>
internal static class Artifacts
{
    private static readonly string[] ReadObject = ["s3:GetObject", "s3:GetObjectVersion"];
    private static readonly string[] WriteObject = [.. ReadObject, "s3:PutObject", "s3:AbortMultipartUpload"];

    // A source gives what it brings to the bucket's owner, from another account or through a connection, and S3 asks for the right to do
    // that even where nobody else could own it. Seen in aws/aws-cdk#14156 and #13557.
    private const string Give = "s3:PutObjectAcl";

    private static readonly string[] Look = ["s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"];
    private static readonly string[] Decrypt = ["kms:Decrypt", "kms:DescribeKey"];
    private static readonly string[] Encrypt = [.. Decrypt, "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

    /// <summary>What a role needs in its own policy, in the pipeline's region.</summary>
    /// <param name="key">The ARN of the key.</param>
    public static IEnumerable<MapValue> Rights(PipelineScope pipeline, Value key, bool writes) =>
        pipeline.StoreIn(null) is { } store ? Rights(store, key, writes) : [];

    /// <summary>The same in the region of a store.</summary>
    public static IEnumerable<MapValue> Rights(ArtifactStore store, Value key, bool writes) =>
    [
        PolicyDocument.Allow($"{store.Bucket.Arn}/*", writes ? WriteObject : ReadObject),
        PolicyDocument.Allow(store.Bucket.Arn, Look),
        PolicyDocument.Allow(key, writes ? Encrypt : Decrypt),
    ];

    /// <summary>What a source needs besides that gives what it brings to the bucket's owner.</summary>
    public static IEnumerable<MapValue> Giving(PipelineScope pipeline) =>
        pipeline.StoreIn(null) is { } store ? [PolicyDocument.Allow($"{store.Bucket.Arn}/*", Give)] : [];

    /// <summary>What those of other accounts need of a bucket's policy.</summary>
    public static IEnumerable<MapValue> BucketStatements(PipelineScope pipeline, KnownBucket bucket) =>
        from users in Foreign(pipeline, bucket.Place)
        let principal = new MapValue { ["AWS"] = pipeline.AccountRoot(users.Account) }
        from statement in new[]
        {
            BucketPolicy.Allow(principal, users.Write ? [.. WriteObject, Give] : ReadObject, [$"{bucket.Arn}/*"], Only(pipeline, users)),
            BucketPolicy.Allow(principal, Look, [bucket.Arn], Only(pipeline, users)),
        }
        select statement;

    /// <summary>What those of other accounts need of the policy of the key in a region.</summary>
    public static IEnumerable<MapValue> KeyStatements(PipelineScope pipeline, string region) =>
        from users in Foreign(pipeline, pipeline.Own.Place with { Region = region })
        select new MapValue
        {
            ["Effect"] = "Allow",
            ["Principal"] = new MapValue { ["AWS"] = pipeline.AccountRoot(users.Account) },
            ["Action"] = Value.OfMany(users.Write ? Encrypt : Decrypt),
            ["Resource"] = "*",
            ["Condition"] = Only(pipeline, users),
        };

    private static MapValue Only(PipelineScope pipeline, UsersOf users) => new()
    {
        ["ArnEquals"] = new MapValue { ["aws:PrincipalArn"] = Value.OfMany(users.Roles.Select(r => pipeline.RoleArn(users.Account, r))) },
    };

    // In its own account a role's own policy is enough. The pipeline's role is everywhere: it copies what another region needs.
    private static IEnumerable<UsersOf> Foreign(PipelineScope pipeline, Place place)
    {
        var all = pipeline.Running.SelectMany(a => a.Action.Users(a)).Where(u => (u.Region ?? pipeline.Own.Place.Region) == place.Region)
            .Prepend(new ArtifactUser(pipeline.Own.Place.Account, pipeline.ServiceRoleName, Writes: true));
        return from user in all.DistinctBy(u => (u.Account, u.RoleName, u.Writes))
               where user.Account != place.Account
               group user.RoleName by (user.Account, user.Writes) into same
               select new UsersOf(same.Key.Account, same.Key.Writes, [.. same]);
    }

    private sealed record UsersOf(string Account, bool Write, ImmutableArray<string> Roles);
}
