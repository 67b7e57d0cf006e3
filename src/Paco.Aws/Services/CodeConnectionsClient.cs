using System.Text.Json.Nodes;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>
/// CodeConnections over JSON 1.0. An ARN of the older name is asked for under that. Source: AWS CodeConnections API Reference, 2023-12-01,
/// and AWS CodeStar Connections API Reference, 2019-12-01.
/// </summary>
internal sealed class CodeConnectionsClient(ServiceCaller caller) : ICodeConnections
{
    private static readonly (AwsService Service, string Target) Today =
        (AwsService.CodeConnections, "com.amazonaws.codeconnections.CodeConnections_20231201");

    private static readonly (AwsService Service, string Target) Before =
        (AwsService.CodeStarConnections, "com.amazonaws.codestar.connections.CodeStar_connections_20191201");

    public async Task<CodeConnection?> GetConnection(string arn, CancellationToken cancel)
    {
        var (service, target) = arn.Split(':') is [_, _, "codestar-connections", ..] ? Before : Today;
        var request = WireRequest.Json(service, target, "GetConnection", new JsonObject { ["ConnectionArn"] = arn }, repeatable: true,
            version: "1.0");
        try
        {
            return await caller.Json(request, root =>
            {
                var it = root.GetProperty("Connection");
                return new CodeConnection(it.Need("ConnectionArn"), it.Need("ConnectionName"), it.Text("ProviderType") ?? "",
                    it.Need("ConnectionStatus"));
            }, cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }
}
