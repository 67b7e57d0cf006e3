using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Resources.Secrets;
using Paco.Stacks;

namespace Paco.Project;

/// <summary>An environment of a network environment in one region: what is really provisioned.</summary>
public sealed class RegionalEnvironment(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public Network.Network? Network { get; } = f.Object("network", "Its network.", x => new Network.Network(x));

    public SecretsManager? Secrets { get; } = f.Object("secrets_manager", "Its secrets.", x => new SecretsManager(x));

    public ImmutableArray<Application> Applications { get; } = f.Map("applications", "Its applications.", x => new Application(x));

    public Syntax.Node? BackupVaults { get; } = f.Raw("backup_vaults", "Its backups.");

    public Syntax.Node? ImportFrom { get; } = f.Raw("import_from", "Where it was copied from.");

    /// <summary>The name of the account it lives in, or null where none is given (which is reported already).</summary>
    public string? AccountName => Network?.AwsAccount?.Path.Split('.') is ["accounts", var name, ..] ? name : null;

    protected internal override void Rules(Fields f)
    {
        if (BackupVaults is not null)
            f.Report(Monitoring.LaterCodes.NotBuiltYet, BackupVaults.Location, "backups are not built yet");
        f.IgnoreRest();
    }

    /// <summary>Makes the stacks of the environment, named by its network environment and its own name.</summary>
    internal void Build(BuildContext build, string networkEnvironment, string environment)
    {
        if (Network is null || AccountName is null)
            return;
        var region = Name;
        var scope = new BuildScope(build, new Place(AccountName, region))
        {
            Environment = new EnvironmentRegion(networkEnvironment, environment, Path, Network.AvailabilityZones, Network.IsEnabled),
            Prefix = $"NE-{networkEnvironment}-{environment}",
            Label = "",
            Names = [networkEnvironment, environment],
            Tags = [new("paco.netenv.name", networkEnvironment), new("paco.env.name", environment)],
        };
        Secrets?.Build(scope with { Prefix = $"{scope.Prefix}-Secrets", Label = "secrets" });
        Network.Build(scope with { Prefix = $"{scope.Prefix}-Net", Label = "network" });
        if (BackupVaults is not null)
            build.LeaveAlone(Names.Stack(scope.Prefix, "BackupVaults"));
        foreach (var application in Applications.OrderBy(a => a.Order))
        {
            var inApplication = scope with
            {
                Prefix = $"{scope.Prefix}-App-{application.Name}",
                Label = application.Name,
                Names = [.. scope.Names, application.Name],
                DnsEnabled = application.DnsEnabled,
                Tags = [.. scope.Tags, new("Paco-Application-Name", application.Name)],
            };
            foreach (var group in application.Groups.OrderBy(g => g.Order))
                group.Build(inApplication);
        }
    }
}

/// <summary>A file below <c>netenv/</c>: one configuration, several environments.</summary>
public sealed record NetworkEnvironment(string Name, ImmutableArray<NamedEnvironment> Environments);

/// <summary>An environment with the regions it is provisioned in, in the order of the file.</summary>
public sealed record NamedEnvironment(string Name, ImmutableArray<RegionalEnvironment> Regions);
