namespace Paco.Cli.Tests.Conformance;

/// <summary>Connections, under both names of the service.</summary>
internal static partial class Calls
{
    private static async Task Connections(Caller aws)
    {
        await Stack(aws, "connections", """
            Resources:
              One: {Type: AWS::CodeConnections::Connection, Properties: {ConnectionName: shop, ProviderType: GitHub}}
              Older: {Type: AWS::CodeStarConnections::Connection, Properties: {ConnectionName: shop, ProviderType: Bitbucket}}
            """);
        foreach (var service in new[] { "codeconnections", "codestar-connections" })
        {
            var all = await aws.Json(service, "ListConnections", """{"MaxResults": 10}""");
            await aws.Json(service, "ListConnections", """{"ProviderTypeFilter": "GitLab"}""");
            await aws.Json(service, "GetConnection", $$"""{"ConnectionArn": "{{all["Connections"]![0]!["ConnectionArn"]}}"}""");
            await aws.Json(service, "GetConnection",
                $$"""{"ConnectionArn": "arn:aws:{{service}}:us-west-2:111111111111:connection/00000000-0000-0000-0000-000000000000"}""");
        }
    }
}
