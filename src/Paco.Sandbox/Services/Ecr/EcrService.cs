using System.Text;
using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Ecr;

/// <summary>
/// ECR: the repositories that stacks made, and manifests of images in them. There is no registry that Docker could talk to, and who may do
/// what is not asked, of other accounts neither.
/// </summary>
internal sealed class EcrService() : JsonService("ecr")
{
    private const int PageSize = 1000;

    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "DescribeRepositories" => Describe(call, body),
        "DeleteRepository" => Delete(call, body),
        "GetRepositoryPolicy" => Policy(Find(call, body)),
        "GetLifecyclePolicy" => Lifecycle(call, Find(call, body)),
        "GetAuthorizationToken" => Token(call),
        "PutImage" => ImageCalls.Put(call, Find(call, body), body),
        "ListImages" => List(call, body),
        "DescribeImages" => DescribeImages(call, body),
        "BatchGetImage" => ImageCalls.Get(call, Find(call, body), body),
        "BatchDeleteImage" => ImageCalls.Delete(call, Find(call, body), body),
        _ => throw AwsError.NotEmulated($"ecr:{call.Operation}"),
    };

    /// <summary>What an answer about a repository begins with.</summary>
    public static JsonObject Named(LiveResource repository) =>
        new() { ["registryId"] = repository.Account, ["repositoryName"] = repository.Physical };

    public static AwsError Invalid(string parameter, string why) =>
        new("InvalidParameterException", $"Invalid parameter at '{parameter}' failed to satisfy constraint: '{why}'");

    private static LiveResource Find(Call call, JsonObject body) =>
        Find(call, body, body["repositoryName"]?.ToString() is { Length: > 0 } given
            ? given
            : throw Invalid("repositoryName", "must not be null"));

    private static LiveResource Find(Call call, JsonObject body, string name)
    {
        var registry = Registry(call, body);
        return call.Store.Find(registry, call.Region, RepositoryHandler.Type, name) ?? throw new AwsError("RepositoryNotFoundException",
            $"The repository with name '{name}' does not exist in the registry with id '{registry}'");
    }

    private static string Registry(Call call, JsonObject body) => body["registryId"]?.ToString() ?? call.Account;

    private static JsonObject Describe(Call call, JsonObject body)
    {
        var all = body["repositoryNames"] is JsonArray { Count: > 0 } names
            ? [.. names.Select(n => Find(call, body, $"{n}"))]
            : call.Store.OfType(Registry(call, body), call.Region, RepositoryHandler.Type);
        var (page, next) = Page(all, body, "maxResults", PageSize, "nextToken");
        return new() { ["repositories"] = new JsonArray([.. page.Select(Tell)]), ["nextToken"] = next };
    }

    private static JsonObject Tell(LiveResource repository)
    {
        var told = Named(repository);
        told["repositoryArn"] = repository.Attributes["Arn"]?.ToString();
        told["repositoryUri"] = repository.Attributes["RepositoryUri"]?.ToString();
        told["createdAt"] = Seconds(repository.Created);
        told["imageTagMutability"] = repository.Properties["ImageTagMutability"]?.ToString() ?? "MUTABLE";
        told["imageScanningConfiguration"] = new JsonObject
        {
            ["scanOnPush"] = repository.Properties["ImageScanningConfiguration"]?["ScanOnPush"]?.ToString() == "true",
        };
        var encryption = repository.Properties["EncryptionConfiguration"];
        told["encryptionConfiguration"] = new JsonObject { ["encryptionType"] = encryption?["EncryptionType"]?.ToString() ?? "AES256" };
        if (encryption?["KmsKey"]?.ToString() is { } key)
            told["encryptionConfiguration"]!["kmsKey"] = key;
        return told;
    }

    private static JsonObject Delete(Call call, JsonObject body)
    {
        var repository = Find(call, body);
        if (body["force"]?.ToString() != "true" && Images.In(call.Store, repository).Count > 0)
            throw new AwsError("RepositoryNotEmptyException", Images.NotEmpty(repository));
        new RepositoryHandler().Delete(call.Store, repository);
        return new() { ["repository"] = Tell(repository) };
    }

    private static JsonObject Policy(LiveResource repository)
    {
        var told = Named(repository);
        told["policyText"] = repository.Properties["RepositoryPolicyText"] switch
        {
            JsonObject policy => policy.ToText(),
            { } text => text.ToString(),
            _ => throw new AwsError("RepositoryPolicyNotFoundException",
                $"Repository policy does not exist for the repository with name '{repository.Physical}' in the registry with id '{repository.Account}'"),
        };
        return told;
    }

    private static JsonObject Lifecycle(Call call, LiveResource repository)
    {
        var told = Named(repository);
        told["lifecyclePolicyText"] = repository.Properties["LifecyclePolicy"]?["LifecyclePolicyText"]?.ToString()
            ?? throw new AwsError("LifecyclePolicyNotFoundException",
                $"Lifecycle policy does not exist for the repository with name '{repository.Physical}' in the registry with id '{repository.Account}'");
        told["lastEvaluatedAt"] = Seconds(call.Now);
        return told;
    }

    // Whoever signs in with it finds nobody: there is no registry here.
    private static JsonObject Token(Call call) => new()
    {
        ["authorizationData"] = new JsonArray(new JsonObject
        {
            ["authorizationToken"] = Convert.ToBase64String(Encoding.ASCII.GetBytes("AWS:sandbox")),
            ["expiresAt"] = Seconds(call.Now.AddHours(12)),
            ["proxyEndpoint"] = $"https://{call.Account}.dkr.ecr.{call.Region}.{Clouds.Partition.Of(call.Region).Domain}",
        }),
    };

    private static JsonObject List(Call call, JsonObject body)
    {
        var ids = ImageCalls.Filtered(call, Find(call, body), body).SelectMany(ImageCalls.Ids).ToList();
        var (page, next) = Page(ids, body, "maxResults", PageSize, "nextToken");
        return new() { ["imageIds"] = new JsonArray([.. page]), ["nextToken"] = next };
    }

    private static JsonObject DescribeImages(Call call, JsonObject body)
    {
        var repository = Find(call, body);
        var all = body["imageIds"] is JsonArray { Count: > 0 } ids
            ? [.. ids.OfType<JsonObject>().Select(id => ImageCalls.Find(call, repository, id) ?? throw ImageCalls.NotFound(repository, id))]
            : ImageCalls.Filtered(call, repository, body);
        var (page, next) = Page(all, body, "maxResults", PageSize, "nextToken");
        return new() { ["imageDetails"] = new JsonArray([.. page.Select(i => Detail(repository, i))]), ["nextToken"] = next };
    }

    private static JsonObject Detail(LiveResource repository, LiveResource image)
    {
        var told = Named(repository);
        told["imageDigest"] = Images.Digest(image);
        if (Images.Tags(image) is { Count: > 0 } tags)
            told["imageTags"] = new JsonArray([.. tags.Select(t => (JsonNode)t)]);
        told["imageSizeInBytes"] = Images.Bytes(image);
        told["imagePushedAt"] = Seconds(image.Created);
        told["imageManifestMediaType"] = Images.MediaType(image);
        return told;
    }
}
