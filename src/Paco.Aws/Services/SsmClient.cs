using System.Text.Json.Nodes;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>Systems Manager over JSON 1.1. Source: AWS Systems Manager API Reference, 2014-11-06.</summary>
internal sealed class SsmClient(ServiceCaller caller) : ISsm
{
    public async Task<string?> GetParameter(string name, CancellationToken cancel)
    {
        try
        {
            var request = WireRequest.Json(AwsService.Ssm, "AmazonSSM", "GetParameter", new JsonObject { ["Name"] = name },
                repeatable: true);
            return await caller.Json(request, root => root.GetProperty("Parameter").Need("Value"), cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }
}
