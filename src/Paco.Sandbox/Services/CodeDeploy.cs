using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>CodeDeploy: the applications and groups that stacks made, and deployments, none of which finds an agent here.</summary>
internal sealed class CodeDeploy() : JsonService("codedeploy")
{
    private const string DefaultConfiguration = "CodeDeployDefault.OneAtATime";

    // Source: CodeDeploy User Guide, "Predefined deployment configurations"; for OneAtATime the model, MinimumHealthyHosts.
    private static readonly Dictionary<string, (string Type, int Value)> Predefined = new()
    {
        ["CodeDeployDefault.AllAtOnce"] = ("FLEET_PERCENT", 0),
        ["CodeDeployDefault.HalfAtATime"] = ("FLEET_PERCENT", 50),
        [DefaultConfiguration] = ("MOST_CONCURRENCY", 1),
    };

    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "ListApplications" => Names("applications", All(call, DeploymentGroupChecks.Application)),
        "GetApplication" => new JsonObject { ["application"] = Application(FindApplication(call, body)) },
        "ListDeploymentGroups" => Groups(call, body),
        "GetDeploymentGroup" => new JsonObject { ["deploymentGroupInfo"] = Group(call, FindGroup(call, body)) },
        "BatchGetDeploymentGroups" => BatchGet(call, body),
        "ListDeploymentConfigs" => new JsonObject
        {
            ["deploymentConfigsList"] = new JsonArray(
                [
                    .. Predefined.Keys.Concat(All(call, DeploymentGroupChecks.Configuration).Select(c => c.Physical))
                        .Select(n => (JsonNode)n),
                ]),
        },
        "GetDeploymentConfig" => new JsonObject { ["deploymentConfigInfo"] = Configuration(call, body) },
        "ListDeployments" => new JsonObject
        {
            ["deployments"] = new JsonArray([.. ListDeployments(call, body).Select(d => (JsonNode)Json.Scalar(d["Id"]))]),
        },
        "CreateDeployment" => Create(call, body),
        "GetDeployment" => new JsonObject { ["deploymentInfo"] = FindDeployment(call, body) },
        _ => throw AwsError.NotEmulated($"codedeploy:{call.Operation}"),
    };

    private static List<LiveResource> All(Call call, string type) => call.Store.OfType(call.Account, call.Region, type);

    private static IEnumerable<LiveResource> GroupsOf(Call call, LiveResource application) =>
        All(call, LaunchHooks.DeploymentGroup).Where(g => Json.Scalar(g.Properties["ApplicationName"]) == application.Physical);

    private static JsonObject Names(string member, IEnumerable<LiveResource> all) =>
        new() { [member] = new JsonArray([.. all.Select(r => (JsonNode)r.Physical)]) };

    private static string Named(JsonObject body, string member, string what) => body[member]?.ToString() is { Length: > 0 } name
        ? name
        : throw new AwsError($"{what.Replace(" ", "", StringComparison.Ordinal)}RequiredException", $"{what} must be specified");

    private static LiveResource FindApplication(Call call, JsonObject body)
    {
        var name = Named(body, "applicationName", "Application Name");
        return call.Store.Find(call.Account, call.Region, DeploymentGroupChecks.Application, name)
            ?? throw new AwsError("ApplicationDoesNotExistException", $"No application found for name: {name}");
    }

    private static LiveResource FindGroup(Call call, JsonObject body)
    {
        var application = FindApplication(call, body);
        var name = Named(body, "deploymentGroupName", "Deployment Group Name");
        return GroupsOf(call, application).FirstOrDefault(g => g.Physical == name)
            ?? throw new AwsError("DeploymentGroupDoesNotExistException", $"No Deployment Group found for name: {name}");
    }

    private static JsonObject Application(LiveResource it) => new()
    {
        ["applicationId"] = new DeterministicIds($"{it.Account} {it.Region} {it.Physical}").Uuid(),
        ["applicationName"] = it.Physical,
        ["createTime"] = Seconds(it.Created),
        ["linkedToGitHub"] = false,
        ["computePlatform"] = it.Properties["ComputePlatform"]?.ToString() ?? "Server",
    };

    private static JsonObject Groups(Call call, JsonObject body)
    {
        var application = FindApplication(call, body);
        var told = Names("deploymentGroups", GroupsOf(call, application));
        told["applicationName"] = application.Physical;
        return told;
    }

    private static JsonObject BatchGet(Call call, JsonObject body)
    {
        var application = FindApplication(call, body);
        var wanted = (body["deploymentGroupNames"] as JsonArray ?? []).Select(Json.Scalar).ToList();
        var found = GroupsOf(call, application).Where(g => wanted.Contains(g.Physical));
        return new JsonObject { ["deploymentGroupsInfo"] = new JsonArray([.. found.Select(g => (JsonNode)Group(call, g))]) };
    }

    private static JsonObject Group(Call call, LiveResource it)
    {
        var application = call.Store.Find(it.Account, it.Region, DeploymentGroupChecks.Application,
            Json.Scalar(it.Properties["ApplicationName"]));
        var told = new JsonObject
        {
            ["applicationName"] = Json.Scalar(it.Properties["ApplicationName"]),
            ["deploymentGroupId"] = new DeterministicIds($"{it.Account} {it.Region} {it.Physical}").Uuid(),
            ["deploymentGroupName"] = it.Physical,
            ["deploymentConfigName"] = it.Properties["DeploymentConfigName"]?.ToString() ?? DefaultConfiguration,
            ["ec2TagFilters"] = new JsonArray(),
            ["onPremisesInstanceTagFilters"] = new JsonArray(),
            ["autoScalingGroups"] = new JsonArray(
                [.. LaunchHooks.Of(it).Select(h => (JsonNode)new JsonObject { ["name"] = h.Group, ["hook"] = h.Name })]),
            ["serviceRoleArn"] = Json.Scalar(it.Properties["ServiceRoleArn"]),
            ["triggerConfigurations"] = new JsonArray(),
            ["outdatedInstancesStrategy"] = it.Properties["OutdatedInstancesStrategy"]?.ToString() ?? "UPDATE",
            ["computePlatform"] = application?.Properties["ComputePlatform"]?.ToString() ?? "Server",
            ["terminationHookEnabled"] = Json.Scalar(it.Properties["TerminationHookEnabled"]) == "true",
        };
        foreach (var name in new[] { "AlarmConfiguration", "AutoRollbackConfiguration", "DeploymentStyle", "LoadBalancerInfo" })
        {
            if (it.Properties[name] is { } written)
                told[Small(name)] = Told(written);
        }

        if (Deployments.Of(it).FirstOrDefault() is { } last)
        {
            told["lastAttemptedDeployment"] = new JsonObject
            {
                ["deploymentId"] = Json.Scalar(last["Id"]), ["status"] = "Failed", ["createTime"] = Time(last), ["endTime"] = Time(last),
            };
        }

        return told;
    }

    /// <summary>A template's words as the service has them: small first letters, and flags that are flags.</summary>
    private static JsonNode? Told(JsonNode? written) => written switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(Small(p.Key), Told(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Told)]),
        JsonValue value when Json.Scalar(value) is "true" or "false" => Json.Scalar(value) == "true",
        _ => written?.DeepClone(),
    };

    private static string Small(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static JsonObject Configuration(Call call, JsonObject body)
    {
        var name = Named(body, "deploymentConfigName", "Deployment Config Name");
        var made = call.Store.Find(call.Account, call.Region, DeploymentGroupChecks.Configuration, name);
        if (made is null && !Predefined.ContainsKey(name))
            throw new AwsError("DeploymentConfigDoesNotExistException", $"No Deployment Configuration found for name: {name}");
        var hosts = made?.Properties["MinimumHealthyHosts"];
        var (type, value) = hosts is null ? Predefined.GetValueOrDefault(name, ("HOST_COUNT", 0))
            : (Json.Scalar(hosts["Type"]), int.Parse(Json.Scalar(hosts["Value"]), System.Globalization.CultureInfo.InvariantCulture));
        return new JsonObject
        {
            ["deploymentConfigId"] = new DeterministicIds($"{call.Account} {call.Region} {name}").Uuid(),
            ["deploymentConfigName"] = name,
            ["minimumHealthyHosts"] = new JsonObject { ["type"] = type, ["value"] = value },
            ["createTime"] = Seconds(made?.Created ?? DateTimeOffset.UnixEpoch),
            ["computePlatform"] = made?.Properties["ComputePlatform"]?.ToString() ?? "Server",
        };
    }

    private static IEnumerable<JsonObject> ListDeployments(Call call, JsonObject body)
    {
        if (body["applicationName"] is null && body["deploymentGroupName"] is null)
            return All(call, LaunchHooks.DeploymentGroup).SelectMany(Deployments.Of);
        return body["deploymentGroupName"] is null
            ? GroupsOf(call, FindApplication(call, body)).SelectMany(Deployments.Of)
            : Deployments.Of(FindGroup(call, body));
    }

    private static JsonObject Create(Call call, JsonObject body)
    {
        var group = FindGroup(call, body);
        if (body["revision"] is not JsonObject revision)
            throw new AwsError("RevisionRequiredException", "A revision must be specified");
        var made = Deployments.Start(call.Store, group,
            new JsonObject { ["Description"] = body["description"]?.DeepClone(), ["Revision"] = revision.DeepClone() }, "user", call.Now);
        call.Store.Insert(group);
        return new JsonObject { ["deploymentId"] = made["Id"]!.DeepClone() };
    }

    private static JsonObject FindDeployment(Call call, JsonObject body)
    {
        var id = Named(body, "deploymentId", "Deployment Id");
        foreach (var group in All(call, LaunchHooks.DeploymentGroup))
        {
            if (Deployments.Of(group).FirstOrDefault(d => Json.Scalar(d["Id"]) == id) is { } found)
                return Deployment(group, found);
        }

        throw new AwsError("DeploymentDoesNotExistException", $"The deployment {id} could not be found");
    }

    private static JsonObject Deployment(LiveResource group, JsonObject it)
    {
        var servers = (int)it["Servers"]!;
        return new JsonObject
        {
            ["applicationName"] = Json.Scalar(group.Properties["ApplicationName"]),
            ["deploymentGroupName"] = group.Physical,
            ["deploymentConfigName"] = group.Properties["DeploymentConfigName"]?.ToString() ?? DefaultConfiguration,
            ["deploymentId"] = Json.Scalar(it["Id"]),
            ["revision"] = Told(it["Revision"]),
            ["status"] = "Failed",
            ["errorInformation"] = new JsonObject
            {
                ["code"] = servers == 0 ? "NO_INSTANCES" : "HEALTH_CONSTRAINTS",
                ["message"] = servers == 0
                    ? "The deployment failed because no instances were found for your deployment group."
                    : "The overall deployment failed because too many individual instances failed deployment. Nothing runs on the sandbox's servers, so no agent answered.",
            },
            ["createTime"] = Time(it),
            ["completeTime"] = Time(it),
            ["deploymentOverview"] = new JsonObject
            {
                ["Pending"] = 0, ["InProgress"] = 0, ["Succeeded"] = 0, ["Failed"] = servers, ["Skipped"] = 0, ["Ready"] = 0,
            },
            ["description"] = it["Description"]?.DeepClone(),
            ["creator"] = Json.Scalar(it["Creator"]),
            ["computePlatform"] = "Server",
        };
    }

    private static double Time(JsonObject deployment) => (long)deployment["Created"]! / 1000.0;
}
