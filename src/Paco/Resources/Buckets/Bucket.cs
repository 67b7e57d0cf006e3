using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Resources.Buckets;

/// <summary>
/// A bucket with its policy, as one stack has both. Every room that makes one describes it like this, whatever it comes from.
/// </summary>
internal sealed record Bucket
{
    public required KnownBucket Known { get; init; }

    /// <summary>What references to it begin with.</summary>
    public required ObjectPath Ref { get; init; }

    /// <summary>What its logical ids begin with.</summary>
    public required string Label { get; init; }

    public Location Location { get; init; }

    public bool IsVersioned { get; init; }

    /// <summary>Objects have access control lists.</summary>
    public bool KeepsAccessLists { get; init; }

    /// <summary>Null leaves it to the policy.</summary>
    public bool? BlocksPublicAccess { get; init; }

    /// <summary>Null leaves it to the policy.</summary>
    public bool? IsTlsOnly { get; init; }

    public bool HasOriginIdentity { get; init; }

    /// <summary>Deleting its stack deletes it with all that is in it.</summary>
    public bool IsDeletedWithStack { get; init; }

    public ImmutableArray<MapValue> Statements { get; init; } = [];

    public ImmutableArray<MapValue> Lifecycle { get; init; } = [];

    /// <summary>Properties that only some have.</summary>
    public MapValue Further { get; init; } = [];

    /// <summary>Resources of the stack that must be there before it.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    private string Id => $"{Label}Bucket";

    /// <summary>Says what references to it are: known from the files, so nobody waits for it who only names it.</summary>
    public static void Offer(BuildContext build, ObjectPath path, KnownBucket bucket)
    {
        build.Offers.Add($"{path}.name", bucket.Name);
        build.Offers.Add($"{path}.arn", bucket.Arn);
        build.Offers.Add($"{path}.url", bucket.Host);
    }

    public void Write(StackBuilder stack)
    {
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        stack.Add(new Resource(Id, "AWS::S3::Bucket", Properties())
        {
            DeletionPolicy = DeletionPolicy.Retain,
            UpdateReplacePolicy = DeletionPolicy.Retain,
            DependsOn = Needs,
            Metadata = IsDeletedWithStack ? new MapValue { [Resource.OnDeleteKey] = Resource.Emptied } : null,
            Source = Location,
        });
        WritePolicy(stack, [Id]);
        stack.Output($"{Id}Name", Fn.Ref(Id), $"{Ref}.name");
        stack.Output($"{Id}Arn", Fn.GetAtt(Id, "Arn"), $"{Ref}.arn");
    }

    /// <summary>The policy alone: of a bucket the project did not make.</summary>
    public void WritePolicy(StackBuilder stack, ImmutableArray<string> after)
    {
        if (HasOriginIdentity)
            WriteOriginIdentity(stack);
        ImmutableArray<MapValue> statements =
        [
            .. HasOriginIdentity ? [OriginMayRead()] : ImmutableArray<MapValue>.Empty,
            .. Statements,
            .. IsTlsOnly ?? !BucketPolicy.IsPublic(Statements) ? [BucketPolicy.TlsOnly(Known.Arn)] : ImmutableArray<MapValue>.Empty,
        ];
        if (statements.IsEmpty)
            return;
        stack.Add(new Resource($"{Id}Policy", "AWS::S3::BucketPolicy",
            new MapValue { ["Bucket"] = Known.Name, ["PolicyDocument"] = Iam.PolicyDocument.Of(statements) })
        {
            DependsOn = after,
            Source = Location,
        });
    }

    private MapValue Properties() => new MapValue
    {
        ["BucketName"] = Known.Name,
        ["BucketEncryption"] = new MapValue
        {
            ["ServerSideEncryptionConfiguration"] = Value.List(new MapValue
            {
                ["ServerSideEncryptionByDefault"] = new MapValue { ["SSEAlgorithm"] = "AES256" },
            }),
        },
        ["OwnershipControls"] = KeepsAccessLists
            ? new MapValue { ["Rules"] = Value.List(new MapValue { ["ObjectOwnership"] = "BucketOwnerPreferred" }) }
            : null,
        ["PublicAccessBlockConfiguration"] = PublicAccess(),
        ["VersioningConfiguration"] = new MapValue { ["Status"] = IsVersioned ? "Enabled" : "Suspended" },
        ["LifecycleConfiguration"] =
            Lifecycle.IsEmpty ? null : new MapValue { ["Rules"] = Value.List(Lifecycle.Select(r => (Value)r)) },
    }.With(Further);

    // A policy that lets everybody in works only where nothing blocks it, and lists only where nothing ignores them.
    private MapValue PublicAccess()
    {
        var byPolicy = !(BlocksPublicAccess ?? !BucketPolicy.IsPublic(Statements));
        var byLists = !(BlocksPublicAccess ?? !KeepsAccessLists);
        return new MapValue
        {
            ["BlockPublicAcls"] = !byLists,
            ["BlockPublicPolicy"] = !byPolicy,
            ["IgnorePublicAcls"] = !byLists,
            ["RestrictPublicBuckets"] = !byPolicy,
        };
    }

    private void WriteOriginIdentity(StackBuilder stack)
    {
        stack.Resource("CloudFrontOriginAccessIdentity", "AWS::CloudFront::CloudFrontOriginAccessIdentity", new MapValue
        {
            ["CloudFrontOriginAccessIdentityConfig"] = new MapValue { ["Comment"] = Ref.Text },
        });
        stack.Output("CloudFrontOriginAccessIdentity", Fn.Ref("CloudFrontOriginAccessIdentity"), $"{Ref}.origin_id");
    }

    private MapValue OriginMayRead() => BucketPolicy.Allow(
        new MapValue { ["CanonicalUser"] = Fn.GetAtt("CloudFrontOriginAccessIdentity", "S3CanonicalUserId") }, ["s3:GetObject"],
        [$"{Known.Arn}/*"]);
}
