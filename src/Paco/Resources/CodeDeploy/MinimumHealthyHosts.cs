using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.CodeDeploy;

/// <summary>How many servers are not deployed to at a time.</summary>
public sealed class MinimumHealthyHosts(Fields f) : Model(f)
{
    private const string HostCount = "HOST_COUNT";
    private const string FleetPercent = "FLEET_PERCENT";
    private const int All = 100;

    public string Type { get; } = f.Text("type", "HOST_COUNT: a number of servers; FLEET_PERCENT: so many of a hundred.", HostCount,
        Check.OneOf(HostCount, FleetPercent));

    public Given<int> Count { get; } = f.Int("value", "How many; with 0 all servers are deployed to at once.", 0, min: 0);

    /// <summary>None has to: all are deployed to at the same time.</summary>
    internal bool IsNone => Count.Value == 0;

    /// <summary>The number of servers, where it is one.</summary>
    internal int? Hosts => Type == HostCount ? Count.Value : null;

    protected internal override void Rules(Fields f)
    {
        if (Type != FleetPercent)
            return;
        if (Count > All)
            f.Broken("value", $"no more than all servers can stay in service: \"value\" is {Count.Value} of {All}");
        else if (Count.Value == All)
            f.Broken("value", "where all servers have to stay in service, none can be deployed to", "half of them: 50");
    }

    internal MapValue ToValue() => new() { ["Type"] = Type, ["Value"] = Count };
}
