using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Resources.Iam;

namespace Paco.Global.GitHub;

/// <summary>A right that a plan needs, and why.</summary>
/// <param name="Resource">An ARN, with the variables of a template.</param>
/// <param name="Condition">What limits it further; null where nothing does.</param>
internal sealed record PlanRight(ImmutableArray<string> Actions, string Resource, MapValue? Condition, string Why);

/// <summary>
/// What a plan calls, and nothing more: tests hold it against what plans really ask. It reads, and makes change sets that it takes away
/// again: CloudFormation tells what an update would do in no other way. It may execute none, pass no role and read no secret.
/// </summary>
internal static class PlanRights
{
    private const string Stacks = "arn:${AWS::Partition}:cloudformation:*:${AWS::AccountId}:stack/*";

    // A set is named by its name, or by its ARN.
    private static readonly MapValue OwnChangeSets = new()
    {
        ["StringLike"] = new MapValue
        {
            ["cloudformation:ChangeSetName"] = Value.List("paco-*", "arn:*:cloudformation:*:*:changeSet/paco-*"),
        },
    };

    private static readonly MapValue OwnChangeSetsWithoutRole = new()
    {
        ["StringLike"] = OwnChangeSets["StringLike"]!,
        ["Null"] = new MapValue { ["cloudformation:RoleArn"] = "true" },
    };

    public static readonly ImmutableArray<PlanRight> All =
    [
        new(["cloudformation:DescribeStacks", "cloudformation:ListStackResources", "cloudformation:GetTemplate"], "*", null,
            "what is deployed"),
        new(["cloudformation:DescribeEvents"], "*", null, "why CloudFormation objects to an update"),
        new(["cloudformation:CreateChangeSet"], Stacks, OwnChangeSetsWithoutRole, "what CloudFormation says of an update"),
        new(["cloudformation:DescribeChangeSet", "cloudformation:DeleteChangeSet"], Stacks, OwnChangeSets, "the same"),
        new(["ssm:GetParameter"], "arn:${AWS::Partition}:ssm:*::parameter/aws/service/*", null,
            "the newest machine images, which AWS publishes"),
        new(["ec2:DescribeKeyPairs"], "*", null, "key pairs: whether they are there"),
        new(["acm:ListCertificates", "acm:DescribeCertificate"], "*", null, "certificates that exist already, and how they are validated"),
        new(["route53:ListResourceRecordSets"], "arn:${AWS::Partition}:route53:::hostedzone/*", null,
            "what stands in a zone that goes, and validation records"),
        new(["s3:GetObject"], "arn:${AWS::Partition}:s3:::*/ec2lm_*", null, "which launch bundles are uploaded; not the bundles"),
        new(["s3:ListBucket", "s3:ListBucketVersions"], "arn:${AWS::Partition}:s3:::*", null,
            "whether a bucket is there, and whether one that goes is empty"),
        new(["sns:ListSubscriptionsByTopic"], "*", null, "subscriptions nobody confirmed"),
        new(["secretsmanager:ListSecrets"], "*", null, "secrets without a value: their names and versions, no values"),
        new(["backup:ListRecoveryPointsByBackupVault"], "*", null, "what is in a vault that goes"),
        new(["iam:GetUser", "iam:ListAccessKeys", "iam:ListSSHPublicKeys", "iam:GetSSHPublicKey", "iam:GetLoginProfile",
            "iam:ListMFADevices", "iam:ListServiceSpecificCredentials", "iam:ListSigningCertificates", "iam:ListAttachedUserPolicies",
            "iam:ListUserPolicies", "iam:ListGroupsForUser"], "arn:${AWS::Partition}:iam::${AWS::AccountId}:user/*", null,
            "users: their keys, and what stands in the way of one that goes"),
    ];

    public static IEnumerable<MapValue> Statements() => All.Select(Statement);

    /// <summary>What is asked in the management account only.</summary>
    public static readonly PlanRight Organization =
        new(["organizations:DescribeOrganization", "organizations:ListAccounts"], "*", null, "whether accounts are what the project says");

    public static IEnumerable<MapValue> OfOrganization() => [Statement(Organization)];

    private static MapValue Statement(PlanRight right)
    {
        var statement = PolicyDocument.Allow(
            right.Resource.Contains("${", StringComparison.Ordinal) ? Fn.Sub(right.Resource) : right.Resource, right.Actions);
        return right.Condition is { } condition ? statement.With("Condition", condition) : statement;
    }
}
