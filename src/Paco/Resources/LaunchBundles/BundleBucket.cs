using Paco.CloudFormation;
using Paco.Resources.Buckets;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.LaunchBundles;

/// <summary>The bucket that holds a group's launch bundles: private, encrypted, versioned, read by the group's role alone.</summary>
internal sealed record BundleBucket(string Name, string Ref)
{
    /// <summary>The name a deployed bucket has; with the project's hash where it has one.</summary>
    public static string NameOf(IEnumerable<string> names, string hash, string region) =>
        BucketName.Of(["ne", .. names.Take(2), "app", .. names.Skip(2), "lb", hash, "ec2lm"], region);

    /// <summary>Makes the stack <c>…-resource-ec2lm-S3</c>. Disabled, it keeps its template, so that the bucket is not orphaned.</summary>
    public NodeId Build(BuildScope scope, AppResource owner, IamRole role, NodeId roleStack)
    {
        var stack = scope.Stack(owner, "ec2lm-S3", "launch bundle bucket", path: Ref);
        stack.Tags = scope.ApplicationTags();
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        stack.After.Add(roleStack);
        var id = $"{Names.Camel(owner.Name)}Ec2lmBucket";
        stack.Add(new Resource(id, "AWS::S3::Bucket",
            Bucket()) { DeletionPolicy = DeletionPolicy.Retain, UpdateReplacePolicy = DeletionPolicy.Retain });
        stack.Add(new Resource($"{id}Policy", "AWS::S3::BucketPolicy", Policy(role)) { DependsOn = [id] });
        stack.Output($"{id}Name", Fn.Ref(id), $"{Ref}.name");
        stack.Output($"{id}Arn", Fn.GetAtt(id, "Arn"), $"{Ref}.arn");
        return stack.Id;
    }

    private MapValue Bucket() => new()
    {
        ["BucketName"] = Name,
        ["BucketEncryption"] = new MapValue
        {
            ["ServerSideEncryptionConfiguration"] = Value.List(new MapValue
            {
                ["ServerSideEncryptionByDefault"] = new MapValue { ["SSEAlgorithm"] = "AES256" },
            }),
        },
        ["OwnershipControls"] = new MapValue { ["Rules"] = Value.List(new MapValue { ["ObjectOwnership"] = "BucketOwnerEnforced" }) },
        ["PublicAccessBlockConfiguration"] = new MapValue
        {
            ["BlockPublicAcls"] = true,
            ["BlockPublicPolicy"] = true,
            ["IgnorePublicAcls"] = true,
            ["RestrictPublicBuckets"] = true,
        },
        ["VersioningConfiguration"] = new MapValue { ["Status"] = "Enabled" },
        ["LifecycleConfiguration"] = new MapValue
        {
            ["Rules"] = Value.List(new MapValue
            {
                ["Id"] = "old-bundles",
                ["Status"] = "Enabled",
                ["NoncurrentVersionExpiration"] = new MapValue { ["NoncurrentDays"] = 30 },
            }),
        },
    };

    private MapValue Policy(IamRole role)
    {
        var bucket = Fn.Sub($"arn:${{AWS::Partition}}:s3:::{Name}");
        var objects = Fn.Sub($"arn:${{AWS::Partition}}:s3:::{Name}/*");
        return new MapValue
        {
            ["Bucket"] = Name,
            ["PolicyDocument"] = PolicyDocument.Of(
                Allow(role, "s3:GetObject", objects),
                Allow(role, "s3:ListBucket", bucket),
                new MapValue
                {
                    ["Effect"] = "Deny",
                    ["Principal"] = "*",
                    ["Action"] = "s3:*",
                    ["Resource"] = Value.List(bucket, objects),
                    ["Condition"] = new MapValue { ["Bool"] = new MapValue { ["aws:SecureTransport"] = "false" } },
                }),
        };
    }

    private static MapValue Allow(IamRole role, string action, Value resource) => new()
    {
        ["Effect"] = "Allow",
        ["Principal"] = new MapValue { ["AWS"] = role.Arn },
        ["Action"] = action,
        ["Resource"] = resource,
    };
}
