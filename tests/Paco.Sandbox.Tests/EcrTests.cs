using System.Text.Json.Nodes;

namespace Paco.Sandbox.Tests;

/// <summary>Repositories that stacks made, as ECR tells of them, and the images that stand in their way.</summary>
public sealed class EcrTests
{
    private const string One = """{"schemaVersion": 2, "config": {"size": 10}, "layers": [{"size": 100}, {"size": 5}]}""";
    private const string Two = """{"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json"}""";

    [Fact]
    public async Task A_repository_has_the_address_that_docker_is_given()
    {
        await using var bench = new Bench();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("images", Repository()));

        var told = (await bench.Json("ecr", "DescribeRepositories", "{}"))["repositories"]!.AsArray().Single()!;

        Assert.Equal("111111111111.dkr.ecr.us-west-2.amazonaws.com/shop/web", $"{told["repositoryUri"]}");
        Assert.Equal("arn:aws:ecr:us-west-2:111111111111:repository/shop/web", $"{told["repositoryArn"]}");
        Assert.Equal("MUTABLE", $"{told["imageTagMutability"]}");
    }

    [Fact]
    public async Task An_image_is_known_by_its_digest_and_a_tag_moves_to_the_newest()
    {
        await using var bench = new Bench();
        await bench.Create("images", Repository());
        var first = await Push(bench, One, "latest");
        var second = await Push(bench, Two, "latest");

        Assert.Equal([$"{first}", $"{second} latest"], await Listed(bench));
        var detail = (await Ask(bench, "DescribeImages", "imageIds", $$"""[{"imageDigest": "{{first}}"}]"""))["imageDetails"]![0]!;
        Assert.Equal("115", $"{detail["imageSizeInBytes"]}");
        var got = await Ask(bench, "BatchGetImage", "imageIds", """[{"imageTag": "latest"}, {"imageTag": "old"}]""");
        Assert.Equal(Two, $"{got["images"]![0]!["imageManifest"]}");
        Assert.Equal("ImageNotFound", $"{got["failures"]![0]!["failureCode"]}");
    }

    [Fact]
    public async Task A_tag_that_is_immutable_stays_where_it_is()
    {
        await using var bench = new Bench();
        await bench.Create("images", Repository("ImageTagMutability: IMMUTABLE"));
        await Push(bench, One, "v1");

        var refused = await Assert.ThrowsAsync<Refusal>(() => Push(bench, Two, "v1"));

        Assert.Equal(("ImageTagAlreadyExistsException",
            "The image tag 'v1' already exists in the 'shop/web' repository and cannot be overwritten because the repository is immutable."),
            (refused.Code, refused.Words));
    }

    [Fact]
    public async Task An_image_of_several_platforms_goes_before_those_it_lists()
    {
        await using var bench = new Bench();
        await bench.Create("images", Repository());
        var part = await Push(bench, One, null);
        var list = await Push(bench, $$"""{"schemaVersion": 2, "manifests": [{"digest": "{{part}}"}]}""", "v1");

        var kept = await Ask(bench, "BatchDeleteImage", "imageIds", $$"""[{"imageDigest": "{{part}}"}]""");
        Assert.Equal("ImageReferencedByManifestList", $"{kept["failures"]![0]!["failureCode"]}");
        await Ask(bench, "BatchDeleteImage", "imageIds", $$"""[{"imageDigest": "{{list}}"}, {"imageDigest": "{{part}}"}]""");

        Assert.Empty(await Listed(bench));
    }

    [Theory]
    [InlineData("", "DELETE_FAILED")]
    [InlineData("EmptyOnDelete: true", null)]
    public async Task A_repository_with_images_goes_only_where_it_says_so(string property, string? status)
    {
        await using var bench = new Bench();
        await bench.Create("images", Repository(property));
        await Push(bench, One, "v1");
        await bench.Cfn("DeleteStack", "StackName=images");

        if (status is null)
        {
            var gone = await Assert.ThrowsAsync<Refusal>(() => bench.Status("images"));
            Assert.Contains("does not exist", gone.Words, StringComparison.Ordinal);
            return;
        }
        Assert.Equal(status, await bench.Status("images"));
        Assert.Contains(await bench.Events("images"), e => e.Contains(
            "The repository with name 'shop/web' in registry with id '111111111111' cannot be deleted because it still contains images",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        """LifecyclePolicy: {LifecyclePolicyText: '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "tagged", "countType": "imageCountMoreThan", "countNumber": 1}, "action": {"type": "expire"}}]}'}""",
        "Lifecycle policy validation failure")]
    [InlineData(
        """RepositoryPolicyText: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "ecr:BatchGetImage"}]}""",
        "Invalid repository policy provided")]
    public async Task Policies_that_are_none_are_refused(string property, string words)
    {
        await using var bench = new Bench();

        Assert.StartsWith("ROLLBACK", await bench.Create("images", Repository(property)), StringComparison.Ordinal);

        Assert.Contains(await bench.Events("images"), e => e.Contains(words, StringComparison.Ordinal));
    }

    private static string Repository(string property = "") => $$"""
        Resources:
          Images:
            Type: AWS::ECR::Repository
            Properties:
              RepositoryName: shop/web
              {{property}}
        """;

    private static async Task<string> Push(Bench bench, string manifest, string? tag)
    {
        var body = new JsonObject { ["repositoryName"] = "shop/web", ["imageManifest"] = manifest };
        if (tag is not null)
            body["imageTag"] = tag;
        return $"{(await bench.Json("ecr", "PutImage", body.ToJsonString()))["image"]!["imageId"]!["imageDigest"]}";
    }

    private static Task<JsonNode> Ask(Bench bench, string operation, string member, string value) =>
        bench.Json("ecr", operation, $$"""{"repositoryName": "shop/web", "{{member}}": {{value}}}""");

    private static async Task<string[]> Listed(Bench bench) =>
        [.. (await bench.Json("ecr", "ListImages", """{"repositoryName": "shop/web"}"""))["imageIds"]!.AsArray()
            .Select(i => $"{i!["imageDigest"]} {i["imageTag"]}".TrimEnd()).OrderBy(i => i.Contains(' ', StringComparison.Ordinal))];
}
