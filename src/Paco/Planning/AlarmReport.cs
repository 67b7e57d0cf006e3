using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>How an alarm stands.</summary>
public enum AlarmStanding
{
    /// <summary>Beyond its threshold.</summary>
    Alarm,

    /// <summary>There are no values to judge by.</summary>
    InsufficientData,

    /// <summary>Its stack is there and it is not: somebody deleted it.</summary>
    Gone,

    Ok,

    /// <summary>The project has it and no stack does so far.</summary>
    NotDeployed,

    /// <summary>Nobody asked.</summary>
    Unknown,

    /// <summary>It is switched off in the project, and there is none.</summary>
    Disabled,
}

/// <summary>An alarm of the project, or of one of its stacks.</summary>
/// <param name="Stack">The stack it is in, or is to be in.</param>
/// <param name="Stated">What the project says of it; null where the project no longer has it.</param>
/// <param name="Status">What CloudWatch says of it; null where it was not asked or has none.</param>
public sealed record WatchedAlarm(NodeId Stack, StatedAlarm? Stated, AlarmStanding Standing, AlarmStatus? Status)
{
    /// <summary>There is one, and the project has none or has it switched off: it goes with the next run.</summary>
    public bool IsLeft => Status is not null && Stated is not { Enabled: true };
}

/// <summary>The alarms of a scope, and where a cloud was asked how they stand: one listing an account and region.</summary>
/// <param name="IsAsked">False where only the project was read.</param>
public sealed record AlarmReport(Scope Scope, ImmutableArray<WatchedAlarm> Alarms, bool IsAsked)
{
    /// <summary>What the project says, offline.</summary>
    public static AlarmReport Offline(StackGraph graph, Scope scope) => new(scope,
        [.. graph.Within(scope).Alarms.Select(stated => new WatchedAlarm(stated.Node, stated,
            stated.Enabled ? AlarmStanding.Unknown : AlarmStanding.Disabled, null))], IsAsked: false);

    /// <summary>Throws <see cref="CloudException"/> where CloudWatch does not answer.</summary>
    /// <param name="inventory">What is deployed of the scope.</param>
    public static async Task<AlarmReport> Of(StackGraph graph, Inventory inventory, ICloud cloud, CancellationToken cancel)
    {
        var stated = graph.Within(inventory.Scope).Alarms;
        var deployed = inventory.Stacks.Where(s => s.Deployed is not null && s.State != StackState.Unclaimed)
            .ToImmutableDictionary(s => s.Id, s => s.Deployed!);
        var found = await Read(inventory, stated, deployed, cloud, cancel);
        var known = stated.Select(alarm => Standing(alarm, deployed.GetValueOrDefault(alarm.Node), found)).ToList();
        var names = known.Select(a => (a.Stack.Place, a.Status?.Name)).ToHashSet();
        var left = from one in found
                   where !names.Contains((one.Key.Place, one.Key.Name))
                   let stack = StackOf(one.Key.Place, one.Key.Name, deployed.Keys)
                   where stack is not null
                   orderby stack.Value, one.Key.Name
                   select new WatchedAlarm(stack.Value, null, Standing(one.Value), one.Value);
        return new(inventory.Scope, [.. known, .. left], IsAsked: true);
    }

    private static WatchedAlarm Standing(StatedAlarm alarm, DeployedStack? stack,
        ImmutableDictionary<(Place Place, string Name), AlarmStatus> found)
    {
        var name = stack?.Outputs.GetValueOrDefault(alarm.LogicalId);
        var status = name is null ? null : found.GetValueOrDefault((alarm.Node.Place, name));
        var standing = status is not null ? Standing(status)
            : !alarm.Enabled ? AlarmStanding.Disabled
            : name is null ? AlarmStanding.NotDeployed
            : AlarmStanding.Gone;
        return new(alarm.Node, alarm, standing, status);
    }

    private static AlarmStanding Standing(AlarmStatus status) => status.State switch
    {
        AlarmState.Alarm => AlarmStanding.Alarm,
        AlarmState.InsufficientData => AlarmStanding.InsufficientData,
        AlarmState.Ok => AlarmStanding.Ok,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status.State, "no such state"),
    };

    // One listing a place: by what the names of all stacks there that have alarms, or may have had some, begin with.
    private static async Task<ImmutableDictionary<(Place Place, string Name), AlarmStatus>> Read(Inventory inventory,
        ImmutableArray<StatedAlarm> stated, ImmutableDictionary<NodeId, DeployedStack> deployed, ICloud cloud, CancellationToken cancel)
    {
        var left = inventory.Stacks.Where(s => s.State is StackState.Left or StackState.NotBuilt).Select(s => s.Id);
        var asked = stated.Select(a => a.Node).Concat(left).Distinct().Where(deployed.ContainsKey).GroupBy(id => id.Place).ToList();
        var answers = await CloudException.WhenAll(asked.Select(async place => (Place: place.Key,
            Alarms: await cloud.CloudWatch(place.Key).DescribeAlarms(Beginning(place.Select(id => id.Name)), cancel))));
        return answers.SelectMany(a => a.Alarms, (a, alarm) => KeyValuePair.Create((a.Place, alarm.Name), alarm))
            .DistinctBy(a => a.Key).ToImmutableDictionary();
    }

    private static string Beginning(IEnumerable<string> names) => names.Aggregate((one, other) =>
        one[..one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count()]);

    // CloudFormation calls an alarm after its stack. Of stacks called alike it is the one whose name is longest.
    private static NodeId? StackOf(Place place, string alarm, IEnumerable<NodeId> stacks) => stacks
        .Where(id => id.Place == place && alarm.StartsWith($"{id.Name}-", StringComparison.Ordinal))
        .OrderByDescending(id => id.Name.Length).Select(id => (NodeId?)id).FirstOrDefault();
}
