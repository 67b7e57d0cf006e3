using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>What grows and shrinks the group.</summary>
internal static class AsgScalingResources
{
    public static void Add(StackBuilder stack, Asg asg)
    {
        if (asg.ScalingPolicyCpuAverage > 0)
            stack.Resource("CPUAverageScalingPolicy", "AWS::AutoScaling::ScalingPolicy", CpuTracking(asg.ScalingPolicyCpuAverage));
        foreach (var policy in asg.ScalingPolicies.Where(p => p.IsEnabled))
            AddPolicy(stack, policy);
        foreach (var hook in asg.LifecycleHooks.Where(h => h.IsEnabled))
            stack.Resource($"LifecycleHook{Names.LogicalId(hook.Name)}", "AWS::AutoScaling::LifecycleHook", Hook(hook), hook.Location);
        if (asg.Ecs?.CapacityProvider is { IsEnabled: true } provider)
            stack.Resource("ECSCapacityProvider", "AWS::ECS::CapacityProvider", Provider(provider), provider.Location);
    }

    private static MapValue CpuTracking(int percent) => new()
    {
        ["AutoScalingGroupName"] = Fn.Ref("ASG"),
        ["PolicyType"] = "TargetTrackingScaling",
        ["TargetTrackingConfiguration"] = new MapValue
        {
            ["PredefinedMetricSpecification"] = new MapValue { ["PredefinedMetricType"] = "ASGAverageCPUUtilization" },
            ["TargetValue"] = percent,
        },
    };

    private static void AddPolicy(StackBuilder stack, ScalingPolicy policy)
    {
        var id = $"ScalingPolicy{Names.LogicalId(policy.Name)}";
        stack.Resource(id, "AWS::AutoScaling::ScalingPolicy", new MapValue
        {
            ["AutoScalingGroupName"] = Fn.Ref("ASG"),
            ["PolicyType"] = policy.PolicyType,
            ["AdjustmentType"] = policy.AdjustmentType,
            ["Cooldown"] = Value.AsText(policy.Cooldown),
            ["ScalingAdjustment"] = policy.ScalingAdjustment,
        }, policy.Location);
        foreach (var (i, alarm) in policy.Alarms.Index())
        {
            stack.Resource($"ScalingPolicyAlarm{Names.LogicalId(policy.Name)}{i}", "AWS::CloudWatch::Alarm", Alarm(alarm, id),
                alarm.Location);
        }
    }

    private static MapValue Alarm(ScalingAlarm alarm, string policy) => new()
    {
        ["ActionsEnabled"] = Value.Of(alarm.ActionsEnabled),
        ["AlarmActions"] = Value.List(Fn.Ref(policy)),
        ["AlarmDescription"] = Value.Of(alarm.AlarmDescription),
        ["ComparisonOperator"] = Value.Of(alarm.ComparisonOperator),
        ["Dimensions"] = Value.OfMany(alarm.Dimensions.Select(d =>
            (Value)new MapValue { ["Name"] = d.DimensionName, ["Value"] = d.Value })),
        ["EvaluationPeriods"] = Value.Of(alarm.EvaluationPeriods),
        ["MetricName"] = alarm.MetricName,
        ["Namespace"] = Value.Of(alarm.Namespace),
        ["Period"] = Value.Of(alarm.Period),
        ["Statistic"] = Value.Of(alarm.Statistic),
        ["Threshold"] = alarm.Threshold is { } threshold ? new NumberValue((decimal)Math.Clamp(threshold, -1e15, 1e15)) : null,
    };

    private static MapValue Hook(LifecycleHook hook) => new()
    {
        ["AutoScalingGroupName"] = Fn.Ref("ASG"),
        ["DefaultResult"] = Value.Of(hook.DefaultResult),
        ["LifecycleTransition"] = hook.LifecycleTransition,
        ["NotificationTargetARN"] = hook.NotificationTargetArn,
        ["RoleARN"] = hook.RoleArn,
    };

    private static MapValue Provider(CapacityProvider provider) => new()
    {
        ["AutoScalingGroupProvider"] = new MapValue
        {
            ["AutoScalingGroupArn"] = Fn.Ref("ASG"),
            ["ManagedScaling"] = new MapValue
            {
                ["Status"] = "ENABLED",
                ["TargetCapacity"] = provider.TargetCapacity,
                ["MinimumScalingStepSize"] = provider.MinimumScalingStepSize,
                ["MaximumScalingStepSize"] = provider.MaximumScalingStepSize,
            },
            ["ManagedTerminationProtection"] = provider.ManagedInstanceProtection ? "ENABLED" : "DISABLED",
        },
    };
}
