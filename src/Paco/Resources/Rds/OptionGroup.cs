using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Rds;

/// <summary>The options of an instance, with the role that native backups of SQL Server need.</summary>
internal sealed class OptionGroup(DatabaseInstance database, StackBuilder stack)
{
    private const string Role = "SQLServerBackupRestoreRole";

    private int _references;

    /// <summary>The group's name, or nothing where no option asks for one.</summary>
    public Value? Build()
    {
        ImmutableArray<Value> options = [.. database.OptionConfigurations.Select(Option), .. BackupOption()];
        if (options.IsEmpty)
            return null;
        stack.Resource("OptionGroup", "AWS::RDS::OptionGroup", new MapValue
        {
            ["EngineName"] = database.Engine.Name,
            ["MajorEngineVersion"] = database.Engine.Major(database.EngineVersion ?? ""),
            ["OptionGroupDescription"] = Fn.StackName,
            ["OptionConfigurations"] = Value.List(options),
        });
        if (database.BackupBucket is { } bucket)
            BackupRole(stack.Input("SQLServerBackupRestoreBucketArn", bucket.Output("arn")));
        return Fn.Ref("OptionGroup");
    }

    private MapValue Option(OptionConfiguration option) => new()
    {
        ["OptionName"] = option.OptionName,
        ["OptionVersion"] = Value.Of(option.OptionVersion),
        ["Port"] = Value.Of(option.Port),
        ["OptionSettings"] = Value.OfMany(option.OptionSettings.Where(s => s.Value is not null).Select(Setting)),
    };

    private Value Setting(OptionSetting setting) => new MapValue
    {
        ["Name"] = setting.SettingName,
        ["Value"] = setting.Value!.Ref is null ? setting.Value.Text! : stack.RefOrText($"OptionsGroupValue{_references++}", setting.Value),
    };

    private IEnumerable<Value> BackupOption()
    {
        if (database.BackupBucket is null)
            yield break;
        yield return new MapValue
        {
            ["OptionName"] = "SQLSERVER_BACKUP_RESTORE",
            ["OptionSettings"] = Value.List(new MapValue { ["Name"] = "IAM_ROLE_ARN", ["Value"] = Fn.GetAtt(Role, "Arn") }),
        };
    }

    private void BackupRole(Value bucketArn) => stack.Resource(Role, "AWS::IAM::Role", new MapValue
    {
        ["AssumeRolePolicyDocument"] = Roles.Trust("rds.amazonaws.com"),
        ["Policies"] = Value.List(new MapValue
        {
            ["PolicyName"] = Role,
            ["PolicyDocument"] = new MapValue
            {
                ["Version"] = "2012-10-17",
                ["Statement"] = Value.List(
                    Roles.Allow(["s3:ListBucket", "s3:GetBucketLocation"], bucketArn),
                    Roles.Allow([
                        "s3:GetObject", "s3:GetObjectAttributes", "s3:PutObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload",
                    ],
                        Fn.Join("", [bucketArn, "/*"]))),
            },
        }),
    });
}
