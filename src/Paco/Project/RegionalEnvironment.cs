using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Resources.Backup;
using Paco.Resources.Secrets;
using Paco.Stacks;

namespace Paco.Project;

/// <summary>An environment of a network environment in one region: what is really provisioned.</summary>
public sealed class RegionalEnvironment(Fields f) : Model(f), IAccountEnvironment
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public Network.Network? Network { get; } = f.Object("network", "Its network.", x => new Network.Network(x));

    public SecretsManager? Secrets { get; } = f.Object("secrets_manager", "Its secrets.", x => new SecretsManager(x));

    public ImmutableArray<Application> Applications { get; } = f.Map("applications", "Its applications.", x => new Application(x));

    public ImmutableArray<BackupVault> BackupVaults { get; } = f.Map("backup_vaults", "Its backups.", x => new BackupVault(x));

    public string? ImportFrom { get; } = f.Text("import_from", Imports.Doc);

    /// <summary>The name of the account it lives in, or null where none is given (which is reported already).</summary>
    public string? AccountName => Network?.AwsAccount?.Path.Account;

    protected internal override void Rules(Fields f)
    {
        if (!BackupVaults.IsEmpty)
            f.Report(Monitoring.LaterCodes.NotBuiltYet, f.Place("backup_vaults"), "backups are not built yet");
        f.WarnOfRest();
    }

    /// <summary>Makes the stacks of the environment, named by its network environment and its own name.</summary>
    internal void Build(BuildContext build, string networkEnvironment, string environment)
    {
        if (Network is null || AccountName is null)
            return;
        var region = Name;
        var inEnvironment = new EnvironmentRegion(networkEnvironment, environment, Path, Network.AvailabilityZones, Network.IsEnabled);
        var scope = new BuildScope(build, new Place(build.AccountOf(AccountName), region))
        {
            Environment = inEnvironment,
            Prefix = $"NE-{networkEnvironment}-{environment}",
            Label = "",
            Names = [networkEnvironment, environment],
            Tags = [new("paco.netenv.name", networkEnvironment), new("paco.env.name", environment)],
        };
        if (Secrets is { IsWhole: true })
            Secrets.Build(scope with { Prefix = $"{scope.Prefix}-Secrets", Label = "secrets" });
        if (Network.IsWhole)
            Network.Build(scope with { Prefix = inEnvironment.NetworkPrefix, Label = "network" });
        BackupsNotBuilt(scope with { Prefix = $"{scope.Prefix}-BackupVaults", Label = "backup_vaults" });
        foreach (var application in Applications.OrderBy(a => a.Order))
        {
            var inApplication = scope with
            {
                Prefix = $"{scope.Prefix}-App-{application.Name}",
                Label = application.Name,
                Names = [.. scope.Names, application.Name],
                DnsEnabled = application.DnsEnabled,
                ChangeProtected = application.ChangeProtected,
                Tags = [.. scope.Tags, new("Paco-Application-Name", application.Name)],
            };
            foreach (var group in application.Groups.OrderBy(g => g.Order))
                group.Build(inApplication);
            application.Monitoring?.NotBuilt(application, inApplication);
        }
    }

    // Backups come later; what Paco 9 made of them is nobody's orphan.
    private void BackupsNotBuilt(BuildScope scope)
    {
        if (!BackupVaults.IsEmpty)
            scope.NotBuilt(this, ["backup-vaults", "Backup", .. scope.Names, "Role"], "role");
        foreach (var vault in BackupVaults)
            scope.NotBuilt(vault, [vault.Name], vault.Name);
    }
}

/// <summary>A file below <c>netenv/</c>: one configuration, several environments.</summary>
public sealed record NetworkEnvironment(string Name, ImmutableArray<NamedEnvironment> Environments);

/// <summary>An environment with the regions it is provisioned in, in the order of the file.</summary>
public sealed record NamedEnvironment(string Name, ImmutableArray<RegionalEnvironment> Regions);
