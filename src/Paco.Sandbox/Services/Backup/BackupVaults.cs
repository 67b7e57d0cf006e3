using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Backup;

/// <summary>The vaults of an account and region.</summary>
internal static class BackupVaults
{
    public const string Type = "AWS::Backup::BackupVault";

    /// <summary>What AWS says to whoever deletes a vault that holds something.</summary>
    public const string NotEmpty = "Backup vault cannot be deleted because it contains recovery points.";

    public static List<LiveResource> All(Call call) => call.Store.OfType(call.Account, call.Region, Type);

    public static LiveResource Find(Call call, string name) => call.Store.Find(call.Account, call.Region, Type, name)
        ?? throw new AwsError("ResourceNotFoundException", $"Backup vault {name} cannot be found");

    public static string Arn(LiveResource vault) => vault.Attributes["BackupVaultArn"]!.ToString();

    public static bool Holds(Store store, LiveResource vault) =>
        store.OfType(vault.Account, vault.Region, RecoveryPoints.Type).Exists(p => RecoveryPoints.VaultOf(p) == vault.Physical);
}
