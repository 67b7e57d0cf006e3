using System.Text.Json.Nodes;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>A change set: a definition kept beside its stack until somebody executes it.</summary>
internal sealed class ChangeSet
{
    public long Row { get; set; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required long Stack { get; init; }

    public required StackDefinition Definition { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>CREATE or UPDATE.</summary>
    public required string Type { get; init; }

    public string? Description { get; init; }

    public string Status { get; set; } = "CREATE_COMPLETE";

    public string? Reason { get; set; }

    public string Execution { get; set; } = "AVAILABLE";

    public string? OnStackFailure { get; init; }

    /// <summary>Sets of the stacks within the stack belong to it.</summary>
    public bool IncludesNested { get; init; }

    /// <summary>Of a nested stack's set: the ids of the parent's and of the one at the top; null otherwise.</summary>
    public string? ParentId { get; init; }

    public string? RootId { get; init; }

    /// <summary>Ids of the nested stacks' sets, by logical id.</summary>
    public Dictionary<string, string> Nested => Changes.OfType<JsonObject>().Where(c => c["NestedSet"] is not null)
        .ToDictionary(c => c["Logical"]!.ToString(), c => c["NestedSet"]!.ToString(), StringComparer.Ordinal);

    /// <summary>Physical ids, by logical id, of what exists already and is taken over when it is executed.</summary>
    public Dictionary<string, string> Imports { get; init; } = [];

    /// <summary>Compared with what is really there, and executed so.</summary>
    public bool RevertsDrift { get; init; }

    /// <summary>Whether the stack had drifted when a drift-aware set was made; null for other sets.</summary>
    public string? StackDrift { get; init; }

    /// <summary>What its validation found: what DescribeEvents tells of it.</summary>
    public JsonArray Findings { get; init; } = [];

    /// <summary>The changes, as they were found when it was made.</summary>
    public JsonArray Changes { get; init; } = [];
}

/// <summary>Change sets in the file.</summary>
internal static class ChangeSets
{
    /// <summary>By ARN, or by name together with StackName. Throws ChangeSetNotFound.</summary>
    public static ChangeSet Find(Call call, QueryForm form)
    {
        var name = form.Required("ChangeSetName");
        var rows = name.StartsWith("arn:", StringComparison.Ordinal)
            ? call.Store.Rows("SELECT seq, body FROM changesets WHERE id = $1", row => Read(row.GetInt64(0), row.GetString(1)), name)
            : call.Store.Rows("SELECT seq, body FROM changesets WHERE stack = $1 AND name = $2",
                row => Read(row.GetInt64(0), row.GetString(1)), StackArguments.Stack(call, form).Row, name);
        return rows.Count > 0 ? rows[0] : throw new AwsError("ChangeSetNotFound", $"ChangeSet [{name}] does not exist", 404);
    }

    /// <summary>By its ARN, or null.</summary>
    public static ChangeSet? ById(Store store, string id) =>
        store.Row("SELECT seq, body FROM changesets WHERE id = $1", row => Read(row.GetInt64(0), row.GetString(1)), id);

    public static List<ChangeSet> Of(Call call, Stack stack) =>
        call.Store.Rows("SELECT seq, body FROM changesets WHERE stack = $1 ORDER BY seq", row => Read(row.GetInt64(0), row.GetString(1)),
            stack.Row);

    public static void Save(Call call, ChangeSet set)
    {
        if (set.Row == 0)
        {
            call.Store.Run("INSERT INTO changesets(stack, id, name) VALUES($1, $2, $3)", set.Stack, set.Id, set.Name);
            set.Row = call.Store.LastRow();
        }

        call.Store.Run("UPDATE changesets SET body = $2 WHERE seq = $1", set.Row, Write(set).ToText());
    }

    public static void Remove(Call call, ChangeSet set) => call.Store.Run("DELETE FROM changesets WHERE seq = $1", set.Row);

    private static JsonObject Write(ChangeSet set) => new()
    {
        ["id"] = set.Id,
        ["name"] = set.Name,
        ["stack"] = set.Stack,
        ["definition"] = StackJson.Definition(set.Definition),
        ["created"] = set.Created.ToUnixTimeMilliseconds(),
        ["type"] = set.Type,
        ["description"] = set.Description,
        ["status"] = set.Status,
        ["reason"] = set.Reason,
        ["execution"] = set.Execution,
        ["onFailure"] = set.OnStackFailure,
        ["nested"] = set.IncludesNested,
        ["parent"] = set.ParentId,
        ["root"] = set.RootId,
        ["imports"] = StackJson.Map(set.Imports),
        ["reverts"] = set.RevertsDrift,
        ["drift"] = set.StackDrift,
        ["findings"] = set.Findings.DeepClone(),
        ["changes"] = set.Changes.DeepClone(),
    };

    private static ChangeSet Read(long row, string body)
    {
        var set = JsonNode.Parse(body)!;
        return new()
        {
            Row = row,
            Id = set["id"]!.ToString(),
            Name = set["name"]!.ToString(),
            Stack = (long)set["stack"]!,
            Definition = StackJson.Definition(set["definition"]!),
            Created = DateTimeOffset.FromUnixTimeMilliseconds((long)set["created"]!),
            Type = set["type"]!.ToString(),
            Description = set["description"]?.ToString(),
            Status = set["status"]!.ToString(),
            Reason = set["reason"]?.ToString(),
            Execution = set["execution"]!.ToString(),
            OnStackFailure = set["onFailure"]?.ToString(),
            IncludesNested = (bool?)set["nested"] == true,
            ParentId = set["parent"]?.ToString(),
            RootId = set["root"]?.ToString(),
            Imports = StackJson.Map(set["imports"]),
            RevertsDrift = (bool?)set["reverts"] == true,
            StackDrift = set["drift"]?.ToString(),
            Findings = set["findings"]?.DeepClone().AsArray() ?? [],
            Changes = set["changes"]!.DeepClone().AsArray(),
        };
    }
}
