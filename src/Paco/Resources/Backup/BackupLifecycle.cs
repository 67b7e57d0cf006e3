using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.Backup;

/// <summary>
/// How long a recovery point is kept, and where. It holds for points made from then on: those that are there keep theirs.
/// </summary>
public sealed class BackupLifecycle(Fields f)
{
    private const string DeleteField = "lifecycle_delete_after_days";
    private const string ColdField = "lifecycle_move_to_cold_storage_after_days";

    // Source: API backup Lifecycle.
    private const int LeastColdDays = 90;

    public Given<int>? DeleteAfterDays { get; } =
        f.Int(DeleteField, "Days until it is deleted; kept for ever where not given.", min: 1, max: 36500);

    public Given<int>? MoveToColdStorageAfterDays { get; } =
        f.Int(ColdField, "Days until it is moved to cold storage, which costs less and is paid for 90 days at least.", min: 1, max: 36500);

    internal void Rules(Fields f)
    {
        if (MoveToColdStorageAfterDays is { } cold && DeleteAfterDays is { } deleted && deleted < cold + LeastColdDays)
        {
            f.Broken(ColdField,
                $"it is moved to cold storage after {cold} days and has to stay there for {LeastColdDays}, but is deleted after {deleted}",
                $"{DeleteField}: {cold + LeastColdDays} or more, or leave \"{ColdField}\" out");
        }
    }

    internal MapValue? ToValue() => new MapValue
    {
        ["DeleteAfterDays"] = Value.Of(DeleteAfterDays),
        ["MoveToColdStorageAfterDays"] = Value.Of(MoveToColdStorageAfterDays),
    }.OrNothing;
}
