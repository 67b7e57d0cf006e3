using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.CodeDeploy;

/// <summary>How servers are deployed to, while others serve: what a deployment group and an action of a pipeline both say.</summary>
public sealed class DeploymentSettings(Fields f)
{
    /// <summary>The configuration of AWS that deploys to one server at a time, by its name.</summary>
    internal const string OneAtATime = "CodeDeployDefault.OneAtATime";

    private const string WithTraffic = "WITH_TRAFFIC_CONTROL";
    private const string WithoutTraffic = "WITHOUT_TRAFFIC_CONTROL";
    private const int MostAlarms = 10;

    private static readonly string[] RollbackEvents =
        ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"];

    public Ref? TargetGroup { get; } = f.Ref("alb_target_group",
        "The target group that servers leave while they are deployed to, and in which they have to become healthy afterwards.",
        "TargetGroup");

    public string ClassicLoadBalancer { get; } =
        f.Text("elb_name", "The same with a classic load balancer, by its name in AWS.", "");

    public Given<bool> RollsBack { get; } = f.Flag("auto_rollback_enabled",
        "Deploy what was there before, where a deployment fails, is stopped, or one of its alarms goes off.", true);

    public string? Style { get; } = f.Text("deploy_style_option",
        "WITH_TRAFFIC_CONTROL: a server is out of the load balancer while it is deployed to. WITHOUT_TRAFFIC_CONTROL: it gets requests all the time. By default the former where there is a load balancer.",
        Check.OneOf(WithTraffic, WithoutTraffic));

    public MinimumHealthyHosts? MinimumHealthy { get; } = f.Object("minimum_healthy_hosts",
        "How many servers stay as they are while others are deployed to. Without it servers are deployed to one at a time.",
        x => new MinimumHealthyHosts(x));

    public ImmutableArray<Ref> Alarms { get; } = f.Refs("alarms",
        "Alarms that stop a deployment while they are on: `….resources.alb.monitoring.alarm_sets.SET.ALARM`.", "Alarm");

    internal bool HasLoadBalancer => TargetGroup is not null || ClassicLoadBalancer.Length > 0;

    /// <summary>Servers get requests while they are deployed to, though there is a load balancer that could spare them.</summary>
    internal bool KeepsTraffic => HasLoadBalancer && Style == WithoutTraffic;

    internal void Rules(Fields f)
    {
        if (Style == WithTraffic && !HasLoadBalancer)
        {
            f.Broken("deploy_style_option", $"{WithTraffic} needs a load balancer to take servers out of",
                "name the \"alb_target_group\" of the servers, or leave \"deploy_style_option\" out");
        }
        if (Alarms.Length > MostAlarms)
            f.Broken("alarms", $"CodeDeploy looks at {MostAlarms} alarms of a deployment group at most, and these are {Alarms.Length}");
    }

    /// <summary>The properties of a deployment group, without what it is called and who it is for.</summary>
    /// <param name="nameOf">Yields the name of a target group, as the stack has it.</param>
    internal MapValue Properties(StackBuilder stack, Model owner, BuildContext build, Func<Ref, Value> nameOf) => new()
    {
        ["AutoRollbackConfiguration"] = new MapValue { ["Enabled"] = RollsBack, ["Events"] = Value.OfMany(RollbackEvents) },
        ["AlarmConfiguration"] = AlarmConfiguration(stack, owner, build),
        ["DeploymentStyle"] = new MapValue
        {
            ["DeploymentType"] = "IN_PLACE",
            ["DeploymentOption"] = Style ?? (HasLoadBalancer ? WithTraffic : WithoutTraffic),
        },
        ["LoadBalancerInfo"] = LoadBalancers(nameOf),
    };

    private MapValue? AlarmConfiguration(StackBuilder stack, Model owner, BuildContext build)
    {
        var names = Value.OfMany(Alarms.Where(a => IsOn(a, owner, build))
            .Select(a => (Value)new MapValue { ["Name"] = stack.Input($"Alarm{Names.Md5(a.Text)}", a) }));
        return names is null ? null : new MapValue { ["Enabled"] = true, ["Alarms"] = names };
    }

    private static bool IsOn(Ref alarm, Model owner, BuildContext build)
    {
        if (build.Index.Find(alarm.Path) is not { IsEnabled: false })
            return true;
        build.Bag.Add(StackCodes.DisabledTarget, alarm.Location, $"the alarm {alarm.Written} is switched off here",
            "switch it and its \"monitoring\" on, or take it out of \"alarms\"", subject: owner.Path);
        return false;
    }

    private MapValue? LoadBalancers(Func<Ref, Value> nameOf) => new MapValue
    {
        ["TargetGroupInfoList"] = TargetGroup is null ? null : Value.List(Named(nameOf(TargetGroup))),
        ["ElbInfoList"] = ClassicLoadBalancer.Length == 0 ? null : Value.List(Named(ClassicLoadBalancer)),
    }.OrNothing;

    private static MapValue Named(Value name) => new() { ["Name"] = name };
}
