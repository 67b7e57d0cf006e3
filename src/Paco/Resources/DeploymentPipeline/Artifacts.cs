using System.Collections.Immutable;
using Paco.CloudFormation;
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
    private static readonly string[] Look = ["s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"];
    private static readonly string[] Decrypt = ["kms:Decrypt", "kms:DescribeKey"];
    private static readonly string[] Encrypt = [.. Decrypt, "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

    /// <summary>What a role needs in its own policy.</summary>
    /// <param name="key">The ARN of the key.</param>
    public static IEnumerable<MapValue> Rights(PipelineScope pipeline, Value key, bool writes)
    {
        if (pipeline.Artifacts is { } bucket)
        {
            yield return PolicyDocument.Allow($"{bucket.Arn}/*", writes ? WriteObject : ReadObject);
            yield return PolicyDocument.Allow(bucket.Arn, Look);
        }
        yield return PolicyDocument.Allow(key, writes ? Encrypt : Decrypt);
    }

    /// <summary>What those of other accounts need of the bucket's policy.</summary>
    public static IEnumerable<MapValue> BucketStatements(PipelineScope pipeline, KnownBucket bucket) =>
        from users in Foreign(pipeline, bucket.Place.Account)
        let principal = new MapValue { ["AWS"] = pipeline.AccountRoot(users.Account) }
        from statement in new[]
        {
            BucketPolicy.Allow(principal, users.Write ? WriteObject : ReadObject, [$"{bucket.Arn}/*"], Only(pipeline, users)),
            BucketPolicy.Allow(principal, Look, [bucket.Arn], Only(pipeline, users)),
        }
        select statement;

    /// <summary>What those of other accounts need of the key's policy.</summary>
    public static IEnumerable<MapValue> KeyStatements(PipelineScope pipeline) =>
        from users in Foreign(pipeline, pipeline.Own.Place.Account)
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

    // In its own account a role's own policy is enough.
    private static IEnumerable<UsersOf> Foreign(PipelineScope pipeline, string account)
    {
        var all = pipeline.Running.SelectMany(a => a.Action.Users(a))
            .Prepend(new ArtifactUser(pipeline.Own.Place.Account, pipeline.ServiceRoleName, Writes: true));
        return from user in all.Distinct()
               where user.Account != account
               group user.RoleName by (user.Account, user.Writes) into same
               select new UsersOf(same.Key.Account, same.Key.Writes, [.. same]);
    }

    private sealed record UsersOf(string Account, bool Write, ImmutableArray<string> Roles);
}
