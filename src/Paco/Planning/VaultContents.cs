using Paco.Clouds;
using Paco.Resources.Backup;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// AWS deletes no vault with recovery points in it. Stacks retain their vaults; where the project says that one goes with its stack
/// (<c>deletion_policy: delete</c>), its recovery points go first.
/// </summary>
internal sealed class VaultContents(ICloud cloud) : IObstacle
{
    public string Type => "AWS::Backup::BackupVault";

    public async Task<Standing> Look(DoomedResource vault, CancellationToken cancel)
    {
        if (vault.IsReplaced || await cloud.Backup(vault.Stack.Id.Place).ListRecoveryPoints(vault.PhysicalId, cancel) is not { } points)
            return Standing.Nothing;
        var deletion = new VaultDeletion(vault.PhysicalId, points.Length)
        {
            Id = new NodeId(vault.Stack.Id.Place, $"Vault-{vault.PhysicalId}"),
            Ref = vault.Stack.Node.Ref,
            Title = $"vault {vault.PhysicalId}",
        };
        return new Standing(deletion, deletion.State, []);
    }
}
