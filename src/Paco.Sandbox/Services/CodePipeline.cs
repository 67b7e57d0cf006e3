using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>CodePipeline: the pipelines that stacks made, and their executions, which find no source: <see cref="PipelineRuns"/>.</summary>
internal sealed class CodePipeline() : JsonService("codepipeline")
{
    private static readonly ApiNames Names = new(
        keep: new HashSet<string> { "Configuration" },
        numbers: new HashSet<string> { "RunOrder", "TimeoutInMinutes" },
        flags: new HashSet<string>(),
        renamed: new Dictionary<string, string>());

    // Of the template, and not of the pipeline as the API tells it.
    private static readonly string[] Elsewhere = ["Tags", "RestartExecutionOnUpdate", "DisableInboundStageTransitions", "ArtifactStores"];

    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "ListPipelines" => ListPipelines(call, body),
        "GetPipeline" => GetPipeline(Find(call, body, "name")),
        "GetPipelineState" => State(call, Find(call, body, "name")),
        "ListPipelineExecutions" => ListExecutions(call, body),
        "StartPipelineExecution" => new JsonObject
        {
            ["pipelineExecutionId"] = PipelineRuns.Start(call.Store, Find(call, body, "name"), call.Now, "StartPipelineExecution").Physical,
        },
        _ => throw AwsError.NotEmulated($"codepipeline:{call.Operation}"),
    };

    private static JsonObject ListPipelines(Call call, JsonObject body)
    {
        var all = call.Store.OfType(call.Account, call.Region, PipelineRuns.Pipeline);
        var (page, next) = Paged(all, body, 1000);
        return new()
        {
            ["pipelines"] = new JsonArray([.. page.Select(p => (JsonNode)new JsonObject
            {
                ["name"] = p.Physical,
                ["version"] = Version(p),
                ["pipelineType"] = Text(p, "PipelineType", "V1"),
                ["executionMode"] = Text(p, "ExecutionMode", "SUPERSEDED"),
                ["created"] = Seconds(p.Created),
                ["updated"] = Seconds(p.Created),
            })]),
            ["nextToken"] = next,
        };
    }

    private static JsonObject GetPipeline(LiveResource pipeline)
    {
        var told = Names.Of(pipeline.Properties, Elsewhere);
        told["name"] = pipeline.Physical;
        told["version"] = Version(pipeline);
        told.TryAdd("pipelineType", "V1");
        told.TryAdd("executionMode", "SUPERSEDED");
        if (pipeline.Properties["ArtifactStores"] is JsonArray stores)
        {
            told["artifactStores"] =
                new JsonObject(stores.Select(s => KeyValuePair.Create(Json.Scalar(s?["Region"]), Names.Of(s?["ArtifactStore"]))));
        }

        HideTokens(told);
        return new()
        {
            ["pipeline"] = told,
            ["metadata"] = new JsonObject
            {
                ["pipelineArn"] = PipelineRuns.Arn(pipeline.Account, pipeline.Region, pipeline.Physical),
                ["created"] = Seconds(pipeline.Created),
                ["updated"] = Seconds(pipeline.Created),
            },
        };
    }

    // CodePipeline shows nobody the token of the older GitHub action.
    private static void HideTokens(JsonObject pipeline)
    {
        foreach (var action in pipeline["stages"]!.AsArray().SelectMany(s => s!["actions"]!.AsArray()))
        {
            if (action!["configuration"] is JsonObject configuration && configuration.ContainsKey("OAuthToken"))
            {
                configuration["OAuthToken"] = "****";
            }
        }
    }

    private static JsonObject State(Call call, LiveResource pipeline)
    {
        var structure = PipelineStructure.Read(pipeline.Properties, pipeline.Account);
        var last = PipelineRuns.Of(call.Store, pipeline).FirstOrDefault();
        return new()
        {
            ["pipelineName"] = pipeline.Physical,
            ["pipelineVersion"] = Version(pipeline),
            ["stageStates"] = new JsonArray([.. structure.Actions.GroupBy(a => a.Stage).Select(s => (JsonNode)Stage(s.Key, [.. s], last))]),
            ["created"] = Seconds(pipeline.Created),
            ["updated"] = Seconds(pipeline.Created),
        };
    }

    // An execution ends in the stage of the sources; none has been in another.
    private static JsonObject Stage(string name, List<PipelineAction> actions, LiveResource? last)
    {
        var told = new JsonObject
        {
            ["stageName"] = name,
            ["inboundTransitionState"] = new JsonObject { ["enabled"] = true },
            ["actionStates"] = new JsonArray([.. actions.Select(a => (JsonNode)new JsonObject
            {
                ["actionName"] = a.Name,
                ["latestExecution"] = a.IsSource && last is not null ? Failed(last, a.Name) : null,
            })]),
        };
        if (last is not null && actions.Exists(a => a.IsSource))
        {
            told["latestExecution"] = new JsonObject { ["pipelineExecutionId"] = last.Physical, ["status"] = "Failed" };
        }

        return told;
    }

    private static JsonObject Failed(LiveResource run, string action) => new()
    {
        ["status"] = "Failed",
        ["lastStatusChange"] = Seconds(run.Created),
        ["errorDetails"] = new JsonObject { ["code"] = "ConfigurationError", ["message"] = PipelineRuns.Reason(run, action) },
    };

    private static JsonObject ListExecutions(Call call, JsonObject body)
    {
        var (page, next) = Paged(PipelineRuns.Of(call.Store, Find(call, body, "pipelineName")), body, 100);
        return new()
        {
            ["pipelineExecutionSummaries"] = new JsonArray([.. page.Select(r => (JsonNode)new JsonObject
            {
                ["pipelineExecutionId"] = r.Physical,
                ["status"] = "Failed",
                ["startTime"] = Seconds(r.Created),
                ["lastUpdateTime"] = Seconds(r.Created),
                ["sourceRevisions"] = new JsonArray(),
                ["trigger"] = new JsonObject { ["triggerType"] = Json.Scalar(r.Properties["Trigger"]) },
                ["executionType"] = "STANDARD",
            })]),
            ["nextToken"] = next,
        };
    }

    private static LiveResource Find(Call call, JsonObject body, string member)
    {
        var name = Required(body, member);
        return call.Store.Find(call.Account, call.Region, PipelineRuns.Pipeline, name)
            ?? throw new AwsError("PipelineNotFoundException", $"Account '{call.Account}' does not have a pipeline with name '{name}'");
    }

    private static int Version(LiveResource pipeline) =>
        int.TryParse(Json.Scalar(pipeline.Attributes["Version"]), out var number) ? number : 1;

    private static string Text(LiveResource pipeline, string property, string without) =>
        Json.Scalar(pipeline.Properties[property]) is { Length: > 0 } given ? given : without;

    private static (List<LiveResource> Page, string? Next) Paged(List<LiveResource> all, JsonObject body, int most) =>
        Page(all, new() { ["Most"] = body["maxResults"]?.DeepClone(), ["NextToken"] = body["nextToken"]?.DeepClone() }, "Most", most);
}
