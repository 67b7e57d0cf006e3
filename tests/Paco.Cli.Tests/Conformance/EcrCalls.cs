using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Conformance;

/// <summary>ECR.</summary>
internal static partial class Calls
{
    private const string Repositories = """
        Resources:
          Images:
            Type: AWS::ECR::Repository
            Properties:
              RepositoryName: shop/web
              ImageTagMutability: IMMUTABLE
              ImageScanningConfiguration: {ScanOnPush: true}
              LifecyclePolicy:
                LifecyclePolicyText: '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 9}, "action": {"type": "expire"}}]}'
              RepositoryPolicyText: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {AWS: "111111111111"}, Action: "ecr:BatchGetImage"}]}
          Plain: {Type: AWS::ECR::Repository, Properties: {RepositoryName: plain}}
        """;

    private static async Task Ecr(Caller aws)
    {
        const string Shop = "\"repositoryName\": \"shop/web\"";
        const string Plain = "{\"repositoryName\": \"plain\"}";
        await Stack(aws, "repositories", Repositories);
        await aws.Json("ecr", "DescribeRepositories");
        await aws.Json("ecr", "DescribeRepositories", """{"repositoryNames": ["nobody"]}""");
        foreach (var operation in new[] { "GetRepositoryPolicy", "GetLifecyclePolicy" })
        {
            await aws.Json("ecr", operation, $"{{{Shop}}}");
            await aws.Json("ecr", operation, Plain);
        }
        await aws.Json("ecr", "GetAuthorizationToken");
        var first = await Put(aws, "shop/web", "one", """{"schemaVersion": 2, "config": {"size": 10}, "layers": [{"size": 100}]}""");
        await Put(aws, "shop/web", "one", """{"schemaVersion": 2, "config": {"size": 11}, "layers": []}""");
        var part = first["image"]!["imageId"]!["imageDigest"];
        await Put(aws, "shop/web", "list", $$"""{"schemaVersion": 2, "manifests": [{"digest": "{{part}}"}]}""");
        await Put(aws, "shop/web", "broken", "no manifest");
        await aws.Json("ecr", "ListImages", $$"""{{{Shop}}, "maxResults": 1, "filter": {"tagStatus": "TAGGED"} }""");
        await aws.Json("ecr", "DescribeImages", $"{{{Shop}}}");
        await aws.Json("ecr", "DescribeImages", $$"""{{{Shop}}, "imageIds": [{"imageTag": "none"}]}""");
        await aws.Json("ecr", "BatchGetImage", $$"""{{{Shop}}, "imageIds": [{"imageTag": "one"}, {"imageTag": "none"}]}""");
        await aws.Json("ecr", "DeleteRepository", $"{{{Shop}}}");
        await aws.Json("ecr", "BatchDeleteImage",
            $$"""{{{Shop}}, "imageIds": [{"imageTag": "one"}, {"imageTag": "list"}, {"imageTag": "none"}]}""");
        await aws.Json("ecr", "DeleteRepository", $$"""{{{Shop}}, "force": true}""");
        await aws.Json("ecr", "ListImages", $"{{{Shop}}}");
    }

    private static Task<JsonNode> Put(Caller aws, string repository, string tag, string manifest) => aws.Json("ecr", "PutImage",
        new JsonObject { ["repositoryName"] = repository, ["imageTag"] = tag, ["imageManifest"] = manifest }.ToJsonString());
}
