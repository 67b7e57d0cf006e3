using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.Efs;

/// <summary>The stack of a file system.</summary>
internal sealed class EfsTemplate(Efs efs, StackBuilder stack)
{
    public void Build(BuildScope scope)
    {
        FileSystem();
        if (efs.Segment is { } segment && scope.Environment is { } environment)
            MountTargets(environment, segment);
        stack.Output("EFSId", Fn.Ref("EFS"), $"{efs.Path}.id");
        stack.Output("EFSArn", Fn.GetAtt("EFS", "Arn"), $"{efs.Path}.arn");
    }

    private void FileSystem() => stack.Resource("EFS", "AWS::EFS::FileSystem", new MapValue
    {
        ["Encrypted"] = stack.Parameter("EncryptedAtRest", efs.Encrypted ? "true" : "false"),
        ["KmsKeyId"] = efs.KmsKeyId is { } key ? stack.RefOrText("KmsKeyId", key) : null,
        ["BackupPolicy"] = new MapValue { ["Status"] = efs.EnableAutomaticBackups ? "ENABLED" : "DISABLED" },
        ["ThroughputMode"] = Value.Of(efs.ThroughputMode),
        ["ProvisionedThroughputInMibps"] = Value.Of(efs.ProvisionedThroughput),
        ["LifecyclePolicies"] = Value.OfMany(Lifecycle()),
        ["FileSystemPolicy"] = efs.TlsOnly ? TlsOnly() : null,
    });

    // One each in the zones of the network, so that no server reaches into another zone for its files.
    private void MountTargets(EnvironmentRegion environment, RefOrText segment)
    {
        var path = segment.Ref?.Path ?? environment.SegmentPath(segment.Text!);
        var written = new Ref(path, segment.Ref?.Written ?? segment.Text!, segment.Location);
        var groups = stack.InputList("TargetSecurityGroupList", efs.SecurityGroups.Select(g => g.Output("id")),
            "List<AWS::EC2::SecurityGroup::Id>");
        for (var zone = 1; zone <= environment.AvailabilityZones; zone++)
        {
            stack.Resource($"EFSMountTargetAZ{zone}", "AWS::EFS::MountTarget", new MapValue
            {
                ["FileSystemId"] = Fn.Ref("EFS"),
                ["SecurityGroups"] = groups,
                ["SubnetId"] = stack.Input($"SubnetIdAZ{zone}", written.Output($"az{zone}.subnet_id")),
            });
        }
    }

    // AWS takes one transition an item.
    private IEnumerable<Value> Lifecycle()
    {
        if (efs.InfrequentAccessAfterDays is { } moved)
            yield return new MapValue { ["TransitionToIA"] = After(moved) };
        if (efs.ArchiveAfterDays is { } archived)
            yield return new MapValue { ["TransitionToArchive"] = After(archived) };
        if (efs.BackAfterAccess)
            yield return new MapValue { ["TransitionToPrimaryStorageClass"] = "AFTER_1_ACCESS" };
    }

    private static string After(int days) => $"AFTER_{days}_{(days == 1 ? "DAY" : "DAYS")}";

    // A policy takes the place of the one that lets everybody in who reaches a mount target, so it says that too.
    private static MapValue TlsOnly()
    {
        var everybody = new MapValue { ["AWS"] = "*" };
        return PolicyDocument.Of(
            new MapValue
            {
                ["Effect"] = "Allow",
                ["Principal"] = everybody,
                ["Action"] = Value.List("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite",
                    "elasticfilesystem:ClientRootAccess"),
                ["Condition"] = new MapValue { ["Bool"] = new MapValue { ["elasticfilesystem:AccessedViaMountTarget"] = "true" } },
            },
            new MapValue
            {
                ["Effect"] = "Deny",
                ["Principal"] = everybody,
                ["Action"] = "*",
                ["Condition"] = new MapValue { ["Bool"] = new MapValue { ["aws:SecureTransport"] = "false" } },
            });
    }
}
