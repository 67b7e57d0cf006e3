using System.Globalization;
using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Backup;

/// <summary>What a vault holds. A point has the ARN of the snapshot it is, where its service has snapshots.</summary>
internal static class RecoveryPoints
{
    // No type of CloudFormation's: they stand beside what stacks make.
    public const string Type = "AWS::Backup::RecoveryPoint";

    public static IEnumerable<LiveResource> In(Call call, string vault) =>
        call.Store.OfType(call.Account, call.Region, Type).Where(p => VaultOf(p) == vault);

    public static string VaultOf(LiveResource point) => Json.Scalar(point.Properties["BackupVaultName"]);

    /// <summary>The job that made it.</summary>
    public static string JobOf(LiveResource point) => Json.Scalar(point.Properties["Job"]);

    public static LiveResource Make(Call call, LiveResource vault, SavedResource resource, DateTimeOffset at, string role,
        JsonObject? lifecycle, JsonObject? plan)
    {
        var ids = new DeterministicIds($"{resource.Arn} {at:O} {vault.Physical} {Json.Canonical(plan)}");
        var point = new LiveResource(call.Account, call.Region, Type, Arn(resource, ids), null, null, null, null, at, new JsonObject
        {
            ["BackupVaultName"] = vault.Physical,
            ["BackupVaultArn"] = BackupVaults.Arn(vault),
            ["ResourceArn"] = resource.Arn,
            ["ResourceType"] = resource.Kind,
            ["IamRoleArn"] = role,
            ["Lifecycle"] = lifecycle?.DeepClone(),
            ["CreatedBy"] = plan,
            ["Job"] = ids.Uuid("job"),
        }, []);
        call.Store.Insert(point);
        return point;
    }

    public static JsonObject Tell(LiveResource point)
    {
        var told = new JsonObject { ["RecoveryPointArn"] = point.Physical };
        foreach (var member in new[] { "BackupVaultName", "BackupVaultArn", "ResourceArn", "ResourceType", "CreatedBy", "IamRoleArn" })
        {
            told[member] = point.Properties[member]?.DeepClone();
        }

        told["Status"] = "COMPLETED";
        told["CreationDate"] = BackupService.Seconds(point.Created);
        told["CompletionDate"] = BackupService.Seconds(point.Created);
        if (point.Properties["Lifecycle"] is JsonObject lifecycle)
        {
            told["Lifecycle"] = lifecycle.DeepClone();
            told["CalculatedLifecycle"] = EndOf(point) is { } end ? new JsonObject { ["DeleteAt"] = BackupService.Seconds(end) } : null;
        }

        told["IsEncrypted"] = true;
        return told;
    }

    /// <summary>When its lifecycle deletes it; null where that keeps it.</summary>
    public static DateTimeOffset? EndOf(LiveResource point) =>
        int.TryParse(Json.Scalar(point.Properties["Lifecycle"]?["DeleteAfterDays"]), CultureInfo.InvariantCulture, out var days)
            ? point.Created.AddDays(days) : null;

    private static string Arn(SavedResource resource, DeterministicIds ids)
    {
        var (partition, region, account) = resource.Arn.Split(':') is [_, var p, _, var r, var a, ..] && a.Length > 0
            ? (p, r, a) : ("aws", resource.Region, resource.Account);
        return resource.Kind switch
        {
            "RDS" => $"arn:{partition}:rds:{region}:{account}:snapshot:awsbackup:job-{ids.Uuid("job")}",
            "Aurora" => $"arn:{partition}:rds:{region}:{account}:cluster-snapshot:awsbackup:job-{ids.Uuid("job")}",
            "EBS" => $"arn:{partition}:ec2:{region}::snapshot/snap-{ids.Hex(17)}",
            _ => $"arn:{partition}:backup:{resource.Region}:{resource.Account}:recovery-point:{ids.Uuid("point")}",
        };
    }
}
