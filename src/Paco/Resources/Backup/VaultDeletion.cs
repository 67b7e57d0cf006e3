using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.Backup;

/// <summary>
/// Deletes the recovery points of a vault and then the vault, before its stack goes, which would leave both behind. It is planned only to
/// be deleted.
/// </summary>
/// <param name="Vault">Its name.</param>
/// <param name="Points">How many recovery points the plan found in it.</param>
internal sealed record VaultDeletion(string Vault, int Points) : CloudAction
{
    // A backup that was under way may end meanwhile.
    private const int Attempts = 5;

    public override bool HoldsData => Points > 0;

    /// <summary>What is there by the plan's own look.</summary>
    public ActionState State => new(Exists: true, IsCurrent: false, Points switch
    {
        0 => "it is empty",
        1 => "its recovery point is deleted, then the vault",
        _ => $"its {Points} recovery points are deleted, then the vault",
    });

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel) =>
        await cloud.Backup(Id.Place).ListRecoveryPoints(Vault, cancel) is null ? ActionState.Absent : State;

    public override Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel) => Task.FromResult(ActionResult.Done);

    public override async Task Delete(ICloud cloud, CancellationToken cancel)
    {
        var backup = cloud.Backup(Id.Place);
        for (var attempt = 1; await backup.ListRecoveryPoints(Vault, cancel) is { } points; attempt++)
        {
            // What came in after the plan found it empty, nobody permitted to lose: then the vault is not deleted.
            if (Points > 0)
            {
                foreach (var point in points)
                    await backup.DeleteRecoveryPoint(Vault, point.Arn, cancel);
            }
            try
            {
                await backup.DeleteVault(Vault, cancel);
                return;
            }
            catch (CloudException e) when (e.Code == "InvalidRequestException" && Points > 0 && attempt < Attempts)
            {
                // AWS is not done with them.
            }
        }
    }
}
