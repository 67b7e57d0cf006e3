using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paco.Clouds;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Backup;

/// <summary>
/// What plans have done by themselves: whenever somebody looks, the runs that fell due since the last look are caught up, and points whose
/// time is over are gone. A selection finds what carries its tags when it runs, whoever made that.
/// </summary>
internal static class BackupRuns
{
    private const string RunType = "AWS::Backup::Run";
    private const string Daily = "cron(0 5 ? * * *)";

    // Of a sandbox that nobody looked at for years, the newest runs tell enough.
    private const int MostRuns = 40;

    public static void CatchUp(Call call)
    {
        foreach (var plan in BackupPlans.All(call))
        {
            foreach (var (at, rule) in BackupPlans.Rules(plan).Index())
            {
                CatchUp(call, plan, rule, at);
            }
        }

        foreach (var point in call.Store.OfType(call.Account, call.Region, RecoveryPoints.Type)
            .Where(p => RecoveryPoints.EndOf(p) <= call.Now))
        {
            call.Store.Remove(point.Account, point.Region, point.Type, point.Physical);
        }
    }

    private static void CatchUp(Call call, LiveResource plan, JsonObject rule, int at)
    {
        var id = $"{plan.Physical}/{BackupPlans.RuleId(plan, at)}";
        var last = call.Store.Find(call.Account, call.Region, RunType, id)?.Created ?? plan.Created;
        var due = Due(rule, last, call.Now).TakeLast(MostRuns).ToList();
        foreach (var time in due)
        {
            Run(call, plan, rule, at, time);
        }

        if (due.Count > 0)
        {
            call.Store.Insert(new LiveResource(call.Account, call.Region, RunType, id, null, null, null, null, due[^1], [], []));
        }
    }

    private static IEnumerable<DateTimeOffset> Due(JsonObject rule, DateTimeOffset after, DateTimeOffset now)
    {
        var written = Json.Scalar(rule["ScheduleExpression"]) is { Length: > 0 } expression ? expression : Daily;
        if (CronSchedule.Parse(written, out _) is not { } schedule)
        {
            yield break;
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(Json.Scalar(rule["ScheduleExpressionTimezone"]), out var found)
            ? found : TimeZoneInfo.Utc;
        var at = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        while (schedule.Next(at) is { } next && new DateTimeOffset(next, zone.GetUtcOffset(next)) is var time && time <= now)
        {
            yield return time.ToUniversalTime();
            at = next;
        }
    }

    private static void Run(Call call, LiveResource plan, JsonObject rule, int at, DateTimeOffset time)
    {
        var name = Json.Scalar(rule["TargetBackupVault"]);
        if (call.Store.Find(call.Account, call.Region, BackupVaults.Type, name) is not { } vault)
        {
            return;
        }

        var by = new JsonObject
        {
            ["BackupPlanArn"] = plan.Attributes["BackupPlanArn"]!.ToString(),
            ["BackupPlanId"] = plan.Physical,
            ["BackupPlanVersion"] = Json.Scalar(plan.Attributes["VersionId"]),
            ["BackupRuleId"] = BackupPlans.RuleId(plan, at),
        };
        var selections = BackupPlans.SelectionsOf(call, plan.Physical).Select(BackupPlans.Selection).ToList();
        foreach (var resource in SavedResources.All(call).Where(r => r.Created <= time))
        {
            if (selections.Find(s => Selects(s, resource)) is { } selection)
            {
                RecoveryPoints.Make(call, vault, resource, time, Json.Scalar(selection["IamRoleArn"]), rule["Lifecycle"] as JsonObject,
                    by.DeepClone().AsObject());
            }
        }
    }

    // Conditions are joined by "and", a list of tags by "or". Source: API backup BackupSelection.
    private static bool Selects(JsonObject selection, SavedResource resource)
    {
        if (Texts(selection["NotResources"]).Any(form => Fits(form, resource.Arn)))
        {
            return false;
        }

        var named = Texts(selection["Resources"]).ToList();
        var isListed = (selection["ListOfTags"] as JsonArray ?? []).Any(t =>
            resource.Tags.GetValueOrDefault(Json.Scalar(t?["ConditionKey"])) == Json.Scalar(t?["ConditionValue"]));
        return isListed || (named.Exists(form => Fits(form, resource.Arn)) && Meets(selection["Conditions"] as JsonObject, resource));
    }

    private static bool Meets(JsonObject? conditions, SavedResource resource) => (conditions ?? []).All(o =>
        (o.Value as JsonArray ?? []).All(c =>
        {
            var key = Json.Scalar(c?["ConditionKey"]).Replace("aws:ResourceTag/", "", StringComparison.Ordinal);
            var tag = resource.Tags.GetValueOrDefault(key);
            var wanted = Json.Scalar(c?["ConditionValue"]);
            return o.Key switch
            {
                "StringEquals" => tag == wanted,
                "StringNotEquals" => tag != wanted,
                "StringLike" => tag is not null && Fits(wanted, tag),
                "StringNotLike" => tag is null || !Fits(wanted, tag),
                _ => false,
            };
        }));

    private static bool Fits(string form, string text) => Regex.IsMatch(text,
        $"^{Regex.Escape(form).Replace(@"\*", ".*", StringComparison.Ordinal)}$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(Json.Scalar);
}
