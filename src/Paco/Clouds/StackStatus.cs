namespace Paco.Clouds;

/// <summary>Every status CloudFormation gives a stack; the names are its own, in Pascal case.</summary>
public enum StackStatus
{
    CreateInProgress,
    CreateFailed,
    CreateComplete,
    RollbackInProgress,
    RollbackFailed,
    RollbackComplete,
    DeleteInProgress,
    DeleteFailed,
    DeleteComplete,
    UpdateInProgress,
    UpdateCompleteCleanupInProgress,
    UpdateComplete,
    UpdateFailed,
    UpdateRollbackInProgress,
    UpdateRollbackFailed,
    UpdateRollbackCompleteCleanupInProgress,
    UpdateRollbackComplete,
    ReviewInProgress,
    ImportInProgress,
    ImportComplete,
    ImportRollbackInProgress,
    ImportRollbackFailed,
    ImportRollbackComplete,
}

/// <summary>Between the enum and the wire's <c>UPDATE_ROLLBACK_FAILED</c>.</summary>
public static class StackStatusText
{
    private static readonly Dictionary<string, StackStatus> ByWire =
        Enum.GetValues<StackStatus>().ToDictionary(ToWire, StringComparer.Ordinal);

    /// <summary><c>UpdateRollbackFailed</c> as <c>UPDATE_ROLLBACK_FAILED</c>.</summary>
    public static string ToWire(this StackStatus status) =>
        string.Concat(status.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));

    /// <summary>The status a cloud named; false for a word CloudFormation has not used so far.</summary>
    public static bool TryParse(string wire, out StackStatus status) => ByWire.TryGetValue(wire, out status);
}
