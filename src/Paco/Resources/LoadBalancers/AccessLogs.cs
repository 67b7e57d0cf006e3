using System.Collections.Frozen;
using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Buckets;
using Paco.Stacks;

namespace Paco.Resources.LoadBalancers;

/// <summary>
/// The logs a load balancer writes to a bucket of its region. AWS writes a file to try when they are switched on, so the bucket's policy
/// comes first.
/// </summary>
internal sealed class AccessLogs(Ref? bucket, string prefix, LoadBalancerKind kind)
{
    public const string Switch = "access_logs.s3.enabled";

    public static readonly Check Prefix = Binding.Check.Of("a prefix without AWSLogs, and without / at either end",
        text => !text.Contains("AWSLogs", StringComparison.Ordinal) && !text.StartsWith('/') && !text.EndsWith('/'));

    // Where load balancers are older than August 2022, the logs came from an account of AWS's own, one a region, and may still.
    // Source: Elastic Load Balancing User Guide, "Enable access logs for your Application Load Balancer".
    private static readonly FrozenDictionary<string, string> Writers = new Dictionary<string, string>
    {
        ["us-east-1"] = "127311923021", ["us-east-2"] = "033677994240", ["us-west-1"] = "027434742980", ["us-west-2"] = "797873946194",
        ["af-south-1"] = "098369216593", ["ca-central-1"] = "985666609251", ["eu-central-1"] = "054676820928",
        ["eu-west-1"] = "156460612806", ["eu-west-2"] = "652711504416", ["eu-south-1"] = "635631232127", ["eu-west-3"] = "009996457667",
        ["eu-north-1"] = "897822967062", ["ap-east-1"] = "754344448648", ["ap-northeast-1"] = "582318560864",
        ["ap-northeast-2"] = "600734575887", ["ap-northeast-3"] = "383597477331", ["ap-southeast-1"] = "114774131450",
        ["ap-southeast-2"] = "783225319266", ["ap-southeast-3"] = "589379963580", ["ap-south-1"] = "718504428378",
        ["me-south-1"] = "076674570225", ["sa-east-1"] = "507241528517", ["us-gov-west-1"] = "048591011584",
        ["us-gov-east-1"] = "190560391635", ["cn-north-1"] = "638102146993", ["cn-northwest-1"] = "037604701340",
    }.ToFrozenDictionary();

    public void Ask(BuildScope scope, LoadBalancer balancer)
    {
        if (bucket is not null)
        {
            scope.Build.Buckets.Grant(bucket.Path, new BucketGrant(balancer.Path, bucket.Location,
                known => [.. kind.IsApplication ? Application(scope, known) : Network(scope, known)]));
        }
    }

    /// <summary>The attributes of the load balancer; its stack waits for the bucket's policy.</summary>
    public IEnumerable<Value> Build(BuildScope scope, StackBuilder stack, LoadBalancer balancer)
    {
        if (bucket is null)
            return [];
        Check(scope, balancer);
        if (scope.Build.Buckets.Find(bucket) is { } known)
            stack.After.Add(known.Policy);
        return
        [
            Attributes.Of(Switch, "true"),
            Attributes.Of("access_logs.s3.bucket", new InputValue(bucket.Output("name"))),
            .. prefix.Length > 0 ? [Attributes.Of("access_logs.s3.prefix", prefix)] : ImmutableArray<Value>.Empty,
        ];
    }

    private void Check(BuildScope scope, LoadBalancer balancer)
    {
        if (scope.Build.Buckets.Find(bucket) is not { } known)
            return;
        if (known.Place.Region != scope.Place.Region)
        {
            scope.Build.Bag.Add(BucketCodes.WrongRegion, bucket!.Location,
                $"the bucket {bucket.Written} is in {known.Place.Region}, the load balancer in {scope.Place.Region}",
                "access logs go to a bucket of the same region; its account may be another", subject: balancer.Path);
        }
        if (!known.IsEnabled)
        {
            scope.Build.Bag.Add(StackCodes.DisabledTarget, bucket!.Location, $"{bucket.Written} refers to something that is disabled here",
                $"enable {bucket.Path}, or write enable_access_logs: false", subject: balancer.Path);
        }
    }

    private IEnumerable<MapValue> Application(BuildScope scope, KnownBucket known)
    {
        var (region, partition, account) = (scope.Place.Region, scope.Place.Partition.Name, scope.Build.AccountId(scope.Place.Account));
        yield return BucketPolicy.Allow(BucketPolicy.Service("logdelivery.elasticloadbalancing.amazonaws.com"), ["s3:PutObject"],
            [Objects(known, account)], new MapValue
            {
                ["ArnLike"] = new MapValue
                {
                    ["aws:SourceArn"] = Fn.Concat($"arn:{partition}:elasticloadbalancing:{region}:", account, ":loadbalancer/*"),
                },
            });
        if (Writers.TryGetValue(region, out var writer))
        {
            yield return BucketPolicy.Allow(new MapValue { ["AWS"] = $"arn:{partition}:iam::{writer}:root" }, ["s3:PutObject"],
                [Objects(known, account)]);
        }
    }

    private IEnumerable<MapValue> Network(BuildScope scope, KnownBucket known)
    {
        var (region, partition, account) = (scope.Place.Region, scope.Place.Partition.Name, scope.Build.AccountId(scope.Place.Account));
        MapValue From(string? acl) => new()
        {
            ["StringEquals"] = new MapValue { ["aws:SourceAccount"] = account, ["s3:x-amz-acl"] = Value.Of(acl) },
            ["ArnLike"] = new MapValue { ["aws:SourceArn"] = Fn.Concat($"arn:{partition}:logs:{region}:", account, ":*") },
        };
        yield return BucketPolicy.Allow(BucketPolicy.Service("delivery.logs.amazonaws.com"), ["s3:GetBucketAcl"], [known.Arn], From(null));
        yield return BucketPolicy.Allow(BucketPolicy.Service("delivery.logs.amazonaws.com"), ["s3:PutObject"], [Objects(known, account)],
            From("bucket-owner-full-control"));
    }

    private Value Objects(KnownBucket known, Value account) =>
        Fn.Concat($"{known.Arn}/{(prefix.Length > 0 ? $"{prefix}/" : "")}AWSLogs/", account, "/*");
}
