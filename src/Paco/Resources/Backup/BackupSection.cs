using System.Collections.Immutable;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.Backup;

/// <summary>The section <c>backup_vaults</c> of an environment: its vaults, and the role that saves and restores for all of them.</summary>
internal static class BackupSection
{
    public static void Build(ImmutableArray<BackupVault> vaults, BuildScope environment)
    {
        if (vaults.IsEmpty)
            return;
        var scope = environment with { Prefix = $"{environment.Prefix}-BackupVaults", Label = "backup_vaults" };
        var role = Role(vaults, scope);
        // On as soon as one vault is.
        role.Build(scope with { OwnNames = ["backup-vaults"] }, vaults.FirstOrDefault(v => v.IsEnabled) ?? vaults[0]);
        foreach (var vault in vaults)
            vault.Build(scope with { Label = $"backup_vaults/{vault.Name}", ChangeProtected = vault.ChangeProtected }, RoleArn(scope));
    }

    private static string NameOf(BuildScope scope) => string.Join('-', ["Backup", .. scope.Names]);

    private static string PathOf(BuildScope scope) => $"{scope.Environment!.Path}.backup_vaults.{NameOf(scope)}";

    private static Binding.Ref RoleArn(BuildScope scope) => new($"{PathOf(scope)}.arn", $"{PathOf(scope)}.arn", default);

    private static IamRole Role(ImmutableArray<BackupVault> vaults, BuildScope scope)
    {
        var selections = vaults.Where(v => v.IsEnabled).SelectMany(v => v.Plans).Where(p => p.IsEnabled).SelectMany(p => p.Selections);
        var savesBuckets = selections.Any(s => s.Saved(scope.Build).Any(r => r.IsBucket));
        var policies = $"arn:{scope.Place.Partition.Name}:iam::aws:policy";
        return new IamRole
        {
            Ref = PathOf(scope),
            Resource = "backup_vaults",
            Name = NameOf(scope),
            Location = vaults[0].Location,
            Trust = PolicyDocument.TrustServices("backup.amazonaws.com"),
            ManagedPolicyArns =
            [
                $"{policies}/service-role/AWSBackupServiceRolePolicyForBackup",
                $"{policies}/service-role/AWSBackupServiceRolePolicyForRestores",
                .. savesBuckets
                    ? [$"{policies}/AWSBackupServiceRolePolicyForS3Backup", $"{policies}/AWSBackupServiceRolePolicyForS3Restore"]
                    : Array.Empty<string>(),
            ],
        };
    }
}
