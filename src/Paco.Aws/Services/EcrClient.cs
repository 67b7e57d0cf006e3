using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>ECR over JSON 1.1. Source: Amazon ECR API Reference, 2015-09-21.</summary>
internal sealed class EcrClient(ServiceCaller caller) : IEcr
{
    // Of one call.
    private const int MostDeletions = 100;

    // Images that are there no longer, and those that another image is made of.
    private static readonly string[] Harmless = ["ImageNotFound", "ImageReferencedByManifestList"];

    public async Task<ImmutableArray<string>?> ListImages(string repository, CancellationToken cancel)
    {
        try
        {
            var all = await Pages.All(token => caller.Json(
                Request("ListImages", new JsonObject { ["repositoryName"] = repository, ["nextToken"] = token }),
                page => ((IEnumerable<string>)[.. page.List("imageIds").Select(i => i.Need("imageDigest"))], page.Text("nextToken")),
                cancel));
            return [.. all.Distinct()];
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    public async Task DeleteImages(string repository, IReadOnlyCollection<string> digests, CancellationToken cancel)
    {
        foreach (var some in digests.Chunk(MostDeletions))
        {
            var ids = new JsonArray([.. some.Select(digest => (JsonNode)new JsonObject { ["imageDigest"] = digest })]);
            var request = Request("BatchDeleteImage", new JsonObject { ["repositoryName"] = repository, ["imageIds"] = ids });
            var failure = await caller.Json(request, root => root.List("failures")
                .Select(f => (Code: f.Text("failureCode") ?? "", Reason: f.Text("failureReason") ?? ""))
                .FirstOrDefault(f => !Harmless.Contains(f.Code)), cancel);
            if (failure.Code is { } code)
                throw new CloudException(CloudErrorKind.Refused, code, failure.Reason, "ecr:BatchDeleteImage");
        }
    }

    private static WireRequest Request(string operation, JsonObject body)
    {
        foreach (var member in body.Where(m => m.Value is null).Select(m => m.Key).ToList())
            body.Remove(member);
        return WireRequest.Json(AwsService.Ecr, "AmazonEC2ContainerRegistry_V20150921", operation, body, repeatable: true);
    }
}
