using System.Text.Json.Nodes;
using Paco.Sandbox.Alarms;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>An alarm on metrics or on other alarms: taken as CloudWatch takes it, and on record from then on.</summary>
internal sealed class AlarmHandler : ResourceHandler
{
    /// <summary>Why CloudWatch would not take it; null where it does.</summary>
    public static string? Problem(ResourceRequest m)
    {
        var clock = new AlarmClock(m.Store, m.Account, m.Region);
        return m.Type == AlarmClock.CompositeType
            ? AlarmChecks.OfComposite(m.Properties, m.Region, name => clock.Find(name) is not null)
            : AlarmChecks.OfMetricAlarm(m.Properties, m.Region);
    }

    public override LiveResource Create(ResourceRequest m)
    {
        Check(m);
        var it = base.Create(m);
        Remember(m, it, "created", "Create");
        return it;
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        Check(m);
        // Until now it was evaluated as it was; from now on as it is, in the state it is in.
        new AlarmClock(m.Store, m.Account, m.Region).Advance(m.Now);
        var after = base.Update(m, before);
        Remember(m, after, "updated", "Update");
        return after;
    }

    public override void Delete(Store store, LiveResource it)
    {
        AlarmTable.Forget(store, it);
        base.Delete(store, it);
    }

    private static void Check(ResourceRequest m)
    {
        if (Problem(m) is { } problem)
        {
            throw ServiceRefusal.Of(m, "CloudWatch", problem);
        }
    }

    private static void Remember(ResourceRequest m, LiveResource it, string done, string type) =>
        AlarmTable.Remember(m.Store, it, m.Now, "ConfigurationUpdate", $"Alarm \"{it.Physical}\" {done}",
            new JsonObject { ["version"] = "1.0", ["type"] = type });
}
