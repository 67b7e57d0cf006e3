using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Secrets Manager, for the secrets that stacks made.</summary>
internal sealed class SecretsManager() : JsonService("secretsmanager")
{
    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "GetSecretValue" => Get(call, body),
        "DescribeSecret" => Describe(call, body),
        "PutSecretValue" => Put(call, body),
        _ => throw AwsError.NotEmulated($"secretsmanager:{call.Operation}"),
    };

    private static JsonObject Get(Call call, JsonObject body)
    {
        var secret = Find(call, body);
        var (version, stage, value, created) =
            Secrets.Value(call.Store, secret.Physical, body["VersionId"]?.ToString(), body["VersionStage"]?.ToString())
            ?? throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret value.");
        return new()
        {
            ["ARN"] = secret.Physical,
            ["Name"] = Secrets.Name(secret),
            ["VersionId"] = version,
            ["SecretString"] = value,
            ["VersionStages"] = new JsonArray(stage),
            ["CreatedDate"] = Seconds(created),
        };
    }

    private static JsonObject Describe(Call call, JsonObject body)
    {
        var secret = Find(call, body);
        var versions = call.Store.Rows("SELECT version, stage FROM secrets WHERE arn = $1 AND stage <> ''",
            row => (row.GetString(0), row.GetString(1)), secret.Physical);
        return new()
        {
            ["ARN"] = secret.Physical,
            ["Name"] = Secrets.Name(secret),
            ["Description"] = secret.Properties["Description"]?.ToString(),
            ["CreatedDate"] = Seconds(secret.Created),
            ["Tags"] = secret.Properties["Tags"]?.DeepClone() ?? new JsonArray(),
            ["VersionIdsToStages"] =
                new JsonObject(versions.Select(v => KeyValuePair.Create<string, JsonNode?>(v.Item1, new JsonArray(v.Item2)))),
        };
    }

    private static JsonObject Put(Call call, JsonObject body)
    {
        var secret = Find(call, body);
        var value = body["SecretString"]?.ToString()
            ?? throw new AwsError("NotImplementedBySandbox", "The sandbox keeps SecretString, not SecretBinary", 501);
        var token = body["ClientRequestToken"]?.ToString() ?? new DeterministicIds(call.RequestId).Uuid();
        Secrets.Put(call.Store, secret.Physical, value, token, call.Now);
        return new()
        {
            ["ARN"] = secret.Physical,
            ["Name"] = Secrets.Name(secret),
            ["VersionId"] = token,
            ["VersionStages"] = new JsonArray("AWSCURRENT"),
        };
    }

    private static LiveResource Find(Call call, JsonObject body) =>
        Secrets.Find(call.Store, call.Account, call.Region, Required(body, "SecretId"))
        ?? throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
}
