using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>CodeBuild: the projects and report groups that stacks made. Nothing is built, so that there are no builds.</summary>
internal sealed class CodeBuild() : JsonService("codebuild")
{
    private const int MostProjects = 100;

    private static readonly ApiNames Names = new(
        keep: new HashSet<string>(),
        numbers: new HashSet<string>
        {
            "TimeoutInMinutes", "QueuedTimeoutInMinutes", "ConcurrentBuildLimit", "AutoRetryLimit", "GitCloneDepth", "TimeoutInMins",
            "MaximumBuildsAllowed",
        },
        flags: new HashSet<string>
        {
            "PrivilegedMode", "ReportBuildStatus", "InsecureSsl", "FetchSubmodules", "OverrideArtifactName", "EncryptionDisabled",
            "CombineArtifacts",
        },
        renamed: new Dictionary<string, string> { ["BuildSpec"] = "buildspec", ["Visibility"] = "projectVisibility" });

    // What the API has no word for, or tells in another place.
    private static readonly string[] Elsewhere = ["Name", "BadgeEnabled", "Triggers"];

    private static JsonObject NoBuilds => [];

    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "ListProjects" => ListProjects(call, body),
        "BatchGetProjects" => BatchGetProjects(call, body),
        "ListBuilds" => NoBuilds,
        "ListBuildsForProject" => ListBuilds(call, body),
        "BatchGetBuilds" => new JsonObject { ["builds"] = new JsonArray(), ["buildsNotFound"] = Texts(body, "ids") },
        _ => throw AwsError.NotEmulated($"codebuild:{call.Operation}"),
    };

    private static JsonObject ListProjects(Call call, JsonObject body)
    {
        var names = Projects(call).Select(p => p.Physical).Order(StringComparer.Ordinal).ToList();
        if (body["sortOrder"]?.ToString() == "DESCENDING")
        {
            names.Reverse();
        }

        var (page, next) = Page(names, new JsonObject { ["NextToken"] = body["nextToken"]?.DeepClone() }, "", MostProjects);
        return new() { ["projects"] = new JsonArray([.. page.Select(n => (JsonNode)n)]), ["nextToken"] = next };
    }

    private static JsonObject ListBuilds(Call call, JsonObject body)
    {
        var name = Required(body, "projectName");
        return Known(call, name) is not null ? NoBuilds : throw new AwsError("ResourceNotFoundException",
            $"The provided project {ProjectHandler.Arn(call.Account, call.Region, name)} does not exist");
    }

    private static JsonObject BatchGetProjects(Call call, JsonObject body)
    {
        var asked = Texts(body, "names").Select(Json.Scalar).ToList();
        if (asked.Count is 0 or > MostProjects)
        {
            throw new AwsError("InvalidInputException", $"Between 1 and {MostProjects} project names are taken");
        }

        var found = asked.Select(n => (Name: n, It: Known(call, n))).ToList();
        return new()
        {
            ["projects"] = new JsonArray([.. found.Where(f => f.It is not null).Select(f => (JsonNode)Describe(f.It!))]),
            ["projectsNotFound"] = new JsonArray([.. found.Where(f => f.It is null).Select(f => (JsonNode)f.Name)]),
        };
    }

    private static JsonObject Describe(LiveResource project)
    {
        var told = Names.Of(project.Properties, Elsewhere);
        told["name"] = project.Physical;
        told["arn"] = ProjectHandler.Arn(project);
        told["created"] = Seconds(project.Created);
        told["lastModified"] = Seconds(project.Created);
        told["badge"] = new JsonObject
        {
            ["badgeEnabled"] = Json.Scalar(project.Properties["BadgeEnabled"]).Equals("true", StringComparison.OrdinalIgnoreCase),
        };
        told.TryAdd("timeoutInMinutes", 60);
        told.TryAdd("queuedTimeoutInMinutes", 480);
        told.TryAdd("encryptionKey",
            $"arn:{SandboxContext.Partition(project.Region)}:kms:{project.Region}:{project.Account}:alias/aws/s3");
        return told;
    }

    private static List<LiveResource> Projects(Call call) => call.Store.OfType(call.Account, call.Region, ProjectHandler.Type);

    private static LiveResource? Known(Call call, string given) =>
        call.Store.Find(call.Account, call.Region, ProjectHandler.Type, given[(given.LastIndexOf('/') + 1)..]);

    private static JsonArray Texts(JsonObject body, string member) => body[member]?.DeepClone() as JsonArray ?? [];
}
