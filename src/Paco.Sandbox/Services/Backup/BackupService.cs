using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Backup;

/// <summary>AWS Backup: the vaults and plans that stacks made, the recovery points that plans and people fill them with.</summary>
internal sealed class BackupService : IService
{
    private const string JobType = "AWS::Backup::BackupJob";

    public string Name => "backup";

    /// <summary>REST: the operation is in method and path.</summary>
    public string Operation(WireRequest request) => (request.Method, Parts(request)) switch
    {
        ("GET", ["backup-vaults"]) => "ListBackupVaults",
        ("GET", ["backup-vaults", _]) => "DescribeBackupVault",
        ("DELETE", ["backup-vaults", _]) => "DeleteBackupVault",
        ("GET", ["backup-vaults", _, "recovery-points"]) => "ListRecoveryPointsByBackupVault",
        ("GET", ["backup-vaults", _, "recovery-points", _]) => "DescribeRecoveryPoint",
        ("DELETE", ["backup-vaults", _, "recovery-points", _]) => "DeleteRecoveryPoint",
        ("GET", ["backup", "plans"]) => "ListBackupPlans",
        ("GET", ["backup", "plans", _]) => "GetBackupPlan",
        ("GET", ["backup", "plans", _, "selections"]) => "ListBackupSelections",
        ("GET", ["backup", "plans", _, "selections", _]) => "GetBackupSelection",
        ("PUT", ["backup-jobs"]) => "StartBackupJob",
        ("GET", ["backup-jobs", _]) => "DescribeBackupJob",
        _ => $"{request.Method} {request.Path}",
    };

    public WireResponse Answer(Call call)
    {
        BackupRuns.CatchUp(call);
        var told = call.Operation switch
        {
            "ListBackupVaults" => Listed("BackupVaultList", BackupVaults.All(call).Select(v => Vault(call, v))),
            "DescribeBackupVault" => Vault(call, BackupVaults.Find(call, Part(call, 1))),
            "DeleteBackupVault" => DeleteVault(call),
            "ListRecoveryPointsByBackupVault" => Listed("RecoveryPoints", Asked(call).Select(RecoveryPoints.Tell)),
            "DescribeRecoveryPoint" => RecoveryPoints.Tell(Point(call)),
            "DeleteRecoveryPoint" => DeletePoint(call),
            "ListBackupPlans" => Listed("BackupPlansList", BackupPlans.All(call).Select(p => BackupPlans.Summary(p))),
            "GetBackupPlan" => BackupPlans.Describe(BackupPlans.Find(call, Part(call, 2))),
            "ListBackupSelections" =>
                Listed("BackupSelectionsList", BackupPlans.SelectionsOf(call, Part(call, 2)).Select(BackupPlans.SelectionSummary)),
            "GetBackupSelection" => BackupPlans.DescribeSelection(BackupPlans.FindSelection(call, Part(call, 2), Part(call, 4))),
            "StartBackupJob" => StartJob(call),
            "DescribeBackupJob" => Job(call),
            _ => throw AwsError.NotEmulated($"backup:{call.Operation}"),
        };
        return Answers.RestJson(call.RequestId, told);
    }

    public WireResponse Refuse(WireRequest request, AwsError error, string requestId) => Answers.JsonError("1.1", error, requestId);

    private static JsonObject Listed(string member, IEnumerable<JsonObject> all) => new() { [member] = new JsonArray([.. all]) };

    private static string[] Parts(WireRequest request) =>
        [.. request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    private static string Part(Call call, int at) => Parts(call.Request)[at];

    private static JsonObject Vault(Call call, LiveResource vault) => new()
    {
        ["BackupVaultName"] = vault.Physical,
        ["BackupVaultArn"] = BackupVaults.Arn(vault),
        ["CreationDate"] = Seconds(vault.Created),
        ["NumberOfRecoveryPoints"] = RecoveryPoints.In(call, vault.Physical).Count(),
    };

    private static JsonObject? DeleteVault(Call call)
    {
        var vault = BackupVaults.Find(call, Part(call, 1));
        if (BackupVaults.Holds(call.Store, vault))
        {
            throw new AwsError("InvalidRequestException", BackupVaults.NotEmpty);
        }

        call.Store.Remove(vault.Account, vault.Region, vault.Type, vault.Physical);
        return null;
    }

    private static IEnumerable<LiveResource> Asked(Call call)
    {
        var points = RecoveryPoints.In(call, BackupVaults.Find(call, Part(call, 1)).Physical);
        return call.Request.QueryItem("resourceArn") is { } arn
            ? points.Where(p => Json.Scalar(p.Properties["ResourceArn"]) == arn)
            : points;
    }

    private static LiveResource Point(Call call)
    {
        var arn = Part(call, 3);
        return RecoveryPoints.In(call, BackupVaults.Find(call, Part(call, 1)).Physical).FirstOrDefault(p => p.Physical == arn)
            ?? throw new AwsError("ResourceNotFoundException", $"Cannot find recovery point {arn}");
    }

    private static JsonObject? DeletePoint(Call call)
    {
        var point = Point(call);
        call.Store.Remove(point.Account, point.Region, point.Type, point.Physical);
        return null;
    }

    private static JsonObject StartJob(Call call)
    {
        var body = Json.Read(call.Request.BodyText) as JsonObject ?? [];
        var vault = BackupVaults.Find(call, Required(body, "BackupVaultName"));
        var arn = Required(body, "ResourceArn");
        var resource = SavedResources.All(call).FirstOrDefault(r => r.Arn == arn)
            ?? throw new AwsError("InvalidParameterValueException", $"Provided resource ARN {arn} is not supported or does not exist");
        var role = Required(body, "IamRoleArn");
        var point = RecoveryPoints.Make(call, vault, resource, call.Now, role, body["Lifecycle"] as JsonObject, plan: null);
        var id = RecoveryPoints.JobOf(point);
        call.Store.Insert(new LiveResource(call.Account, call.Region, JobType, id, null, null, null, null, call.Now, new JsonObject
        {
            ["Vault"] = vault.Physical,
            ["RecoveryPointArn"] = point.Physical,
            ["ResourceArn"] = arn,
            ["ResourceType"] = resource.Kind,
            ["IamRoleArn"] = role,
        }, []));
        return new()
        {
            ["BackupJobId"] = id,
            ["RecoveryPointArn"] = point.Physical,
            ["CreationDate"] = Seconds(call.Now),
            ["IsParent"] = false,
        };
    }

    private static JsonObject Job(Call call)
    {
        var id = Part(call, 1);
        var job = call.Store.Find(call.Account, call.Region, JobType, id)
            ?? throw new AwsError("ResourceNotFoundException", $"Backup job {id} cannot be found");
        var told = new JsonObject { ["AccountId"] = job.Account, ["BackupJobId"] = id, ["State"] = "COMPLETED", ["PercentDone"] = "100.0" };
        told["BackupVaultName"] = Json.Scalar(job.Properties["Vault"]);
        foreach (var member in new[] { "RecoveryPointArn", "ResourceArn", "ResourceType", "IamRoleArn" })
        {
            told[member] = Json.Scalar(job.Properties[member]);
        }

        told["CreationDate"] = Seconds(job.Created);
        told["CompletionDate"] = Seconds(job.Created);
        return told;
    }

    private static string Required(JsonObject body, string member) => Json.Scalar(body[member]) is { Length: > 0 } value
        ? value
        : throw new AwsError("MissingParameterValueException", $"{member} is required");

    internal static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
