using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Aws.Wire;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.Services;

/// <summary>Secrets Manager over JSON 1.1. Source: AWS Secrets Manager API Reference, 2017-10-17.</summary>
internal sealed class SecretsManagerClient(ServiceCaller caller) : ISecretsManager
{
    private const int Page = 100;

    public async Task<ImmutableArray<StoredSecret>> ListSecrets(string namePrefix, CancellationToken cancel)
    {
        var all = await Pages.All(token => caller.Json(
            Request("ListSecrets", ListBody(namePrefix, token)),
            root => (Listed(root).AsEnumerable(), root.Text("NextToken")),
            cancel));
        return [.. all.Where(s => !s.IsBeingDeleted)];
    }

    public async Task<StoredSecret?> DescribeSecret(string name, CancellationToken cancel)
    {
        try
        {
            var request = Request("DescribeSecret", new JsonObject { ["SecretId"] = name });
            return await caller.Json(request, root => Read(root, "VersionIdsToStages"), cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Repeatable: the version is named by whoever asks, and made once.</summary>
    public Task PutSecretValue(string name, Secret value, CancellationToken cancel)
    {
        var body = new JsonObject
        {
            ["SecretId"] = name,
            ["SecretString"] = value.Reveal(),
            ["ClientRequestToken"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        };
        var request = Request("PutSecretValue", body) with { AnswersSecret = true, Holds = [value] };
        return caller.Json(request, root => root.Need("VersionId"), cancel);
    }

    private static WireRequest Request(string operation, JsonObject body) =>
        WireRequest.Json(AwsService.SecretsManager, "secretsmanager", operation, body, repeatable: true);

    private static JsonObject ListBody(string namePrefix, string? token)
    {
        var body = new JsonObject
        {
            ["MaxResults"] = Page,
            ["Filters"] = new JsonArray(new JsonObject { ["Key"] = "name", ["Values"] = new JsonArray(namePrefix) }),
        };
        if (token is not null)
            body["NextToken"] = token;
        return body;
    }

    private static ImmutableArray<StoredSecret> Listed(JsonElement root) =>
        [.. root.List("SecretList").Select(s => Read(s, "SecretVersionsToStages"))];

    private static StoredSecret Read(JsonElement secret, string versions) =>
        new(secret.Need("ARN"), secret.Need("Name"), secret.TryGetProperty(versions, out var all) ? all.EnumerateObject().Count() : 0)
        {
            IsBeingDeleted = secret.TryGetProperty("DeletedDate", out var date) && date.ValueKind != JsonValueKind.Null,
        };
}
