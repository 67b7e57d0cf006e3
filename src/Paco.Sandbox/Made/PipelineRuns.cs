using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// The executions of pipelines. The sandbox has no source to build: repositories are empty, registries too, and nobody else's source is
/// reached. So an execution ends as it would on AWS with nothing to take: failed, in its first stage, with the reason on each source.
/// </summary>
internal static class PipelineRuns
{
    public const string Pipeline = "AWS::CodePipeline::Pipeline";

    private const string Type = "AWS::CodePipeline::Execution";

    public static string Arn(string account, string region, string name) =>
        $"arn:{SandboxContext.Partition(region)}:codepipeline:{region}:{account}:{name}";

    /// <summary>Newest first.</summary>
    public static List<LiveResource> Of(Store store, LiveResource pipeline) =>
        [.. store.OfType(pipeline.Account, pipeline.Region, Type).Where(r => Json.Scalar(r.Properties["Pipeline"]) == pipeline.Physical)
            .OrderByDescending(r => int.Parse(Json.Scalar(r.Properties["Number"])))];

    /// <summary>Runs it; the answer is the execution, which has ended.</summary>
    /// <param name="trigger">As CodePipeline names what began it: <c>StartPipelineExecution</c>.</param>
    public static LiveResource Start(Store store, LiveResource pipeline, DateTimeOffset now, string trigger)
    {
        var number = Of(store, pipeline).Count + 1;
        var seed = new DeterministicIds($"{pipeline.Account} {pipeline.Region} {pipeline.Physical} {now:O} execution {number}");
        var structure = PipelineStructure.Read(pipeline.Properties, pipeline.Account);
        var run = new LiveResource(pipeline.Account, pipeline.Region, Type, seed.Uuid(), null, null, null, null, now, new JsonObject
        {
            ["Pipeline"] = pipeline.Physical,
            ["Number"] = number,
            ["Trigger"] = trigger,
            ["Sources"] = new JsonObject(structure.Actions.Where(a => a.IsSource)
                .Select(a => KeyValuePair.Create(a.Name, (JsonNode?)Lack(store, a)))),
        }, []);
        store.Insert(run);
        return run;
    }

    public static void Forget(Store store, LiveResource pipeline)
    {
        foreach (var run in Of(store, pipeline))
        {
            store.Remove(run.Account, run.Region, run.Type, run.Physical);
        }
    }

    /// <summary>Why a source action of an execution failed.</summary>
    public static string Reason(LiveResource run, string action) => Json.Scalar(run.Properties["Sources"]?[action]);

    // CodePipeline's words where they are known, and else whose they are.
    private static string Lack(Store store, PipelineAction source)
    {
        string Of(string key) => Json.Scalar(source.Configuration[key]);
        return source.Kind.Split(' ')[^1] switch
        {
            "CodeCommit" => $"The action failed because no branch named {Of("BranchName")} was found in the selected AWS CodeCommit "
                + $"repository {Of("RepositoryName")}. Make sure you are using the correct branch name, and then try again. Error: null",
            "CodeStarSourceConnection" when Connections.Find(store, Of("ConnectionArn")) is { } connection
                && Json.Scalar(connection.Attributes[Connections.Status]) != "AVAILABLE" =>
                $"The connection {Of("ConnectionArn")} is not AVAILABLE",
            "CodeStarSourceConnection" => $"The sandbox reaches no repository elsewhere, so that it has no {Of("FullRepositoryId")}",
            "ECR" => $"The sandbox has no images, so that there is none in {Of("RepositoryName")}",
            _ => "The sandbox has no source for this action",
        };
    }
}
