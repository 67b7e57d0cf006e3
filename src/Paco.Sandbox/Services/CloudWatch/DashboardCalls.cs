using System.Text.Json.Nodes;
using Paco.Sandbox.Alarms;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudWatch;

/// <summary>
/// Dashboards: those that stacks made, and those that somebody puts or changes by hand. They are an account's, not a region's.
/// </summary>
internal static class DashboardCalls
{
    private const string Type = "AWS::CloudWatch::Dashboard";

    public static LiveResource? Find(Call call, string name) => All(call).FirstOrDefault(d => d.Physical == name);

    public static JsonObject List(Call call, JsonObject body)
    {
        var all = All(call).Where(d => d.Physical.StartsWith(body.Text("DashboardNamePrefix") ?? "", StringComparison.Ordinal)).ToList();
        var (page, next) = body.Page(all, "MaxResults", 1000, 1000);
        return new()
        {
            ["DashboardEntries"] = new JsonArray([.. page.Select(d => (JsonNode)new JsonObject
            {
                ["DashboardName"] = d.Physical,
                ["DashboardArn"] = Arn(call, d),
                ["LastModified"] = Asked.Seconds(d.Created),
                ["Size"] = Text.ByteCount(d.Properties.Text("DashboardBody") ?? ""),
            })]),
            ["NextToken"] = next,
        };
    }

    public static JsonObject Get(Call call, JsonObject body)
    {
        var dashboard = Needed(call, body.Need("DashboardName"));
        return new()
        {
            ["DashboardArn"] = Arn(call, dashboard),
            ["DashboardBody"] = dashboard.Properties.Text("DashboardBody"),
            ["DashboardName"] = dashboard.Physical,
        };
    }

    public static JsonObject Put(Call call, JsonObject body)
    {
        var (name, text) = (body.Need("DashboardName"), body.Need("DashboardBody"));
        if (DashboardBody.Problems(text) is { Count: > 0 } problems)
        {
            throw new AwsError("InvalidParameterInput", DashboardBody.Refusal(problems));
        }

        if (Find(call, name) is { } known)
        {
            known.Properties["DashboardBody"] = text;
            call.Store.Insert(known);
        }
        else
        {
            var properties = new JsonObject { ["DashboardName"] = name, ["DashboardBody"] = text, ["Tags"] = body["Tags"]?.DeepClone() };
            ResourceHandler.Of(Type).Create(ResourceRequest.ForApi(call, Type, properties, name));
        }

        return new() { ["DashboardValidationMessages"] = new JsonArray() };
    }

    public static JsonObject Delete(Call call, JsonObject body)
    {
        foreach (var dashboard in body.Texts("DashboardNames").Select(name => Needed(call, name)).ToList())
        {
            ResourceHandler.Of(Type).Delete(call.Store, dashboard);
        }

        return [];
    }

    private static IEnumerable<LiveResource> All(Call call) =>
        call.Store.OfType(call.Account, Type).OrderBy(d => d.Physical, StringComparer.Ordinal);

    private static LiveResource Needed(Call call, string name) => Find(call, name)
        ?? throw new AwsError("ResourceNotFound", $"Dashboard {name} does not exist", 404);

    private static string Arn(Call call, LiveResource dashboard) =>
        $"arn:{SandboxContext.Partition(call.Region)}:cloudwatch::{call.Account}:dashboard/{dashboard.Physical}";
}
