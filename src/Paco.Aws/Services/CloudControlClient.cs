using System.Text.Json.Nodes;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>Cloud Control over JSON 1.0. Source: AWS Cloud Control API Reference, 2021-09-30.</summary>
internal sealed class CloudControlClient(ServiceCaller caller) : ICloudControl
{
    public async Task<string?> GetResource(string typeName, string identifier, CancellationToken cancel)
    {
        try
        {
            var body = new JsonObject { ["TypeName"] = typeName, ["Identifier"] = identifier };
            var request = WireRequest.Json(AwsService.CloudControl, "CloudApiService", "GetResource", body, repeatable: true,
                version: "1.0") with { AnswersSecret = true };
            return await caller.Json(request, root => root.GetProperty("ResourceDescription").Need("Properties"), cancel);
        }
        catch (CloudException e) when (e.Code == "ResourceNotFoundException")
        {
            return null;
        }
    }
}
