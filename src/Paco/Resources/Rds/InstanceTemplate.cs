using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Rds;

/// <summary>The stack of a database instance.</summary>
internal sealed class InstanceTemplate(DatabaseInstance database, StackBuilder stack)
{
    public void Build()
    {
        Groups.SubnetGroup(stack, database);
        var parameterGroup = database.ParameterGroup is { } given
            ? stack.Input("DBParameterGroupName", given.Output("name"))
            : Groups.ParameterGroup(stack, database);
        var optionGroup = new OptionGroup(database, stack).Build();
        Instance(parameterGroup, optionGroup);
        Groups.AttachSecret(stack, database, "PrimaryDBInstance", "AWS::RDS::DBInstance");
        stack.Output("DBInstanceName", Fn.Ref("PrimaryDBInstance"), $"{database.Path}.name");
        stack.Output("RDSEndpointAddress", Fn.GetAtt("PrimaryDBInstance", "Endpoint.Address"), $"{database.Path}.endpoint.address");
        stack.Address("database", "RDSEndpointAddress");
        // RDS writes identifiers small.
        foreach (var log in database.CloudwatchLogsExports)
            stack.Log($"/aws/rds/instance/{stack.Id.Name.ToLowerInvariant()}/{log}");
    }

    private void Instance(Value parameterGroup, Value? optionGroup)
    {
        var properties = new MapValue
        {
            ["DBInstanceIdentifier"] = Fn.StackName,
            ["Engine"] = database.Engine.Name,
            ["EngineVersion"] = Value.Of(database.EngineVersion),
            ["EngineLifecycleSupport"] = Groups.LifecycleSupport(database),
            ["DBInstanceClass"] = Value.Of(database.DbInstanceType),
            ["DBSubnetGroupName"] = database.Segment is null ? null : Fn.Ref("DBSubnetGroup"),
            ["DBParameterGroupName"] = parameterGroup,
            ["OptionGroupName"] = optionGroup,
            ["VPCSecurityGroups"] = Groups.SecurityGroups(stack, database),
            ["Port"] = Value.AsText(database.Port),
            ["PubliclyAccessible"] = database.PubliclyAccessible,
            ["MultiAZ"] = Value.Of(database.StandbyZone),
            ["AllocatedStorage"] = Value.AsText(database.StorageSizeGb),
            ["StorageType"] = Value.Of(database.StorageType),
            ["Iops"] = Value.Of(database.Iops),
            ["BackupRetentionPeriod"] = Value.Of(database.BackupRetentionPeriod),
            ["PreferredBackupWindow"] = Value.Of(database.BackupPreferredWindow),
            ["PreferredMaintenanceWindow"] = Value.Of(database.MaintenancePreferredWindow),
            ["AllowMajorVersionUpgrade"] = Value.Of(database.AllowMajorVersionUpgrade),
            ["AutoMinorVersionUpgrade"] = Value.Of(database.AutoMinorVersionUpgrade),
            ["CopyTagsToSnapshot"] = true,
            ["LicenseModel"] = Value.Of(database.LicenseModel),
            ["DeletionProtection"] = Value.Of(database.DeletionProtection),
            ["EnableCloudwatchLogsExports"] = Value.OfMany(database.CloudwatchLogsExports),
        };
        stack.Add(new Resource("PrimaryDBInstance", "AWS::RDS::DBInstance", properties.With(Origin()))
        {
            DeletionPolicy = DeletionPolicy.Snapshot,
            UpdateReplacePolicy = DeletionPolicy.Snapshot,
        });
    }

    // A snapshot brings its users and encryption with it. All of these make another database when they change.
    private MapValue Origin() => database.DbSnapshotIdentifier is { } snapshot
        ? new MapValue { ["DBSnapshotIdentifier"] = snapshot }
        : new MapValue
        {
            ["StorageEncrypted"] = database.StorageEncrypted ? true : null,
            ["KmsKeyId"] = database.KmsKeyId is { } key ? stack.RefOrText("KmsKeyId", key) : null,
            ["MasterUsername"] = Value.Of(database.MasterUsername),
            ["MasterUserPassword"] = Groups.Password(stack, database),
        };
}
