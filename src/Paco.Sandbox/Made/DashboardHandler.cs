using Paco.Sandbox.Alarms;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>A dashboard, whose body CloudWatch reads before it takes it.</summary>
internal sealed class DashboardHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        Check(m);
        return base.Create(m);
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        Check(m);
        return base.Update(m, before);
    }

    private static void Check(ResourceRequest m)
    {
        if (DashboardBody.Problems(m.Text("DashboardBody") ?? "") is { Count: > 0 } problems)
        {
            throw ServiceRefusal.Of(m, "CloudWatch", DashboardBody.Refusal(problems));
        }
    }
}
