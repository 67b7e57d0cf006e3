using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Rds;

/// <summary>The stack of an Aurora cluster.</summary>
internal sealed class ClusterTemplate(AuroraCluster cluster, BuildScope scope, StackBuilder stack)
{
    private const string Key = "AuroraKMSCMK";

    public void Build()
    {
        Groups.SubnetGroup(stack, cluster);
        var parameterGroup = cluster.ClusterParameterGroup is { } given
            ? stack.Input("DBClusterParameterGroupName", given.Output("name"))
            : Groups.ParameterGroup(stack, cluster, "DBClusterParameterGroup");
        Cluster(parameterGroup);
        var events = new EventSubscriptions(scope, stack);
        events.Build("ClusterEventSubscription", cluster.ClusterEventNotifications, "db-cluster", "DBCluster");
        Groups.AttachSecret(stack, cluster, "DBCluster", "AWS::RDS::DBCluster");
        stack.Output("DBClusterName", Fn.Ref("DBCluster"), $"{cluster.Path}.name");
        stack.Output("ClusterEndpointAddress", Fn.GetAtt("DBCluster", "Endpoint.Address"), $"{cluster.Path}.endpoint.address");
        stack.Address("database", "ClusterEndpointAddress");
        foreach (var log in cluster.CloudwatchLogsExports)
        {
            stack.Log(new ListSource([
                new LiteralSource("/aws/rds/cluster/"), new OutputSource(stack.Id, "DBClusterName"), new LiteralSource($"/{log}"),
            ]) { Separator = "" });
        }
        stack.Output("ClusterEndpointPort", Fn.GetAtt("DBCluster", "Endpoint.Port"), $"{cluster.Path}.endpoint.port");
        stack.Output("ClusterReadEndpointAddress", Fn.GetAtt("DBCluster", "ReadEndpoint.Address"), $"{cluster.Path}.readendpoint.address");
        new ClusterMembers(cluster, stack, events).Build();
    }

    // RestoreType and UseLatestRestorableTime do nothing for a cluster that is no copy, but were always written, and leaving them
    // out now would replace the cluster.
    private void Cluster(Value parameterGroup)
    {
        var properties = new MapValue
        {
            ["Engine"] = cluster.Engine.Name,
            ["EngineMode"] = Value.Of(cluster.EngineMode),
            ["EngineVersion"] = Value.Of(cluster.EngineVersion),
            ["EngineLifecycleSupport"] = Groups.LifecycleSupport(cluster),
            ["DatabaseName"] = Value.Of(cluster.DatabaseName),
            ["DBSubnetGroupName"] = cluster.Segment is null ? null : Fn.Ref("DBSubnetGroup"),
            ["DBClusterParameterGroupName"] = parameterGroup,
            ["VpcSecurityGroupIds"] = Groups.SecurityGroups(stack, cluster),
            ["Port"] = Value.Of(cluster.Port),
            ["BackupRetentionPeriod"] = Value.Of(cluster.BackupRetentionPeriod),
            ["PreferredBackupWindow"] = Value.Of(cluster.BackupPreferredWindow),
            ["PreferredMaintenanceWindow"] = Value.Of(cluster.MaintenancePreferredWindow),
            ["BacktrackWindow"] = cluster.Engine.IsPostgres ? null : Value.Of(cluster.BacktrackWindowInSeconds),
            ["CopyTagsToSnapshot"] = true,
            ["DeletionProtection"] = cluster.DeletionProtection ?? false,
            ["EnableCloudwatchLogsExports"] = Value.OfMany(cluster.CloudwatchLogsExports),
            ["EnableHttpEndpoint"] = cluster.EnableHttpEndpoint,
            ["RestoreType"] = cluster.RestoreType,
            ["UseLatestRestorableTime"] = cluster.UseLatestRestorableTime,
            ["ServerlessV2ScalingConfiguration"] = cluster.ServerlessV2?.ToValue(),
        };
        stack.Add(new Resource("DBCluster", "AWS::RDS::DBCluster", properties.With(Origin()))
        {
            DeletionPolicy = DeletionPolicy.Snapshot,
            UpdateReplacePolicy = DeletionPolicy.Snapshot,
        });
    }

    // A snapshot brings its users and encryption with it. All of these make another cluster when they change.
    private MapValue Origin()
    {
        if (cluster.DbSnapshotIdentifier is { } snapshot)
            return new MapValue { ["SnapshotIdentifier"] = snapshot };
        if (cluster.EnableKmsEncryption)
            OwnKey();
        return new MapValue
        {
            ["StorageEncrypted"] = cluster.EnableKmsEncryption ? true : null,
            ["KmsKeyId"] = cluster.EnableKmsEncryption ? Fn.Ref(Key) : null,
            ["MasterUsername"] = Value.Of(cluster.MasterUsername),
            ["MasterUserPassword"] = Groups.Password(stack, cluster),
        };
    }

    // The key outlives the stack: without it the last snapshot could never be read again.
    private void OwnKey()
    {
        stack.Add(new Resource(Key, "AWS::KMS::Key", new MapValue
        {
            ["Description"] = Fn.Sub("Storage of the database cluster of ${AWS::StackName}"),
            ["EnableKeyRotation"] = true,
            ["KeyPolicy"] = new MapValue
            {
                ["Version"] = "2012-10-17",
                ["Statement"] = Value.List(new MapValue
                {
                    ["Effect"] = "Allow",
                    ["Principal"] = new MapValue { ["AWS"] = Fn.Sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root") },
                    ["Action"] = "kms:*",
                    ["Resource"] = "*",
                }),
            },
        })
        {
            DeletionPolicy = DeletionPolicy.Retain,
            UpdateReplacePolicy = DeletionPolicy.Retain,
        });
        stack.Resource($"{Key}Alias", "AWS::KMS::Alias", new MapValue
        {
            ["AliasName"] = Fn.Join("", ["alias/", Fn.Ref("DBCluster")]),
            ["TargetKeyId"] = Fn.Ref(Key),
        });
    }
}
