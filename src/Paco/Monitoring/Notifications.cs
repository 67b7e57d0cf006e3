using System.Collections.Immutable;
using Paco.Binding;

namespace Paco.Monitoring;

/// <summary>Who is told of alarms: of an application, a resource, a set of alarms or one alarm.</summary>
public sealed class Notifications(Fields f) : Model(f)
{
    public ImmutableArray<Notification> All { get; } = f.Rest("Groups that are told.", x => new Notification(x));
}

/// <summary>Groups that are told of alarms of a class and severity, or of all.</summary>
public sealed class Notification(Fields f) : Model(f)
{
    public ImmutableArray<string> Groups { get; } = f.Texts("groups", "Topics of resource/snstopics.yaml, by their names.");

    public string? Classification { get; } = f.Text("classification", "Only of alarms of this class.", Alarm.Classes.OrBlank());

    public string? Severity { get; } = f.Text("severity", "Only of alarms of this severity.", Alarm.Severities);
}
