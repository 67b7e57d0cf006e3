using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Rds;

/// <summary>The instances of an Aurora cluster, with the parameter group and the monitoring role they share.</summary>
internal sealed class ClusterMembers(AuroraCluster cluster, StackBuilder stack, EventSubscriptions events)
{
    private const string Role = "MonitoringIAMRole";

    private Value? _parameterGroup;

    public void Build()
    {
        if (cluster.OwnInstances.Any(i => Interval(i) > 0))
            MonitoringRole();
        foreach (var instance in cluster.DbInstances)
        {
            var id = Names.LogicalId(instance.Name);
            if (!instance.ExternalResource)
                Instance(instance, id);
            stack.Output($"DBInstanceName{id}", instance.ExternalResource ? instance.ExternalInstanceName ?? "" : Fn.Ref($"DBInstance{id}"),
                $"{instance.Path}.name");
        }
    }

    private void Instance(ClusterInstance instance, string id)
    {
        var common = cluster.DefaultInstance;
        var interval = Interval(instance);
        stack.Add(new Resource($"DBInstance{id}", "AWS::RDS::DBInstance", new MapValue
        {
            ["DBClusterIdentifier"] = Fn.Ref("DBCluster"),
            ["Engine"] = cluster.Engine.Name,
            ["DBInstanceClass"] = Value.Of(cluster.ClassOf(instance)),
            ["DBSubnetGroupName"] = cluster.Segment is null ? null : Fn.Ref("DBSubnetGroup"),
            ["DBParameterGroupName"] = ParameterGroup(instance, id),
            ["PubliclyAccessible"] = instance.PubliclyAccessible ?? common?.PubliclyAccessible ?? false,
            ["AvailabilityZone"] = AvailabilityZone(instance, id),
            ["EnablePerformanceInsights"] = instance.EnablePerformanceInsights ?? common?.EnablePerformanceInsights ?? false,
            ["MonitoringInterval"] = Value.Of(interval),
            ["MonitoringRoleArn"] = interval > 0 ? Fn.GetAtt(Role, "Arn") : null,
            ["AllowMajorVersionUpgrade"] = Value.Of(instance.AllowMajorVersionUpgrade ?? common?.AllowMajorVersionUpgrade),
            ["AutoMinorVersionUpgrade"] = Value.Of(instance.AutoMinorVersionUpgrade ?? common?.AutoMinorVersionUpgrade),
        })
        {
            // The data is the cluster's, which keeps a snapshot; AWS takes nothing else here.
            DeletionPolicy = DeletionPolicy.Delete,
            UpdateReplacePolicy = DeletionPolicy.Delete,
            Source = instance.Location,
        });
        events.Build($"DBEventSubscription{id}", instance.EventNotifications ?? common?.EventNotifications, "db-instance",
            $"DBInstance{id}");
    }

    // A 0 that is written is passed on: AWS keeps on measuring where nothing is said.
    private Given<int>? Interval(ClusterInstance instance) =>
        instance.EnhancedMonitoringInterval ?? cluster.DefaultInstance?.EnhancedMonitoringInterval;

    private Value ParameterGroup(ClusterInstance instance, string id) =>
        (instance.ParameterGroup ?? cluster.DefaultInstance?.ParameterGroup) is { } given
            ? stack.Input($"DBParameterGroupName{id}", given.Output("name"))
            : _parameterGroup ??= Groups.ParameterGroup(stack, cluster);

    private Value? AvailabilityZone(ClusterInstance instance, string id) =>
        (instance.AvailabilityZone ?? cluster.DefaultInstance?.AvailabilityZone) is > 0 and var zone && cluster.Segment is { } segment
            ? stack.Input($"DBInstanceAZ{id}", segment.Output($"az{zone}.availability_zone"))
            : null;

    private void MonitoringRole() => stack.Resource(Role, "AWS::IAM::Role", new MapValue
    {
        ["AssumeRolePolicyDocument"] = Roles.Trust("monitoring.rds.amazonaws.com"),
        ["ManagedPolicyArns"] = Value.List(Fn.Sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole")),
    });
}
