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
        "ListSecrets" => List(call, body),
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
        return Entry(secret, "VersionIdsToStages", Stages(call, secret));
    }

    private static JsonObject List(Call call, JsonObject body)
    {
        var begins = (body["Filters"] as JsonArray ?? []).OfType<JsonObject>().Select(Prefixes).ToList();
        var all = call.Store.OfType(call.Account, call.Region, "AWS::SecretsManager::Secret")
            .Where(s => begins.All(some => some.Any(b => Secrets.Name(s).StartsWith(b, StringComparison.Ordinal)))).ToList();
        var (page, next) = Page(all, body, "MaxResults", 100);
        return new()
        {
            ["SecretList"] = new JsonArray([.. page.Select(s => (JsonNode)Entry(s, "SecretVersionsToStages", Stages(call, s)))]),
            ["NextToken"] = next,
        };
    }

    private static List<string> Prefixes(JsonObject filter) => filter["Key"]?.ToString() == "name"
        ? [.. (filter["Values"] as JsonArray ?? []).Select(v => $"{v}")]
        : throw AwsError.NotEmulated($"secretsmanager:ListSecrets with the filter {filter["Key"]}");

    private static JsonObject Stages(Call call, LiveResource secret) => new(call.Store
        .Rows("SELECT version, stage FROM secrets WHERE arn = $1 AND stage <> ''", row => (row.GetString(0), row.GetString(1)),
            secret.Physical)
        .Select(v => KeyValuePair.Create<string, JsonNode?>(v.Item1, new JsonArray(v.Item2))));

    private static JsonObject Entry(LiveResource secret, string stages, JsonObject versions)
    {
        return new()
        {
            ["ARN"] = secret.Physical,
            ["Name"] = Secrets.Name(secret),
            ["Description"] = secret.Properties["Description"]?.ToString(),
            ["CreatedDate"] = Seconds(secret.Created),
            ["Tags"] = secret.Properties["Tags"]?.DeepClone() ?? new JsonArray(),
            [stages] = versions,
        };
    }

    private static JsonObject Put(Call call, JsonObject body)
    {
        var secret = Find(call, body);
        var value = body["SecretString"]?.ToString()
            ?? throw new AwsError("NotImplementedBySandbox", "The sandbox keeps SecretString, not SecretBinary", 501);
        Within("secretString", value, 1, 65_536);
        var count = call.Store.Number("SELECT count(*) FROM secrets WHERE arn = $1", secret.Physical);
        var token = body["ClientRequestToken"]?.ToString() ?? new DeterministicIds($"{secret.Physical} {count}").Uuid();
        Within("clientRequestToken", token, 32, 64);
        if (Secrets.Value(call.Store, secret.Physical, token, null) is not { } made)
        {
            Secrets.Put(call.Store, secret.Physical, value, token, call.Now);
        }
        else if (made.Value != value)
        {
            throw new AwsError("ResourceExistsException", $"You can't modify a version that already exists: {token}.");
        }

        return new()
        {
            ["ARN"] = secret.Physical,
            ["Name"] = Secrets.Name(secret),
            ["VersionId"] = token,
            ["VersionStages"] = new JsonArray("AWSCURRENT"),
        };
    }

    // Of what is too long AWS says how long it may be, and not what it is.
    private static void Within(string member, string value, int least, int most)
    {
        if (Text.ByteCount(value) < least || Text.ByteCount(value) > most)
        {
            throw new AwsError("ValidationException",
                $"1 validation error detected: Value at '{member}' failed to satisfy constraint: Member must have length between {least} and {most}");
        }
    }

    private static LiveResource Find(Call call, JsonObject body) =>
        Secrets.Find(call.Store, call.Account, call.Region, Required(body, "SecretId"))
        ?? throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
}
