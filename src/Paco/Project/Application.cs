using System.Collections.Immutable;
using Paco.Binding;
using Paco.Monitoring;
using Paco.Stacks;

namespace Paco.Project;

/// <summary>An application of an environment: groups of resources.</summary>
public sealed class Application(Fields f) : Model(f), IWatchedApplication
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public int Order { get; } = f.Int("order", "Breaks ties between applications that do not need each other.", 0, min: 0);

    public bool DnsEnabled { get; } = f.Flag("dns_enabled", "Make DNS records for what is in it.", true);

    public ImmutableArray<ResourceGroup> Groups { get; } = f.Map("groups", "Its groups of resources.", x => new ResourceGroup(x));

    public MonitorConfig? Monitoring { get; } =
        f.Object("monitoring", "What is watched of the application as a whole.", x => new MonitorConfig(x, MonitorConfig.ApplicationType));

    public Notifications? Notifications { get; } = f.Object("notifications", "Who is told of its alarms.", x => new Notifications(x));

    public bool ChangeProtected { get; } = f.Flag("change_protected", "Never update or delete what is in it.", false);

    public string? ImportFrom { get; } = f.Text("import_from", Imports.Doc);
}

/// <summary>Resources that belong together.</summary>
public sealed class ResourceGroup(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public string Type { get; } = f.Text("type", "Application, Bastion or Deployment; for people.", "Application");

    public Enablement Enabled { get; } = f.Enabled(false);

    public int Order { get; } = f.Int("order", "Breaks ties between groups that do not need each other.", 0, min: 0);

    public bool DnsEnabled { get; } = f.Flag("dns_enabled", "Make DNS records for what is in it.", true);

    public ImmutableArray<AppResource> Resources { get; } = f.Map("resources", "Its resources; each states its type.", RoomCatalog.Bind);

    public string? ImportFrom { get; } = f.Text("import_from", Imports.Doc);

    internal void Build(BuildScope scope)
    {
        foreach (var resource in Resources.Where(r => r.IsWhole).OrderBy(r => r.Order))
            Watching.Build(resource, ScopeOf(resource, scope));
    }

    /// <summary>Before anything is built, those are heard who need something of another's stack.</summary>
    internal void Ask(BuildScope scope)
    {
        foreach (var resource in Resources.Where(r => r is { IsWhole: true } and IAsking))
            ((IAsking)resource).Ask(ScopeOf(resource, scope));
    }

    private BuildScope ScopeOf(AppResource resource, BuildScope scope) => scope with
    {
        OwnNames = [Name, resource.Name],
        Names = [.. scope.Names, Name, resource.Name],
        Titles = [.. scope.Titles, Title, resource.Title],
        Label = $"{scope.Label}/{Name}/{resource.Name}",
        DnsEnabled = scope.DnsEnabled && DnsEnabled,
        ChangeProtected = scope.ChangeProtected || resource.ChangeProtected,
        Tags = [.. scope.Tags, new("Paco-Application-Group-Name", Name), new("Paco-Application-Resource-Name", resource.Name)],
    };
}
