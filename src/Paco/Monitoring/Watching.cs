using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>
/// What cuts across resources, in the one order there is: log groups, then the resource, into which flows what is collected in
/// it, then alarms.
/// </summary>
public static class Watching
{
    public static void Build(AppResource resource, BuildScope scope)
    {
        var watched = resource as IWatched;
        var after = watched?.Logs is { } logs ? [LogGroups.Build(resource, logs, scope)] : Array.Empty<NodeId>();
        resource.Build(scope with { Watch = watched is null ? Watch.Nothing : Into(watched, scope) with { After = [.. after] } });
        foreach (var item in watched?.Watched ?? [])
            Alarms(resource, item, scope);
    }

    // Switched off, monitoring collects nothing, but the groups stay with what they hold.
    private static Watch Into(IWatched watched, BuildScope scope)
    {
        if (watched.Watched.Select(w => w.Monitoring).FirstOrDefault(m => m?.IsEnabled == true) is not { } monitoring)
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

    // Alarms are not built yet; what Paco 9 made of them stays as it is.
    private static void Alarms(AppResource resource, Watched item, BuildScope scope)
    {
        if (item.Monitoring?.AlarmSets is not null)
            scope.NotBuilt(resource, item.Key.Length == 0 ? [resource.Type, "Alarms"] : [item.Key, resource.Type, "Alarms"], "alarms");
    }
}
