using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>
/// What cuts across resources, in the one order there is: log groups, then the resource, into which flows what is collected in
/// it, then alarms.
/// </summary>
public static class Watching
{
    /// <summary>What the policy is called that lets the agent on instances write.</summary>
    internal const string AgentPolicy = "cloudwatchagent";

    private static readonly ImmutableArray<string> Suffixes = [$"-{AlarmStack.Suffix}", $"-{AgentPolicy}-Policy"];

    /// <summary>True for what stacks are called that are there while monitoring is on, and hold nothing.</summary>
    internal static bool IsName(string stackName) => Suffixes.Any(suffix => stackName.EndsWith(suffix, StringComparison.Ordinal));

    public static void Build(AppResource resource, BuildScope scope)
    {
        var watched = resource as IWatched;
        var after = watched?.Logs is { } logs ? [LogGroups.Build(resource, logs, scope)] : Array.Empty<NodeId>();
        ImmutableArray<Watched> items = [.. watched?.Watched ?? []];
        resource.Build(scope with { Watch = watched is null ? Watch.Nothing : Into(watched, items, scope) with { After = [.. after] } });
        foreach (var item in items)
            Alarms(resource, item, watched!.WatchedIn(scope));
    }

    /// <summary>What is watched of an application as a whole, once what is in it is built.</summary>
    public static void BuildApplication<T>(T application, BuildScope scope)
        where T : Model, IWatchedApplication
    {
        AlarmStack.Build(new Watched("", application, "", [], application.Monitoring), "", scope, application.Notifications);
        foreach (var check in (application.Monitoring?.HealthChecks ?? []).OrderBy(c => c.Order))
            HealthCheckStack.Build(check, application, scope, application.Monitoring?.Notifications, application.Notifications);
    }

    // Switched off, monitoring collects nothing, but the groups stay with what they hold.
    private static Watch Into(IWatched watched, ImmutableArray<Watched> items, BuildScope scope)
    {
        if (items.Select(w => w.Monitoring).FirstOrDefault(m => m?.IsEnabled == true) is not { } monitoring)
            return Watch.Nothing;
        var logs = (watched.Logs?.Sets ?? [])
            .SelectMany(set => set.LogGroups.Select(group => (Group: group, Name: group.FullName(scope, set)))).ToArray();
        AgentChecks.Report(monitoring, logs.SelectMany(log => log.Group.Sources), watched.Host, scope.Build.Bag);
        var collected = logs.SelectMany(log => log.Group.Sources.Select(source => source.ToAgentLog(log.Name)));
        return new Watch
        {
            AgentConfiguration = AgentConfiguration.Of(scope.Place.Region, monitoring.CollectionInterval, monitoring.Metrics,
                [.. collected], watched.Host),
            LogGroups = [.. logs.Select(log => log.Name)],
        };
    }

    private static void Alarms(AppResource resource, Watched item, BuildScope scope)
    {
        if (item.Monitoring?.AlarmSets is null)
            return;
        var inResource = item.Key.Length == 0 ? scope : scope with { OwnNames = [.. scope.OwnNames, item.Key] };
        if (resource.Knowledge == Knowledge.Whole)
            AlarmStack.Build(item, resource.Type, inResource, Application(scope)?.Notifications);
        else
            inResource.NotBuilt(resource, [resource.Type, AlarmStack.Suffix], "alarms");
    }

    // Names are those from the network environment down; the third is the application's.
    internal static IWatchedApplication? Application(BuildScope scope) =>
        scope is { Environment: { } environment, Names: [_, _, var name, ..] }
        ? scope.Build.Index.Find($"{environment.Path}.applications.{name}") as IWatchedApplication
        : null;
}
