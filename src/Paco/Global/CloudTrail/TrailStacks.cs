using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Monitoring;
using Paco.Resources.Buckets;
using Paco.Resources.Iam;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.CloudTrail;

/// <summary>
/// The stacks of a trail: the key and the bucket first, whose policies name every account, then the trail in each of them. AWS makes no
/// trail whose bucket or key does not let it write.
/// </summary>
/// <param name="isFirst">Its stacks in the accounts have the name that says nothing of the trail, as deployed ones have.</param>
internal sealed class TrailStacks(Trail trail, GlobalScope scope, bool isFirst)
{
    private const string LogGroupId = "CloudTrailLogGroup";
    private const string RoleId = "CloudTrailLogDeliveryRole";

    private readonly BuildContext _build = scope.Build;

    /// <summary>What references to the bucket begin with, as if it stood in resource/s3.yaml.</summary>
    private ObjectPath BucketRef => $"resource.s3.buckets.{trail.Name}";

    private Ref KeyArn => trail.ToRef().Output("kms.arn");

    public void Build()
    {
        if (trail.BucketAccount?.Path.Account is not { } bucketAccount)
            return;
        var accounts = AccountNames();
        var place = PlaceOf(bucketAccount);
        if (trail.IsEncrypted)
        {
            new TrailKey(trail, _build, scope.DefaultRegion)
                .Write(Stack(new NodeId(place, NameOf(bucketAccount, $"{trail.Name}-KMS")), "key", "kms"), TrailArns(accounts));
        }
        var bucket = BucketIn(bucketAccount, place);
        WriteBucket(Stack(bucket.Policy, "bucket"), bucket, accounts);
        // The bucket's own account comes first, as it always did.
        foreach (var account in accounts.OrderBy(a => a != bucketAccount))
            WriteTrail(account, bucket);
    }

    // Several names of one account have one trail.
    private ImmutableArray<string> AccountNames()
    {
        ImmutableArray<string> named = [.. trail.Accounts.Select(a => a.Path.Account).OfType<string>()];
        return [.. (named.Length > 0 ? named : _build.Index.Children("accounts")).DistinctBy(_build.AccountOf)];
    }

    private Place PlaceOf(string account)
    {
        var own = (_build.Offers.Find($"accounts.{account}.region")?.Source as LiteralSource)?.Text is { } written
            ? Regions.Given(written)
            : null;
        return new Place(_build.AccountOf(account), trail.Region ?? own ?? scope.DefaultRegion);
    }

    // In the order of the accounts: each trail's ARN, which is known before there is one.
    private ImmutableArray<(string Account, Value Arn)> TrailArns(ImmutableArray<string> accounts) =>
        [.. accounts.Select(account => (account, ArnOf(account)))];

    private Value ArnOf(string account)
    {
        var place = PlaceOf(account);
        return Fn.Concat($"arn:{place.Partition.Name}:cloudtrail:{place.Region}:", _build.AccountId(account), $":trail/{trail.Name}");
    }

    private KnownBucket BucketIn(string account, Place place)
    {
        var name = BucketName.OfOwn(_build, ["paco-s3", trail.Name, "cloudtrail"], account, place.Region);
        if (BucketName.Fault(name) is { } fault)
        {
            _build.Bag.Add(BucketCodes.BadName, trail.Location, $"the bucket would be called {name}: that {fault}", "rename the trail",
                subject: trail.Path);
        }
        var bucket = new KnownBucket(name, place, new NodeId(place, NameOf(account, $"{trail.Name}-S3")));
        Bucket.Offer(_build, BucketRef, bucket);
        return bucket;
    }

    private void WriteBucket(StackBuilder stack, KnownBucket known, ImmutableArray<string> accounts)
    {
        var arns = TrailArns(accounts);
        var prefix = trail.KeyPrefix.Length > 0 ? $"{trail.KeyPrefix}/" : "";
        var service = BucketPolicy.Service("cloudtrail.amazonaws.com");
        new Bucket
        {
            Known = known,
            Ref = BucketRef,
            Label = Names.Camel(trail.Name),
            Location = trail.Location,
            IsDeletedWithStack = true,
            Statements =
            [
                BucketPolicy.Allow(service, ["s3:GetBucketAcl"], [known.Arn], OnlyFor(arns)),
                BucketPolicy.Allow(service, ["s3:PutObject"],
                    accounts.Select(a => Fn.Concat($"{known.Arn}/{prefix}AWSLogs/", _build.AccountId(a), "/*")),
                    OnlyFor(arns, new MapValue { ["s3:x-amz-acl"] = "bucket-owner-full-control" })),
            ],
        }.Write(stack);
    }

    /// <summary>The condition that a service acts for one of these trails.</summary>
    internal static MapValue OnlyFor(ImmutableArray<(string Account, Value Arn)> trails, MapValue? more = null) => new()
    {
        ["StringEquals"] = (more ?? []).With("aws:SourceArn", Value.List(trails.Select(t => t.Arn))),
    };

    private void WriteTrail(string account, KnownBucket bucket)
    {
        var id = new NodeId(PlaceOf(account), NameOf(account, isFirst ? "CloudTrail" : $"{trail.Name}-CloudTrail"));
        var stack = Stack(id, $"in {account}");
        stack.After.Add(bucket.Policy);
        var logicalId = $"CloudTrail{Names.LogicalId(trail.Name)}";
        var group = trail.LogGroup is { } logs ? WriteLogs(stack, logs, account) : null;
        stack.Add(new Resource(logicalId, "AWS::CloudTrail::Trail", new MapValue
        {
            ["TrailName"] = trail.Name,
            ["IsLogging"] = trail.IsEnabled,
            ["IsMultiRegionTrail"] = trail.IsMultiRegion,
            ["IncludeGlobalServiceEvents"] = trail.IncludesGlobalEvents,
            ["EnableLogFileValidation"] = trail.ValidatesFiles,
            ["S3BucketName"] = bucket.Name,
            ["S3KeyPrefix"] = trail.KeyPrefix.Length > 0 ? Value.Of(trail.KeyPrefix) : null,
            ["KMSKeyId"] = trail.IsEncrypted ? stack.Input("CMKArn", KeyArn) : null,
            ["CloudWatchLogsLogGroupArn"] = group,
            ["CloudWatchLogsRoleArn"] = group is null ? null : Fn.GetAtt(RoleId, "Arn"),
        })
        {
            DependsOn = group is null ? [] : [RoleId],
            Source = trail.Location,
        });
        stack.Output($"{logicalId}Arn", Fn.GetAtt(logicalId, "Arn"), $"{trail.Path}.arn");
    }

    // The group with its filters, and the role that CloudTrail writes to it with; the answer is the group's ARN.
    private Value WriteLogs(StackBuilder stack, LogGroup logs, string account)
    {
        var place = stack.Id.Place;
        var arn = $"arn:{place.Partition.Name}:logs:{place.Region}:${{AWS::AccountId}}:log-group:{logs.LogGroupName}";
        stack.Log(logs.LogGroupName);
        if (!logs.ExternalResource)
        {
            if (_build.Claim($"log group {place} {logs.LogGroupName}", trail.Path) is { } other)
            {
                _build.Bag.Add(StackCodes.NameTaken, logs.Location,
                    $"two trails have a log group {logs.LogGroupName}: this one and {other}",
                    "rename one", subject: trail.Path);
            }
            stack.Resource(LogGroupId, "AWS::Logs::LogGroup", new MapValue
            {
                ["LogGroupName"] = logs.LogGroupName,
                ["RetentionInDays"] = Value.Of(LogRetention.InDays(logs.ExpireEventsAfterDays)),
            }, logs.Location);
        }
        foreach (var filter in logs.MetricFilters)
            filter.Write(stack, logs.LogGroupName, logs.LogGroupName, logs.ExternalResource ? [] : [LogGroupId]);
        stack.Capabilities = ["CAPABILITY_IAM"];
        stack.Resource(RoleId, "AWS::IAM::Role", new MapValue
        {
            ["AssumeRolePolicyDocument"] = Trust(account),
            ["Policies"] = Value.List(new MapValue
            {
                ["PolicyName"] = "CloudTrailLogDelivery",
                ["PolicyDocument"] = PolicyDocument.Of(PolicyDocument.Allow(
                    Fn.Sub($"{arn}:log-stream:${{AWS::AccountId}}_CloudTrail_{place.Region}*"),
                    "logs:CreateLogStream", "logs:PutLogEvents")),
            }),
        }, logs.Location);
        var group = logs.ExternalResource ? Fn.Sub($"{arn}:*") : Fn.GetAtt(LogGroupId, "Arn");
        stack.Output("CloudTrailLogGroupArn", group, $"{trail.Path}.cloudwatchlogs_log_group.arn");
        return group;
    }

    // CloudTrail takes the role on for this trail alone: nobody else's trail may write here through it.
    private MapValue Trust(string account) => PolicyDocument.Of(new MapValue
    {
        ["Effect"] = "Allow",
        ["Principal"] = BucketPolicy.Service("cloudtrail.amazonaws.com"),
        ["Action"] = Value.List("sts:AssumeRole"),
        ["Condition"] = new MapValue
        {
            ["StringEquals"] = new MapValue { ["aws:SourceAccount"] = Fn.AccountId },
            ["ArnEquals"] = new MapValue { ["aws:SourceArn"] = ArnOf(account) },
        },
    });

    private StackBuilder Stack(NodeId id, string title, string part = "")
    {
        var stack = _build.Stack(id, trail.Path.Below(part), $"trail {trail.Name} {title}", trail.IsEnabled, trail.Location);
        stack.ChangeProtected = trail.ChangeProtected;
        return stack;
    }

    private static string NameOf(string account, string suffix) => Names.Stack("Resource-CloudTrail", account, suffix);
}
