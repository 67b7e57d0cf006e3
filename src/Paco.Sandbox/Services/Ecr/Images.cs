using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Services.Ecr;

/// <summary>The images of repositories: manifests, known by the digest of their text. What they are made of is not kept.</summary>
internal static class Images
{
    // No type of CloudFormation's: they stand beside what stacks make.
    private const string Type = "AWS::ECR::Image";

    /// <summary>What AWS says to whoever deletes a repository that holds something.</summary>
    public static string NotEmpty(LiveResource repository) =>
        $"The repository with name '{repository.Physical}' in registry with id '{repository.Account}' cannot be deleted because it still contains images";

    public static List<LiveResource> In(Store store, LiveResource repository) =>
        [.. store.OfType(repository.Account, repository.Region, Type)
            .Where(i => Json.Scalar(i.Properties["Repository"]) == repository.Physical)];

    public static string Digest(LiveResource image) => Json.Scalar(image.Properties["Digest"]);

    public static string DigestOf(string manifest) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest)))}";

    public static string Manifest(LiveResource image) => Json.Scalar(image.Properties["Manifest"]);

    public static string MediaType(LiveResource image) => Json.Scalar(image.Properties["MediaType"]);

    public static List<string> Tags(LiveResource image) => [.. (image.Properties["Tags"] as JsonArray ?? []).Select(t => $"{t}")];

    /// <summary>What configuration and layers take, as the manifest says.</summary>
    public static long Bytes(LiveResource image)
    {
        var manifest = Json.Read(Manifest(image));
        var parts = (manifest?["layers"] as JsonArray ?? []).Append(manifest?["config"]);
        return parts.Sum(p => p?["size"] is JsonValue size && size.TryGetValue<long>(out var bytes) ? bytes : 0);
    }

    /// <summary>The digests of the images it lists, where it is one of several platforms.</summary>
    public static IEnumerable<string> Parts(LiveResource image) =>
        (Json.Read(Manifest(image))?["manifests"] as JsonArray ?? []).Select(m => Json.Scalar(m?["digest"]));

    public static LiveResource Make(LiveResource repository, string manifest, string mediaType, DateTimeOffset at)
    {
        var digest = DigestOf(manifest);
        return new LiveResource(repository.Account, repository.Region, Type, $"{repository.Physical}@{digest}", null, null, null, null, at,
            new JsonObject
            {
                ["Repository"] = repository.Physical,
                ["Digest"] = digest,
                ["Manifest"] = manifest,
                ["MediaType"] = mediaType,
                ["Tags"] = new JsonArray(),
            }, []);
    }

    public static void Write(Store store, LiveResource image, IEnumerable<string> tags)
    {
        image.Properties["Tags"] = new JsonArray([.. tags.Select(t => (JsonNode)t)]);
        store.Insert(image);
    }

    public static void Remove(Store store, LiveResource image) => store.Remove(image.Account, image.Region, Type, image.Physical);
}
