using System.Text.Json.Nodes;
using Paco.Clouds;
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

    /// <summary>Made with ImportExistingResources.</summary>
    public bool ImportsExisting { get; init; }

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
    private const string Executing = "EXECUTE_IN_PROGRESS";

    /// <summary>By ARN, or by name together with StackName. Throws ChangeSetNotFound.</summary>
    public static ChangeSet Find(Call call, QueryForm form) => FindOrNull(call, form)
        ?? throw new AwsError("ChangeSetNotFound", $"ChangeSet [{form["ChangeSetName"]}] does not exist", 404);

    /// <summary><see cref="Find"/>; null where the stack, which must be there, has none of that name.</summary>
    public static ChangeSet? FindOrNull(Call call, QueryForm form)
    {
        var name = form.Required("ChangeSetName");
        if (name.StartsWith("arn:", StringComparison.Ordinal))
        {
            return name.Split(':') is [_, _, _, var region, var account, ..] && (region, account) == (call.Region, call.Account)
                ? ById(call.Store, name) : null;
        }

        if (form["StackName"] is not { Length: > 0 })
        {
            throw AwsError.Validation("StackName must be specified if ChangeSetName is not specified as an ARN.");
        }

        return One(call.Store, "stack = $1 AND name = $2", Stack(call, form).Row, name);
    }

    /// <summary>By its ARN, or null.</summary>
    public static ChangeSet? ById(Store store, string id) => One(store, "id = $1", id);

    /// <summary>The stack whose change sets are asked for; there are other words than elsewhere where it is missing.</summary>
    public static Stack Stack(Call call, QueryForm form)
    {
        var name = form.Required("StackName");
        return call.Store.FindStack(call.Account, call.Region, name) ?? throw AwsError.Validation($"Stack [{name}] does not exist");
    }

    /// <summary>Those of a stack that were not executed: what ListChangeSets lists.</summary>
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

    /// <summary>It was executed: its name may be used again, and it is found by its ARN only, even when its stack is gone.</summary>
    public static void Retire(Call call, ChangeSet set)
    {
        set.Execution = Executing;
        Save(call, set);
        call.Store.Run("UPDATE changesets SET stack = NULL WHERE seq = $1", set.Row);
    }

    /// <summary>
    /// How far its execution is: its stack tells, as long as nothing else was done to it. A nested stack's set is executed with the one at
    /// the top, and ends as that does.
    /// </summary>
    public static string Execution(Store store, ChangeSet set, Stack stack)
    {
        if (set.Execution != Executing)
        {
            return set.Execution;
        }

        var top = set.RootId is { } id && ById(store, id) is { } root ? store.StackAt(root.Stack) : stack;
        return top.Run is not null ? Executing
            : top.Status is StackStatus.CreateComplete or StackStatus.UpdateComplete or StackStatus.ImportComplete ? "EXECUTE_COMPLETE"
            : "EXECUTE_FAILED";
    }

    /// <summary>Something else is done to the stack now: how the last execution ended is written down.</summary>
    public static void Settle(Call call, Stack stack)
    {
        if (stack.ChangeSetId is { } last && ById(call.Store, last) is { Execution: Executing } set)
        {
            Settle(call, set, stack.Run is null ? Execution(call.Store, set, stack) : "EXECUTE_FAILED");
        }
    }

    private static void Settle(Call call, ChangeSet set, string ended)
    {
        set.Execution = ended;
        Save(call, set);
        foreach (var below in Below(call.Store, set).Where(s => s.Execution == Executing))
        {
            Settle(call, below, ended);
        }
    }

    /// <summary>The stack has become another meanwhile: none of its change sets can be executed any more.</summary>
    public static void Overtake(Call call, Stack stack)
    {
        Settle(call, stack);
        foreach (var set in Of(call, stack))
        {
            Overtake(call, set);
        }
    }

    private static void Overtake(Call call, ChangeSet set)
    {
        if (set.Execution == "AVAILABLE")
        {
            set.Execution = "OBSOLETE";
            Save(call, set);
        }

        foreach (var below in Below(call.Store, set))
        {
            Overtake(call, below);
        }
    }

    /// <summary>The sets of the stacks within its stack that belong to it.</summary>
    public static List<ChangeSet> Below(Store store, ChangeSet set) =>
        [.. set.Nested.Values.Select(id => ById(store, id)).OfType<ChangeSet>()];

    /// <summary>Their stack is gone, and who has their ARNs may still read them.</summary>
    public static void Outlive(Store store, Stack stack) =>
        store.Run("UPDATE changesets SET stack = NULL WHERE stack = $1", stack.Row);

    public static void Remove(Call call, ChangeSet set) => call.Store.Run("DELETE FROM changesets WHERE seq = $1", set.Row);

    private static ChangeSet? One(Store store, string condition, params ReadOnlySpan<object?> values) => store.Row(
        $"SELECT seq, body FROM changesets WHERE {condition}", row => Read(row.GetInt64(0), row.GetString(1)), values);

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
        ["importsExisting"] = set.ImportsExisting,
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
            ImportsExisting = (bool?)set["importsExisting"] == true,
            RevertsDrift = (bool?)set["reverts"] == true,
            StackDrift = set["drift"]?.ToString(),
            Findings = set["findings"]?.DeepClone().AsArray() ?? [],
            Changes = set["changes"]!.DeepClone().AsArray(),
        };
    }
}
