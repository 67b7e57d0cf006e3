using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Paco.CloudFormation.Schemas;
using Paco.Sandbox.Drift;
using Paco.Sandbox.Made;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>
/// Making things outside of all stacks through Cloud Control, and changing and deleting what exists, whatever stack made it:
/// behind that stack's back. Each request is done at once, and remembered under its token.
/// </summary>
internal static class CloudControlWrites
{
    public static JsonObject Create(Call call, ResourceSchema schema, string desired)
    {
        var properties = Desired(desired);
        var count = call.Store.Number("SELECT count(*) FROM resources");
        var wanted = ResourceRequest.ForApi(call, schema.TypeName, properties, $"{desired} {count}");
        var identifier = "";
        return Done(call, "CREATE", schema.TypeName, () => identifier.Length > 0 ? identifier : null, () =>
        {
            Check(schema, properties);
            identifier = ResourceHandler.Of(schema.TypeName).Create(wanted).Physical;
        });
    }

    public static JsonObject Update(Call call, JsonObject body, ResourceSchema schema, string identifier)
    {
        var existing = Find(call, schema.TypeName, identifier);
        var patched = JsonPatch.Apply(existing.Properties, Patch(body));
        return Done(call, "UPDATE", schema.TypeName, () => identifier, () => Change(call, schema, existing, patched));
    }

    public static JsonObject Delete(Call call, string type, string identifier)
    {
        var existing = Find(call, type, identifier);
        return Done(call, "DELETE", type, () => identifier, () =>
        {
            ResourceHandler.Of(type).RefuseDeletion(call.Store, existing);
            ResourceHandler.Of(type).Delete(call.Store, existing, call.Now);
        });
    }

    public static JsonObject Status(Call call, string token) =>
        call.Store.Row("SELECT operation, type, identifier, failure, time FROM control_requests "
            + "WHERE token = $1 AND account = $2 AND region = $3", row => Event(token, row), token, call.Account, call.Region)
        ?? throw new AwsError("RequestTokenNotFoundException", $"Request with token {token} was not found.");

    private static string Patch(JsonObject body) => body["PatchDocument"]?.ToString() is { Length: > 0 } patch
        ? patch
        : throw new AwsError("ValidationException",
            "1 validation error detected: Value null at 'PatchDocument' failed to satisfy constraint: Member must not be null");

    private static void Change(Call call, ResourceSchema schema, LiveResource existing, JsonObject patched)
    {
        var changed = Json.Differences(existing.Properties, patched).ToList();
        if (changed.Where(path => Replacement.OfPath(schema.TypeName, path) == Replacement.Always).ToList() is { Count: > 0 } stuck)
        {
            throw new ResourceFailure(
                $"Invalid patch update: createOnlyProperties [{string.Join(", ", stuck.Select(p => $"/properties/{p}"))}] cannot be updated");
        }

        Check(schema, OwnTags.Of(schema, patched));
        var wanted = ResourceRequest.ForApi(call, schema.TypeName, patched, existing.Physical) with
        {
            StackRow = existing.Stack,
            Logical = existing.Logical ?? "",
        };
        ResourceHandler.Of(schema.TypeName).Update(wanted, existing);
    }

    private static void Check(ResourceSchema schema, JsonObject properties)
    {
        if (schema.Check(properties) is { IsEmpty: false } findings)
        {
            throw new ResourceFailure($"Model validation failed ({string.Join("; ", findings.Select(f => $"#/{f.Path}: {f.Message}"))})");
        }
    }

    private static JsonObject Desired(string text)
    {
        try
        {
            return Json.Read(text) as JsonObject ?? throw new AwsError("ValidationException", "DesiredState is no JSON object");
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new AwsError("ValidationException", $"DesiredState is no JSON: {e.Message}");
        }
    }

    private static LiveResource Find(Call call, string type, string identifier) =>
        call.Store.Find(call.Account, ResourceRegions.Of(type, call.Region), type, identifier)
        ?? throw new AwsError("ResourceNotFoundException", $"Resource of type '{type}' with identifier '{identifier}' was not found.");

    private static JsonObject Done(Call call, string operation, string type, Func<string?> identifier, Action work)
    {
        string? failure = null;
        try
        {
            call.Store.Whole(() =>
            {
                work();
                return true;
            });
        }
        catch (ResourceFailure e)
        {
            failure = e.Message;
        }

        var token = new DeterministicIds($"control request {call.Store.Number("SELECT count(*) FROM control_requests")}").Uuid();
        call.Store.Run("INSERT INTO control_requests VALUES($1, $2, $3, $4, $5, $6, $7, $8)",
            token, call.Account, call.Region, operation, type, identifier(), failure, call.Now.ToUnixTimeMilliseconds());
        return Status(call, token);
    }

    private static JsonObject Event(string token, SqliteDataReader row)
    {
        var failure = row.IsDBNull(3) ? null : row.GetString(3);
        return new()
        {
            ["ProgressEvent"] = new JsonObject
            {
                ["TypeName"] = row.GetString(1),
                ["Identifier"] = row.IsDBNull(2) ? null : row.GetString(2),
                ["RequestToken"] = token,
                ["Operation"] = row.GetString(0),
                ["OperationStatus"] = failure is null ? "SUCCESS" : "FAILED",
                ["EventTime"] = row.GetInt64(4) / 1000.0,
                ["StatusMessage"] = failure,
                ["ErrorCode"] = failure is null ? null : Code(failure),
            },
        };
    }

    private static string Code(string failure) => failure switch
    {
        _ when failure.StartsWith("Invalid patch update", StringComparison.Ordinal) => "NotUpdatable",
        _ when failure.Contains("already exists", StringComparison.Ordinal) => "AlreadyExists",
        _ => "InvalidRequest",
    };
}
