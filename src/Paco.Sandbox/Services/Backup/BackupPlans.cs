using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Backup;

/// <summary>
/// The plans of an account and region and what each selects. CloudFormation spells some members otherwise than the service.
/// </summary>
internal static class BackupPlans
{
    public const string Type = "AWS::Backup::BackupPlan";

    private const string SelectionType = "AWS::Backup::BackupSelection";

    public static List<LiveResource> All(Call call) => call.Store.OfType(call.Account, call.Region, Type);

    public static LiveResource Find(Call call, string id) => call.Store.Find(call.Account, call.Region, Type, id)
        ?? throw new AwsError("ResourceNotFoundException", $"Cannot find Backup plan with ID {id}");

    public static IEnumerable<LiveResource> SelectionsOf(Call call, string plan) => call.Store
        .OfType(call.Account, call.Region, SelectionType)
        .Where(s => Json.Scalar(s.Properties["BackupPlanId"]) == Find(call, plan).Physical);

    public static LiveResource FindSelection(Call call, string plan, string id) =>
        SelectionsOf(call, plan).FirstOrDefault(s => IdOf(s) == id)
        ?? throw new AwsError("ResourceNotFoundException", $"Cannot find Backup selection with ID {id}");

    public static JsonObject Summary(LiveResource plan) => new()
    {
        ["BackupPlanArn"] = plan.Attributes["BackupPlanArn"]!.ToString(),
        ["BackupPlanId"] = plan.Physical,
        ["BackupPlanName"] = Json.Scalar(Plan(plan)["BackupPlanName"]),
        ["CreationDate"] = BackupService.Seconds(plan.Created),
        ["VersionId"] = Json.Scalar(plan.Attributes["VersionId"]),
    };

    public static JsonObject Describe(LiveResource plan)
    {
        var told = Summary(plan);
        told.Remove("BackupPlanName");
        told["BackupPlan"] = new JsonObject
        {
            ["BackupPlanName"] = Json.Scalar(Plan(plan)["BackupPlanName"]),
            ["Rules"] = new JsonArray([.. Rules(plan).Select((r, i) => Rule(plan, r, i))]),
        };
        return told;
    }

    public static IEnumerable<JsonObject> Rules(LiveResource plan) =>
        (Plan(plan)["BackupPlanRule"] as JsonArray ?? []).OfType<JsonObject>();

    public static string RuleId(LiveResource plan, int at) => new Made.DeterministicIds($"{plan.Physical} rule {at}").Uuid();

    public static JsonObject SelectionSummary(LiveResource selection) => new()
    {
        ["SelectionId"] = IdOf(selection),
        ["SelectionName"] = Json.Scalar(Selection(selection)["SelectionName"]),
        ["BackupPlanId"] = Json.Scalar(selection.Properties["BackupPlanId"]),
        ["CreationDate"] = BackupService.Seconds(selection.Created),
        ["IamRoleArn"] = Json.Scalar(Selection(selection)["IamRoleArn"]),
    };

    public static JsonObject DescribeSelection(LiveResource selection) => new()
    {
        ["BackupSelection"] = Selection(selection).DeepClone(),
        ["SelectionId"] = IdOf(selection),
        ["BackupPlanId"] = Json.Scalar(selection.Properties["BackupPlanId"]),
        ["CreationDate"] = BackupService.Seconds(selection.Created),
    };

    public static JsonObject Selection(LiveResource selection) => selection.Properties["BackupSelection"]!.AsObject();

    private static string IdOf(LiveResource selection) => Json.Scalar(selection.Attributes["SelectionId"]);

    private static JsonObject Plan(LiveResource plan) => plan.Properties["BackupPlan"]!.AsObject();

    private static JsonObject Rule(LiveResource plan, JsonObject rule, int at)
    {
        var told = rule.DeepClone().AsObject();
        told.Remove("TargetBackupVault");
        told["TargetBackupVaultName"] = Json.Scalar(rule["TargetBackupVault"]);
        told["RuleId"] = RuleId(plan, at);
        return told;
    }
}
