using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <summary>Outputs, exports and who imports them.</summary>
internal static class Exports
{
    /// <summary>Computes the outputs and publishes the exports. Throws <see cref="AwsError"/> for a name taken or a value in use.</summary>
    public static void Publish(Store store, Stack stack, StackScope scope)
    {
        var outputs = scope.Outputs();
        var wanted = outputs.Where(o => o.ExportName is not null).ToDictionary(o => o.ExportName!, o => o.Value, StringComparer.Ordinal);
        foreach (var (name, value) in Of(store, stack))
        {
            if (!wanted.TryGetValue(name, out var after) && Uses(store, stack, name) is { } use)
            {
                throw AwsError.Validation($"Delete canceled. Cannot delete export {name} {use}");
            }

            if (after is not null && after != value && Uses(store, stack, name) is { } used)
            {
                throw AwsError.Validation($"Cannot update export {name} {used}");
            }
        }

        foreach (var name in wanted.Keys)
        {
            if (store.Row("SELECT stack_id FROM exports WHERE account = $1 AND region = $2 AND name = $3 AND stack <> $4",
                r => r.GetString(0), stack.Account, stack.Region, name, stack.Row) is { } owner)
            {
                throw AwsError.Validation(
                    $"Export with name {name} is already exported by stack {owner.Split('/')[1]}. Rename this export or remove it from the other stack. ");
            }
        }

        Withdraw(store, stack);
        foreach (var (name, value) in wanted)
        {
            store.Run("INSERT INTO exports(account, region, name, stack, stack_id, value) VALUES($1, $2, $3, $4, $5, $6)", stack.Account,
                stack.Region, name, stack.Row, stack.Id, value);
        }

        RecordImports(store, stack);
        stack.Outputs = outputs;
    }

    /// <summary>Takes back a stack's exports and imports.</summary>
    public static void Withdraw(Store store, Stack stack)
    {
        store.Run("DELETE FROM exports WHERE stack = $1", stack.Row);
        store.Run("DELETE FROM imports WHERE stack = $1", stack.Row);
    }

    /// <summary>Why a stack cannot be deleted, or null.</summary>
    public static string? InUse(Store store, Stack stack)
    {
        foreach (var (name, _) in Of(store, stack))
        {
            if (Uses(store, stack, name) is { } use)
            {
                return $"Cannot delete export {name} {use}";
            }
        }

        return null;
    }

    /// <summary>What is exported under a name, or null.</summary>
    public static string? Value(Store store, string account, string region, string name) => store.Text(
        "SELECT value FROM exports WHERE account = $1 AND region = $2 AND name = $3", account, region, name);

    /// <summary>Names of the live stacks that import a name.</summary>
    public static List<string> Importers(Store store, string account, string region, string name) => store.Rows(
        "SELECT s.name FROM imports i JOIN stacks s ON s.seq = i.stack WHERE i.account = $1 AND i.region = $2 AND i.name = $3 AND s.live = 1 ORDER BY s.name",
        row => row.GetString(0), account, region, name);

    private static string? Uses(Store store, Stack stack, string name) =>
        Importers(store, stack.Account, stack.Region, name) is { Count: > 0 } importers
            ? $"as it is in use by {string.Join(", ", importers)}."
            : null;

    private static List<(string Name, string Value)> Of(Store store, Stack stack) =>
        store.Rows("SELECT name, value FROM exports WHERE stack = $1 ORDER BY name", row => (row.GetString(0), row.GetString(1)),
            stack.Row);

    private static void RecordImports(Store store, Stack stack)
    {
        if (!stack.Definition.Text.Contains("ImportValue", StringComparison.Ordinal))
        {
            return;
        }

        var scope = new StackScope(store, stack, stack.Definition, shapeOnly: true);
        scope.Shape();
        foreach (var name in scope.Imports)
        {
            store.Run("INSERT OR IGNORE INTO imports(account, region, name, stack) VALUES($1, $2, $3, $4)", stack.Account, stack.Region,
                name, stack.Row);
        }
    }
}
