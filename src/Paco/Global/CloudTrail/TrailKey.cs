using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Buckets;
using Paco.Resources.Iam;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.CloudTrail;

/// <summary>The key that a trail's files are encrypted with: trails may encrypt, the users that are named decrypt, nobody both.</summary>
internal sealed class TrailKey(Trail trail, BuildContext build, string masterRegion)
{
    private const string ArnKey = "kms:EncryptionContext:aws:cloudtrail:arn";
    private const string MasterAccount = "master";

    private static readonly string[] Administration =
    [
        "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:CreateGrant", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey",
        "kms:DisableKeyRotation", "kms:EnableKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus",
        "kms:ListAliases", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListKeyRotations", "kms:ListResourceTags", "kms:ListRetirableGrants",
        "kms:PutKeyPolicy", "kms:RevokeGrant", "kms:RotateKeyOnDemand", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource",
        "kms:UpdateAlias", "kms:UpdateKeyDescription",
    ];

    public void Write(StackBuilder stack, ImmutableArray<(string Account, Value Arn)> trails)
    {
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        // A policy names nobody who is not there.
        if (!trail.KmsUsers.IsEmpty)
            stack.After.Add(new NodeId(new Place(build.AccountOf(MasterAccount), masterRegion), "Resource-IAM-User-Accounts"));
        stack.Resource("KMS", "AWS::KMS::Key", new MapValue
        {
            ["Description"] = "CMK for CloudTrail",
            ["EnableKeyRotation"] = true,
            ["KeyPolicy"] = PolicyDocument.Of(Statements(stack.Id.Place, trails).OfType<MapValue>()),
        });
        stack.Output("CMKArn", Fn.GetAtt("KMS", "Arn"), $"{trail.Path}.kms.arn");
        stack.Output("CMKId", Fn.Ref("KMS"), $"{trail.Path}.kms.id");
    }

    private IEnumerable<MapValue?> Statements(Place place, ImmutableArray<(string Account, Value Arn)> trails)
    {
        var service = BucketPolicy.Service("cloudtrail.amazonaws.com");
        yield return Statement("Allows admin of the key",
            new MapValue { ["AWS"] = Fn.Sub($"arn:{place.Partition.Name}:iam::${{AWS::AccountId}}:root") }, Administration, null);
        yield return Statement("Allow CloudTrail access", service, ["kms:DescribeKey"], TrailStacks.OnlyFor(trails));
        yield return Users(place) is { Items.Length: > 0 } users
            ? Statement("Allow CloudTrail log decrypt permissions", new MapValue { ["AWS"] = users }, ["kms:Decrypt"],
                new MapValue { ["Null"] = new MapValue { [ArnKey] = "false" } })
            : null;
        yield return Statement("Allow CloudTrail to encrypt logs", service, ["kms:GenerateDataKey*"],
            TrailStacks.OnlyFor(trails).With("StringLike", new MapValue
            {
                [ArnKey] = Value.List(trails.Select(t =>
                    Fn.Concat($"arn:{place.Partition.Name}:cloudtrail:*:", build.AccountId(t.Account), $":trail/{trail.Name}"))),
            }));
    }

    private ListValue Users(Place place) => Value.List(trail.KmsUsers.Select(user =>
        Fn.Concat($"arn:{place.Partition.Name}:iam::", build.AccountId(MasterAccount), $":user/{NameOf(user)}")));

    // The users of resource/iam.yaml say their names themselves.
    private string NameOf(RefOrText user) => user.Ref is { } reference
        ? (build.Index.Find(reference.Path)?.Written?["username"] as ScalarNode)?.Value ?? reference.Path.Last
        : user.Text!;

    private static MapValue Statement(string sid, MapValue principal, IEnumerable<string> actions, MapValue? condition) => new()
    {
        ["Sid"] = sid,
        ["Effect"] = "Allow",
        ["Principal"] = principal,
        ["Action"] = Value.OfMany(actions),
        ["Resource"] = "*",
        ["Condition"] = condition,
    };
}
