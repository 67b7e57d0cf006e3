using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Buckets;

/// <summary>Everything new in the bucket is copied to another one.</summary>
public sealed class ReplicationRule(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false, WhenDisabled.Alone);

    public Ref? Destination { get; } = f.Ref("destination", "The bucket it is copied to.", "S3Bucket", required: true);

    public Given<bool> ChangeToDestinationOwner { get; } =
        f.Flag("change_to_destination_owner", "Copies belong to the account of the bucket they are in, where that is another.", false);

    public string? StorageClass { get; } = f.Text("storage_class", "How copies are stored; as the original where not given.", Check.OneOf(
        "DEEP_ARCHIVE", "GLACIER", "GLACIER_IR", "INTELLIGENT_TIERING", "ONEZONE_IA", "OUTPOSTS", "REDUCED_REDUNDANCY", "STANDARD",
        "STANDARD_IA"));

    /// <summary>What it needs of both buckets: AWS refuses the rule where one keeps no versions.</summary>
    internal void CheckBuckets(BuildContext build, BucketSettings source)
    {
        if (!source.Versioning)
        {
            build.Bag.Add(BindingCodes.BrokenRule, Location, "replication copies versions, and the bucket keeps none",
                "write versioning: true in both buckets", subject: source.Path);
        }
        if (Destination is null || build.Buckets.Find(Destination) is not { } destination)
            return;
        if (Destination.Path == source.Path)
        {
            build.Bag.Add(BindingCodes.BrokenRule, Destination.Location, "a bucket cannot be copied into itself", subject: source.Path);
        }
        else if (!destination.IsExternal && !destination.IsVersioned)
        {
            build.Bag.Add(BindingCodes.BrokenRule, Destination.Location, $"{Destination.Written} keeps no versions to copy into",
                "write versioning: true there", subject: source.Path);
        }
        if (!destination.IsEnabled && IsEnabled)
        {
            build.Bag.Add(StackCodes.DisabledTarget, Destination.Location,
                $"{Destination.Written} refers to something that is disabled here",
                $"enable {Destination.Path}, or disable the rule", subject: source.Path);
        }
    }

    /// <param name="isOnly">A lone rule is written as deployed ones are; several need an order, and filters in place of prefixes.</param>
    internal MapValue ToValue(BuildContext build, int priority, bool isOnly)
    {
        var destination = build.Buckets.Find(Destination);
        return new MapValue
        {
            ["Id"] = Value.Of(isOnly ? null : Name),
            ["Priority"] = isOnly ? null : (Value)priority,
            ["Status"] = IsEnabled ? "Enabled" : "Disabled",
            ["Prefix"] = Value.Of(isOnly ? "" : null),
            ["Filter"] = isOnly ? null : new MapValue { ["Prefix"] = "" },
            ["DeleteMarkerReplication"] = isOnly ? null : new MapValue { ["Status"] = "Enabled" },
            ["Destination"] = destination is null ? null : new MapValue
            {
                ["Account"] = build.AccountId(destination.Place.Account),
                ["Bucket"] = destination.Arn,
                ["StorageClass"] = Value.Of(StorageClass),
                ["AccessControlTranslation"] = ChangeToDestinationOwner ? new MapValue { ["Owner"] = "Destination" } : null,
            },
        };
    }
}

/// <summary>What replication needs besides its rules: a role for S3, and a statement of each bucket in another account.</summary>
/// <param name="rules">Those of the bucket, in the order of the file.</param>
internal sealed class Replication(BucketSettings settings, KnownBucket source, ImmutableArray<ReplicationRule> rules)
{
    private const int MaxRoleName = 64;
    private const int Kept = 55;

    // One role serves all rules; deployed ones are called after the first.
    private string First => Names.LogicalId(rules[0].Name);

    private string RoleId => $"ReplicationRole{First}";

    private string RoleName
    {
        get
        {
            var name = $"{source.Policy.Name}-Replication-{Names.UpperFirst(rules[0].Name)}";
            return name.Length <= MaxRoleName ? name : $"{Names.Md5(name)[..8]}-{name[^Kept..]}";
        }
    }

    /// <summary>
    /// Asks for the statements on buckets of other accounts; within an account the role's own policy suffices. The role is named in a
    /// condition: a principal would have to exist before the statement.
    /// </summary>
    public void Ask(BuildContext build)
    {
        foreach (var rule in rules.Where(r => r is { IsEnabled: true, Destination: not null }))
        {
            build.Buckets.Grant(rule.Destination!.Path, new BucketGrant(settings.Path, rule.Location, bucket =>
                bucket.Place.Account == source.Place.Account
                    ? []
                    : [
                        Statement(build, [$"{bucket.Arn}/*"], OnObjects(rule)),
                        Statement(build, [bucket.Arn], ["s3:GetBucketVersioning", "s3:ListBucket"]),
                    ]));
        }
    }

    public void Write(StackBuilder stack, BuildContext build)
    {
        foreach (var rule in rules)
            rule.CheckBuckets(build, settings);
        stack.Resource(RoleId, "AWS::IAM::Role", new MapValue
        {
            ["RoleName"] = RoleName,
            ["AssumeRolePolicyDocument"] = Iam.PolicyDocument.Of(new MapValue
            {
                ["Effect"] = "Allow",
                ["Principal"] = BucketPolicy.Service("s3.amazonaws.com"),
                ["Action"] = Value.List("sts:AssumeRole"),
                ["Condition"] = new MapValue
                {
                    ["StringEquals"] = new MapValue { ["aws:SourceAccount"] = Fn.AccountId },
                    ["ArnEquals"] = new MapValue { ["aws:SourceArn"] = source.Arn },
                },
            }),
        }, rules[0].Location);
        stack.Resource("ReplicationConfiguration", "AWS::IAM::Policy", new MapValue
        {
            ["PolicyName"] = "Replication",
            ["Roles"] = Value.List(Fn.Ref(RoleId)),
            ["PolicyDocument"] = Iam.PolicyDocument.Of([.. RoleStatements(build)]),
        }, rules[0].Location);
        foreach (var rule in rules)
        {
            stack.Output($"ReplicationRoleArn{Names.LogicalId(rule.Name)}Name", Fn.GetAtt(RoleId, "Arn"),
                $"{settings.Path}.replication.{rule.Name}.role.arn");
            // The rule names a bucket that must keep versions already, and that must let the role in.
            if (build.Buckets.Find(rule.Destination) is { IsExternal: false } destination)
                stack.After.Add(destination.Policy);
        }
    }

    public ImmutableArray<string> Needs => [RoleId, "ReplicationConfiguration"];

    public MapValue ToValue(BuildContext build) => new()
    {
        ["Role"] = Fn.GetAtt(RoleId, "Arn"),
        ["Rules"] = Value.List(rules.Select((rule, i) => (Value)rule.ToValue(build, i + 1, isOnly: rules.Length == 1))),
    };

    private IEnumerable<MapValue> RoleStatements(BuildContext build)
    {
        yield return Iam.PolicyDocument.Allow(source.Arn, "s3:GetReplicationConfiguration", "s3:ListBucket");
        yield return Iam.PolicyDocument.Allow($"{source.Arn}/*", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl",
            "s3:GetObjectVersionTagging", "s3:GetObjectRetention", "s3:GetObjectLegalHold");
        foreach (var rule in rules)
        {
            if (build.Buckets.Find(rule.Destination) is { } destination)
                yield return Iam.PolicyDocument.Allow($"{destination.Arn}/*", OnObjects(rule));
        }
    }

    private MapValue Statement(BuildContext build, IEnumerable<Value> resources, IEnumerable<string> actions)
    {
        var (partition, account) = (source.Place.Partition.Name, build.AccountId(source.Place.Account));
        return BucketPolicy.Allow(new MapValue { ["AWS"] = Fn.Concat($"arn:{partition}:iam::", account, ":root") }, actions, resources,
            new MapValue
            {
                ["ArnEquals"] = new MapValue
                {
                    ["aws:PrincipalArn"] = Fn.Concat($"arn:{partition}:iam::", account, $":role/{RoleName}"),
                },
            });
    }

    private static ImmutableArray<string> OnObjects(ReplicationRule rule) =>
    [
        "s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags",
        .. rule.ChangeToDestinationOwner ? ["s3:ObjectOwnerOverrideToBucketOwner"] : ImmutableArray<string>.Empty,
    ];
}
