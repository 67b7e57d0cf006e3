using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Paco.Aws.Wire;

namespace Paco.Aws.Tests.Moto;

/// <summary>The client of ECR against a registry nobody here wrote.</summary>
[Collection(MotoCollection.Name)]
public sealed class EcrTests(MotoServer moto)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [MotoFact]
    public async Task A_repository_lists_its_images_and_is_cleared_of_them()
    {
        using var cloud = Clouds.AtMoto(moto);
        var ecr = cloud.Ecr(Clouds.Dev);
        Assert.Null(await ecr.ListImages("clearing/web", None));
        await cloud.CloudFormation(Clouds.Dev).CreateStack(Clouds.Stack("clearing",
            "Resources: {Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: clearing/web}}}"), None);
        Assert.Empty((await ecr.ListImages("clearing/web", None))!.Value);
        var first = await Push(cloud, "one");
        await Push(cloud, "two");

        var there = (await ecr.ListImages("clearing/web", None))!.Value;
        Assert.Equal(2, there.Length);
        Assert.Contains(first, there);

        await ecr.DeleteImages("clearing/web", [.. there, "sha256:" + new string('0', 64)], None);
        Assert.Empty((await ecr.ListImages("clearing/web", None))!.Value);
    }

    private static async Task<string> Push(AwsCloud cloud, string tag)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tag)));
        var manifest = $$"""
            {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json", "layers": [],
             "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 1, "digest": "sha256:{{digest}}"} }
            """;
        // AWS works it out; moto gives all that have no digest the same one.
        var own = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest)))}";
        var body = new JsonObject
        {
            ["repositoryName"] = "clearing/web", ["imageTag"] = tag, ["imageManifest"] = manifest, ["imageDigest"] = own,
        };
        var request = WireRequest.Json(AwsService.Ecr, "AmazonEC2ContainerRegistry_V20150921", "PutImage", body, repeatable: false);
        return await cloud.CallerAt(Clouds.Dev).Json(request,
            root => root.GetProperty("image").GetProperty("imageId").Need("imageDigest"), None);
    }
}
