using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Monitoring;

/// <summary>Who is told of alarms: of an application, a resource, a set of alarms or one alarm.</summary>
public sealed class Notifications(Fields f) : Model(f)
{
    public ImmutableArray<Notification> All { get; } = f.Rest("Groups that are told.", x => new Notification(x));

    /// <summary>The topics that are told of an alarm of a class and severity, each once, in the order of who says so.</summary>
    internal static ImmutableArray<ToldGroup> Told(string classification, string severity, params ReadOnlySpan<Notifications?> sayers) =>
    [
        .. sayers.ToArray().SelectMany(said => said?.All ?? []).Where(n => n.IsOf(classification, severity))
            .SelectMany(n => n.Groups, (n, group) => new ToldGroup(group, n.PlaceOf("groups"))).DistinctBy(t => t.Name),
    ];
}

/// <summary>Groups that are told of alarms of a class and severity, or of all.</summary>
public sealed class Notification(Fields f) : Model(f)
{
    public ImmutableArray<string> Groups { get; } = f.Texts("groups", "Topics of resource/sns.yaml, by their names.");

    public string? Classification { get; } = f.Text("classification", "Only of alarms of this class.", Alarm.Classes.OrBlank());

    public string? Severity { get; } = f.Text("severity", "Only of alarms of this severity.", Alarm.Severities);

    protected internal override void Rules(Fields f)
    {
        if (Groups.IsEmpty)
            f.Lacks("groups", "notifications need \"groups\" to be told", "names of topics in resource/sns.yaml: [admin]");
    }

    internal bool IsOf(string classification, string severity) =>
        (string.IsNullOrEmpty(Classification) || Classification == classification) && (Severity is null || Severity == severity);
}

/// <summary>A topic that is told, by its name, and where that is written.</summary>
internal sealed record ToldGroup(string Name, Location Written);
