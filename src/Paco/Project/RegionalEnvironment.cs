using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Monitoring;
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

    protected internal override void Rules(Fields f) => f.WarnOfRest();

    /// <summary>Makes the stacks of the environment, named by its network environment and its own name.</summary>
    internal void Build(BuildContext build, string networkEnvironment, NamedEnvironment environment)
    {
        if (ScopeOf(build, networkEnvironment, environment) is not { } scope)
            return;
        if (Secrets is { IsWhole: true })
            Secrets.Build(scope with { Prefix = $"{scope.Prefix}-Secrets", Label = "secrets" });
        if (Network is { IsWhole: true })
            Network.Build(scope with { Prefix = scope.Environment!.NetworkPrefix, Label = "network" });
        foreach (var application in Applications.OrderBy(a => a.Order))
        {
            var inApplication = ScopeOf(application, scope);
            foreach (var group in application.Groups.OrderBy(g => g.Order))
                group.Build(inApplication);
            Watching.BuildApplication(application, inApplication);
        }
        BackupSection.Build(BackupVaults, scope);
    }

    /// <summary>Before anything is built, hears what its resources need of the stacks of others.</summary>
    internal void Ask(BuildContext build, string networkEnvironment, NamedEnvironment environment)
    {
        if (ScopeOf(build, networkEnvironment, environment) is not { } scope)
            return;
        foreach (var application in Applications)
        {
            foreach (var group in application.Groups)
                group.Ask(ScopeOf(application, scope));
        }
    }

    // Null where its account is missing, which is reported already.
    private BuildScope? ScopeOf(BuildContext build, string networkEnvironment, NamedEnvironment environment) =>
        Network is null || AccountName is null
            ? null
            : new BuildScope(build, new Place(build.AccountOf(AccountName), Name))
            {
                Environment = new EnvironmentRegion(networkEnvironment, environment.Name, Path, Network.AvailabilityZones,
                    Network.IsEnabled)
                {
                    Title = Title,
                    AccountSuffix = environment.Neighbours.SuffixOf(environment.Name, Name, build.AccountOf),
                },
                Prefix = $"NE-{networkEnvironment}-{environment.Name}",
                Label = "",
                Names = [networkEnvironment, environment.Name],
                Titles = [Network.Title, environment.Title],
                Tags = [new("paco.netenv.name", networkEnvironment), new("paco.env.name", environment.Name)],
            };

    private static BuildScope ScopeOf(Application application, BuildScope scope) => scope with
    {
        Prefix = $"{scope.Prefix}-App-{application.Name}",
        Label = application.Name,
        Names = [.. scope.Names, application.Name],
        Titles = [.. scope.Titles, application.Title],
        DnsEnabled = application.DnsEnabled,
        ChangeProtected = application.ChangeProtected,
        Tags = [.. scope.Tags, new("Paco-Application-Name", application.Name)],
    };
}

/// <summary>A file below <c>netenv/</c>: one configuration, several environments.</summary>
public sealed record NetworkEnvironment(string Name, ImmutableArray<NamedEnvironment> Environments);

/// <summary>An environment with the regions it is provisioned in, in the order of the file.</summary>
/// <param name="Title">Free text for people, or empty.</param>
public sealed record NamedEnvironment(string Name, string Title, ImmutableArray<RegionalEnvironment> Regions)
{
    /// <summary>The environments of its file, read or not.</summary>
    public required AccountNeighbours Neighbours { get; init; }
}
