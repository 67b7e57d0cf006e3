using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Ecr;

/// <summary>What is asked of a repository's images. One is named by its digest, or by a tag it has.</summary>
internal static class ImageCalls
{
    private const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    public static JsonObject Put(Call call, LiveResource repository, JsonObject body)
    {
        var manifest = body["imageManifest"]?.ToString() ?? "";
        var written = MediaType(manifest);
        var mediaType = body["imageManifestMediaType"]?.ToString() ?? written;
        var digest = Images.DigestOf(manifest);
        if (body["imageDigest"]?.ToString() is { } said && said != digest)
        {
            throw new AwsError("ImageDigestDoesNotMatchException",
                $"The provided digest {said} does not match the digest {digest} that was calculated of the image");
        }

        var all = Images.In(call.Store, repository);
        var there = all.Find(i => Images.Digest(i) == digest);
        if (body["imageTag"]?.ToString() is { } tag)
            Tag(call, repository, all, there ?? Images.Make(repository, manifest, mediaType, call.Now), tag);
        else if (there is not null)
            throw Exists(repository, digest, "null");
        else
            Images.Write(call.Store, Images.Make(repository, manifest, mediaType, call.Now), []);
        var image = Find(call, repository, new() { ["imageDigest"] = digest })!;
        return new() { ["image"] = Tell(repository, image, body["imageTag"]?.ToString()) };
    }

    public static JsonObject Get(Call call, LiveResource repository, JsonObject body)
    {
        var (images, failures) = (new JsonArray(), new JsonArray());
        foreach (var id in Asked(body))
        {
            if (Find(call, repository, id) is { } image)
                images.Add((JsonNode)Tell(repository, image, id["imageTag"]?.ToString()));
            else
                failures.Add((JsonNode)Failure(id, "ImageNotFound", "Requested image not found"));
        }

        return new() { ["images"] = images, ["failures"] = failures };
    }

    public static JsonObject Delete(Call call, LiveResource repository, JsonObject body)
    {
        var (gone, failures) = (new JsonArray(), new JsonArray());
        foreach (var id in Asked(body))
        {
            if (Find(call, repository, id) is not { } image)
            {
                failures.Add((JsonNode)Failure(id, "ImageNotFound", "Requested image not found"));
            }
            else if (id["imageDigest"] is null && Images.Tags(image) is { Count: > 1 } tags)
            {
                Untag(call, image, tags, $"{id["imageTag"]}", gone);
            }
            else if (Owner(call, repository, image) is { } list)
            {
                failures.Add((JsonNode)Failure(id, "ImageReferencedByManifestList",
                    $"Requested image referenced by manifest list: [{list}]"));
            }
            else
            {
                Remove(call, image, gone);
            }
        }

        return new() { ["imageIds"] = gone, ["failures"] = failures };
    }

    public static List<LiveResource> Filtered(Call call, LiveResource repository, JsonObject body)
    {
        var all = Images.In(call.Store, repository);
        return body["filter"]?["tagStatus"]?.ToString() switch
        {
            "TAGGED" => all.FindAll(i => Images.Tags(i).Count > 0),
            "UNTAGGED" => all.FindAll(i => Images.Tags(i).Count == 0),
            _ => all,
        };
    }

    /// <summary>Its names: one for each tag, or the digest alone.</summary>
    public static IEnumerable<JsonNode> Ids(LiveResource image) => Images.Tags(image).DefaultIfEmpty().Select(tag =>
        tag is null
            ? new JsonObject { ["imageDigest"] = Images.Digest(image) }
            : new JsonObject { ["imageDigest"] = Images.Digest(image), ["imageTag"] = tag });

    public static LiveResource? Find(Call call, LiveResource repository, JsonObject id)
    {
        var (digest, tag) = (id["imageDigest"]?.ToString(), id["imageTag"]?.ToString());
        return digest is null && tag is null ? null : Images.In(call.Store, repository).Find(i =>
            (digest is null || Images.Digest(i) == digest) && (tag is null || Images.Tags(i).Contains(tag)));
    }

    public static AwsError NotFound(LiveResource repository, JsonObject id) => new("ImageNotFoundException",
        $"The image with imageId {{imageDigest:'{id["imageDigest"]?.ToString() ?? "null"}', imageTag:'{id["imageTag"]?.ToString() ?? "null"}'}} does not exist within the repository with name '{repository.Physical}' in the registry with id '{repository.Account}'");

    private static IEnumerable<JsonObject> Asked(JsonObject body) => (body["imageIds"] as JsonArray ?? []).OfType<JsonObject>();

    private static void Tag(Call call, LiveResource repository, List<LiveResource> all, LiveResource image, string tag)
    {
        if (Images.Tags(image).Contains(tag))
            throw Exists(repository, Images.Digest(image), tag);
        if (all.Find(i => Images.Tags(i).Contains(tag)) is { } holder)
        {
            if (repository.Properties["ImageTagMutability"]?.ToString() == "IMMUTABLE")
            {
                throw new AwsError("ImageTagAlreadyExistsException",
                    $"The image tag '{tag}' already exists in the '{repository.Physical}' repository and cannot be overwritten because the repository is immutable.");
            }

            Images.Write(call.Store, holder, Images.Tags(holder).Where(t => t != tag));
        }

        Images.Write(call.Store, image, Images.Tags(image).Append(tag));
    }

    private static void Untag(Call call, LiveResource image, List<string> tags, string tag, JsonArray gone)
    {
        Images.Write(call.Store, image, tags.Where(t => t != tag));
        gone.Add((JsonNode)new JsonObject { ["imageDigest"] = Images.Digest(image), ["imageTag"] = tag });
    }

    private static void Remove(Call call, LiveResource image, JsonArray gone)
    {
        foreach (var id in Ids(image))
            gone.Add(id);
        Images.Remove(call.Store, image);
    }

    private static string? Owner(Call call, LiveResource repository, LiveResource image) =>
        Images.In(call.Store, repository).Find(i => Images.Parts(i).Contains(Images.Digest(image))) is { } list
            ? Images.Digest(list)
            : null;

    private static JsonObject Tell(LiveResource repository, LiveResource image, string? tag)
    {
        var told = EcrService.Named(repository);
        told["imageId"] = new JsonObject { ["imageDigest"] = Images.Digest(image) };
        if (tag is not null)
            told["imageId"]!["imageTag"] = tag;
        told["imageManifest"] = Images.Manifest(image);
        told["imageManifestMediaType"] = Images.MediaType(image);
        return told;
    }

    private static JsonObject Failure(JsonObject id, string code, string reason) =>
        new() { ["imageId"] = id.DeepClone(), ["failureCode"] = code, ["failureReason"] = reason };

    private static AwsError Exists(LiveResource repository, string digest, string tag) => new("ImageAlreadyExistsException",
        $"Image with digest '{digest}' and tag '{tag}' already exists in the repository with name '{repository.Physical}' in registry with id '{repository.Account}'");

    private static string MediaType(string manifest)
    {
        try
        {
            return (Json.Read(manifest) as JsonObject ?? throw new JsonException())["mediaType"]?.ToString() ?? OciManifest;
        }
        catch (JsonException)
        {
            throw EcrService.Invalid("ImageManifest", "Invalid JSON syntax");
        }
    }
}
