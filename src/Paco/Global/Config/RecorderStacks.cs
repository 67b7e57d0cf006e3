using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Buckets;
using Paco.Resources.Iam;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.Config;

/// <summary>
/// The stacks of AWS Config: one bucket, in every account a role, in every region of it a recorder that delivers to the bucket.
/// </summary>
internal sealed class RecorderStacks(Recorder recorder, GlobalScope scope)
{
    private const string BucketKey = "paco-awsconfig";

    private readonly BuildContext _build = scope.Build;

    private static ObjectPath BucketRef => $"resource.s3.buckets.{BucketKey}";

    public void Build()
    {
        if (recorder.BucketAccount?.Path.Account is not { } bucketAccount || recorder.GlobalResourcesRegion.Length == 0)
            return;
        var locations = Locations();
        if (locations.IsEmpty)
            return;
        var place = new Place(_build.AccountOf(bucketAccount), recorder.GlobalResourcesRegion);
        // The first location's account is part of the name, wherever the bucket is.
        var id = new NodeId(place, Names.Stack("Resource-Config", locations[0].Account, BucketKey, "S3"));
        var name = BucketName.OfOwn(_build, ["paco-s3", BucketKey, "config"], bucketAccount, place.Region);
        var known = new KnownBucket(name, place, id);
        Bucket.Offer(_build, BucketRef, known);
        WriteBucket(known, locations);
        foreach (var (account, regions) in locations)
        {
            var role = WriteRole(account, known);
            foreach (var region in regions)
                WriteRecorder(account, region, known, role);
        }
    }

    private ImmutableArray<(string Account, ImmutableArray<string> Regions)> Locations()
    {
        var written = recorder.Locations.Where(l => l.Account?.Path.Account is not null)
            .Select(l => (l.Account!.Path.Account!, l.OwnRegions.IsEmpty ? _build.ActiveRegions : l.OwnRegions)).ToList();
        var all = written.Count > 0 ? written : _build.Index.Children("accounts").Select(a => (a, _build.ActiveRegions));
        return [.. all.DistinctBy(l => _build.AccountOf(l.Item1))];
    }

    private void WriteBucket(KnownBucket known, ImmutableArray<(string Account, ImmutableArray<string> Regions)> locations)
    {
        var accounts = locations.Select(l => _build.AccountId(l.Account)).ToList();
        var service = BucketPolicy.Service("config.amazonaws.com");
        var own = new MapValue { ["aws:SourceAccount"] = Value.List(accounts) };
        var bucket = new Bucket
        {
            Known = known,
            Ref = BucketRef,
            Label = Names.Camel(BucketKey),
            Location = recorder.Location,
            IsDeletedWithStack = true,
            Statements =
            [
                BucketPolicy.Allow(service, ["s3:GetBucketAcl", "s3:ListBucket"], [known.Arn], new MapValue { ["StringEquals"] = own }),
                BucketPolicy.Allow(service, ["s3:PutObject"], accounts.Select(a => Fn.Concat($"{known.Arn}/AWSLogs/", a, "/Config/*")),
                    new MapValue { ["StringEquals"] = own.With("s3:x-amz-acl", "bucket-owner-full-control") }),
            ],
        };
        bucket.Write(Stack(known.Policy, "bucket", isEnabled: recorder.IsEnabled));
    }

    private IamRole WriteRole(string account, KnownBucket known)
    {
        var place = new Place(_build.AccountOf(account), recorder.GlobalResourcesRegion);
        var name = $"AWSConfig-{account}";
        var role = new IamRole
        {
            Ref = $"{recorder.Path}.{name}",
            Resource = "Config",
            Name = name,
            Location = recorder.Location,
            Trust = PolicyDocument.Of(new MapValue
            {
                ["Effect"] = "Allow",
                ["Principal"] = BucketPolicy.Service("config.amazonaws.com"),
                ["Action"] = Value.List("sts:AssumeRole"),
                ["Condition"] = new MapValue { ["StringEquals"] = new MapValue { ["aws:SourceAccount"] = Fn.AccountId } },
            }),
            ManagedPolicyArns = [$"arn:{place.Partition.Name}:iam::aws:policy/service-role/AWS_ConfigRole"],
            Policies =
            [
                new("Delivery", PolicyDocument.Of(
                    PolicyDocument.Allow(Fn.Sub($"{known.Arn}/AWSLogs/${{AWS::AccountId}}/Config/*"), "s3:PutObject", "s3:PutObjectAcl"),
                    PolicyDocument.Allow(known.Arn, "s3:GetBucketAcl"))),
            ],
        };
        var inAccount = new BuildScope(_build, place)
        {
            Prefix = $"Resource-Config-{account}", OwnNames = ["config"], Label = $"config {account}",
            ChangeProtected = recorder.ChangeProtected,
        };
        role.Build(inAccount, recorder);
        return role;
    }

    private void WriteRecorder(string account, string region, KnownBucket bucket, IamRole role)
    {
        var place = new Place(_build.AccountOf(account), region);
        var id = new NodeId(place, Names.Stack("Resource-Config", account, "Config"));
        var stack = Stack(id, $"in {account} {region}", recorder.IsEnabled);
        if (!recorder.IsEnabled)
            return;
        stack.After.Add(bucket.Policy);
        stack.Resource("ConfigurationRecorder", "AWS::Config::ConfigurationRecorder", new MapValue
        {
            ["RoleARN"] = stack.Input("AWSConfigRoleArn", new Ref($"{role.Ref}.arn", role.Ref, recorder.Location)),
            ["RecordingGroup"] = new MapValue
            {
                ["AllSupported"] = true,
                ["IncludeGlobalResourceTypes"] = region == recorder.GlobalResourcesRegion,
            },
        });
        stack.Resource("DeliveryChannel", "AWS::Config::DeliveryChannel", new MapValue
        {
            ["S3BucketName"] = stack.Parameter("S3BucketName", bucket.Name),
            ["ConfigSnapshotDeliveryProperties"] = new MapValue { ["DeliveryFrequency"] = recorder.DeliveryFrequency },
        });
    }

    private StackBuilder Stack(NodeId id, string title, bool isEnabled)
    {
        var stack = _build.Stack(id, recorder.Path, $"config {title}", isEnabled, recorder.Location);
        stack.ChangeProtected = recorder.ChangeProtected;
        return stack;
    }
}
