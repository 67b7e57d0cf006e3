using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Global.Iam;
using Paco.Linking;
using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning;

/// <summary>Whose a deployed stack is that the configuration does not make.</summary>
internal enum Ownership
{
    /// <summary>The project's: it says so, or it says nothing and is of an environment that the project has.</summary>
    Own,

    /// <summary>
    /// Nobody can tell: it says nothing, as what Paco 9 made, and the project has no such environment; or it names another project, and
    /// this one has such an environment and may once have been called so.
    /// </summary>
    Unclaimed,

    /// <summary>Another project's, or not made by Paco.</summary>
    Foreign,
}

/// <summary>
/// What deployed stacks say of themselves by their tags and names: whose they are and which object of a project they were made for. Record
/// sets carry no tags of their environment, so their names decide.
/// </summary>
internal sealed class StackOrigin
{
    private readonly StackGraph _all;
    private readonly string _mark;
    private readonly HashSet<(string NetworkEnvironment, string Name)> _configured;
    private readonly ImmutableArray<(string NetworkEnvironment, string Name)> _environments;
    private readonly ILookup<(string, string), string> _applications;

    /// <param name="scope">What is asked for: it may name an environment that only record sets are left of.</param>
    public StackOrigin(StackGraph all, Scope scope, ImmutableDictionary<NodeId, DeployedStack> deployed)
    {
        _all = all;
        _configured = [.. Configured(all.Objects)];
        _mark = (all.Objects?.Find("project") as ProjectSettings)?.Mark ?? "";
        var tagged = deployed.Values.Select(s => (Environment: Tagged(s), s.Tags)).Where(s => s.Environment is not null).ToList();
        var asked = scope.Path.Environment is { } e ? new[] { (e.NetworkEnvironment, e.Name) } : [];
        _environments = [.. tagged.Select(s => s.Environment!.Value).Concat(_configured).Concat(asked).Distinct().OrderDescending()];
        _applications = tagged.Where(s => s.Tags.ContainsKey(StackTags.Application))
            .Select(s => (s.Environment!.Value, Application: s.Tags[StackTags.Application])).Distinct()
            .ToLookup(a => a.Value, a => a.Application);
    }

    /// <summary>Whose it is.</summary>
    public Ownership OwnerOf(DeployedStack stack)
    {
        if (!StackTags.IsPacos(stack))
            return Ownership.Foreign;
        if (stack.Tags.GetValueOrDefault(StackTags.Project) is { } mark)
            return mark == _mark ? Ownership.Own : IsOfConfigured(stack) ? Ownership.Unclaimed : Ownership.Foreign;
        // The stack of all users has one name in an organization, so whoever makes that one made the roles of its users.
        if (IsOfConfigured(stack) || (IamStacks.PathOf(stack.StackName) is not null && _all.Nodes.Any(n => n.Id.Name == IamStacks.Users)))
            return Ownership.Own;
        // What else stands below resource/ is Paco 9's so far, and configured or not it is left alone.
        return EnvironmentOf(stack) is null && ZoneOf(stack) is null && OfGlobal(stack.StackName) is null
            ? Ownership.Foreign
            : Ownership.Unclaimed;
    }

    /// <summary>
    /// The object it was made for, as far as it says that: <c>netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.alb</c>,
    /// <c>resource.route53.example</c>; else its name.
    /// </summary>
    public ObjectPath PathOf(NodeId id, DeployedStack stack)
    {
        if (EnvironmentOf(stack) is not { } environment)
            return ZoneOf(stack) is { } zone ? $"resource.route53.{zone}" : OfGlobal(id.Name) ?? id.Name;
        var region = new ObjectPath($"netenv.{environment.NetworkEnvironment}.{environment.Name}.{id.Place.Region}");
        var application = stack.Tags.GetValueOrDefault(StackTags.Application)
            ?? _applications[environment].Where(a => id.Name.StartsWith(Prefix(environment, "App", a), StringComparison.Ordinal))
                .MaxBy(a => a.Length);
        if (application is not null)
        {
            var (group, name) = (stack.Tags.GetValueOrDefault(StackTags.Group), stack.Tags.GetValueOrDefault(StackTags.Resource));
            var resource = group is null || name is null ? "" : $".groups.{group}.resources.{name}";
            return region.Below($"applications.{application}{resource}");
        }
        return region.Below(id.Name[Prefix(environment).Length..].Split('-')[0] switch
        {
            "Net" => "network",
            "Secrets" => "secrets_manager",
            "BackupVaults" => "backup_vaults",
            _ => "applications",
        });
    }

    /// <summary>The environment it says it is of; null for what belongs to none.</summary>
    public (string NetworkEnvironment, string Name)? EnvironmentOf(DeployedStack stack) => Tagged(stack) switch
    {
        { } tagged => stack.StackName.StartsWith(Prefix(tagged), StringComparison.Ordinal) ? tagged : null,
        null => _environments.Where(e => stack.StackName.StartsWith(Prefix(e, "App"), StringComparison.Ordinal))
            .Select(e => ((string, string)?)e).FirstOrDefault(),
    };

    private static (string NetworkEnvironment, string Name)? Tagged(DeployedStack stack) =>
        stack.Tags.TryGetValue(StackTags.NetworkEnvironment, out var netenv) && stack.Tags.TryGetValue(StackTags.Environment, out var name)
            ? (netenv, name)
            : null;

    private bool IsOfConfigured(DeployedStack stack) => EnvironmentOf(stack) is { } environment && IsConfigured(environment);

    private bool IsConfigured((string NetworkEnvironment, string Name) environment) =>
        _all.Objects is not { } objects
        || objects.IsUnread($"netenv.{environment.NetworkEnvironment}") || _configured.Contains(environment);

    private static IEnumerable<(string NetworkEnvironment, string Name)> Configured(ObjectIndex? objects) => objects is null ? [] :
        from netenv in objects.Children("netenv")
        from name in objects.Children($"netenv.{netenv}")
        select (netenv, name);

    private static ObjectPath? OfGlobal(string stackName) =>
        RoomCatalog.GlobalRooms.Select(room => room.PathOf(stackName)).FirstOrDefault(path => path is not null);

    // Resource-Route53-ACCOUNT-ZONE-HostedZone, in the account it names.
    private string? ZoneOf(DeployedStack stack)
    {
        const string Suffix = "-HostedZone";
        return (_all.Objects?.Children("accounts") ?? [])
            .Select(account => Names.Stack("Resource-Route53", account) + "-")
            .Where(prefix => stack.StackName.StartsWith(prefix, StringComparison.Ordinal)
                && stack.StackName.EndsWith(Suffix, StringComparison.Ordinal) && stack.StackName.Length > prefix.Length + Suffix.Length)
            .Select(prefix => stack.StackName[prefix.Length..^Suffix.Length])
            .MinBy(zone => zone.Length);
    }

    private static string Prefix((string NetworkEnvironment, string Name) environment, params IEnumerable<string> more) =>
        Names.Stack(["NE", environment.NetworkEnvironment, environment.Name, .. more]) + "-";
}
