using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.Asg;

/// <summary>Grows or shrinks the group when an alarm goes off.</summary>
public sealed class ScalingPolicy(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(false);

    public string AdjustmentType { get; } =
        f.Text("adjustment_type", "What the adjustment means.", "ChangeInCapacity",
            Check.OneOf("ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"));

    public ImmutableArray<ScalingAlarm> Alarms { get; } = f.List("alarms", "The alarms that set it off.", x => new ScalingAlarm(x));

    public Given<int> Cooldown { get; } = f.Int("cooldown", "Seconds before the next scaling.", 300, min: 0);

    public string PolicyType { get; } =
        f.Text("policy_type", "SimpleScaling.", "SimpleScaling", Check.OneOf("SimpleScaling", "StepScaling", "TargetTrackingScaling"));

    public Given<int> ScalingAdjustment { get; } = f.RequiredInt("scaling_adjustment", "How many instances more, or with a minus fewer.");

    protected internal override void Rules(Fields f)
    {
        if (PolicyType != "SimpleScaling")
        {
            f.Broken("policy_type", $"{PolicyType} needs steps or a target, for which there are no fields",
                "use SimpleScaling, or scaling_policy_cpu_average for target tracking");
        }
        if (Alarms.IsEmpty)
            f.Lacks("alarms", "a scaling policy needs at least one alarm, or nothing sets it off");
    }
}

/// <summary>An alarm of CloudWatch.</summary>
public sealed class ScalingAlarm(Fields f) : Model(f)
{
    private static readonly Check Operators =
        Check.OneOf("GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold");

    public Given<bool>? ActionsEnabled { get; } = f.Flag("actions_enabled", "Whether it does anything.");

    public string? AlarmDescription { get; } = f.Text("alarm_description", "What it is for.");

    public string? ComparisonOperator { get; } = f.Text("comparison_operator", "How the metric compares to the threshold.", Operators);

    public ImmutableArray<ScalingDimension> Dimensions { get; } =
        f.List("dimensions", "What the metric is of.", x => new ScalingDimension(x));

    public Given<int>? EvaluationPeriods { get; } = f.Int("evaluation_periods", "How many periods it must hold.", min: 1);

    public string MetricName { get; } = f.RequiredText("metric_name", "The metric.");

    public string? Namespace { get; } = f.Text("namespace", "The metric's namespace: AWS/EC2.");

    public Given<int>? Period { get; } = f.Int("period", "Seconds of a period.", min: 10);

    public string? Statistic { get; } =
        f.Text("statistic", "What is made of a period's values.", Check.OneOf("SampleCount", "Average", "Sum", "Minimum", "Maximum"));

    public double? Threshold { get; } = f.Number("threshold", "The threshold.");

    protected internal override void Rules(Fields f)
    {
        foreach (var field in new[] { "comparison_operator", "evaluation_periods", "namespace", "period", "statistic",
            "threshold" }.Where(x => !f.Has(x)))
        {
            f.Lacks(field, $"the alarm on {MetricName} needs \"{field}\"");
        }
    }
}

public sealed class ScalingDimension(Fields f) : Model(f)
{
    public string DimensionName { get; } = f.Text("name", "The dimension's name: AutoScalingGroupName.", "");

    public Value? Value { get; } = f.Value("value", "Its value: text or a reference.");
}

/// <summary>Tells somebody of instances that start or stop, and waits for the answer.</summary>
public sealed class LifecycleHook(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(false);

    public string? DefaultResult { get; } = f.Text("default_result", "What happens without an answer.", Check.OneOf("CONTINUE", "ABANDON"));

    public string LifecycleTransition { get; } =
        f.RequiredText("lifecycle_transition", "When.",
            Check.OneOf("autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"));

    public Value? NotificationTargetArn { get; } = f.Value("notification_target_arn", "The SNS topic or SQS queue that is told.");

    public Value? RoleArn { get; } = f.Value("role_arn", "The role Auto Scaling tells it with.");

    protected internal override void Rules(Fields f)
    {
        foreach (var field in new[] { "notification_target_arn", "role_arn" }.Where(x => !f.Has(x)))
            f.Lacks(field, $"a lifecycle hook needs \"{field}\"");
    }
}

/// <summary>Systems Manager's patches.</summary>
public sealed class PatchManager(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(true);

    public string Operation { get; } = f.Text("operation", "Install them, or only look (Scan).", "Install", Check.OneOf("Install", "Scan"));

    public string? ScheduleExpression { get; } = f.Text("schedule_expression", "When: cron(0 2 ? * SUN *), rate(7 days).");
}

/// <summary>The people who may log in over SSH.</summary>
public sealed class SshAccess(Fields f) : Model(f)
{
    public ImmutableArray<string> Groups { get; } = f.Texts("groups", "Groups of resource/ec2.yaml.");

    public ImmutableArray<string> Users { get; } = f.Texts("users", "Users of resource/ec2.yaml.");

    public bool IsEmpty => Groups.IsEmpty && Users.IsEmpty;

    internal Diagnostics.Location GroupsPlace { get; } = f.Place("groups");

    internal Diagnostics.Location UsersPlace { get; } = f.Place("users");
}

/// <summary>The ECS cluster the instances work for.</summary>
public sealed class EcsConfiguration(Fields f) : Model(f)
{
    public CapacityProvider? CapacityProvider { get; } =
        f.Object("capacity_provider", "Let the cluster scale the group.", x => new CapacityProvider(x));

    public Ref? Cluster { get; } = f.Ref("cluster", "The cluster.", "ECSCluster", required: true);

    public string LogLevel { get; } =
        f.Text("log_level", "What the agent logs.", "error", Check.OneOf("crit", "error", "warn", "info", "debug"));
}

/// <summary>How an ECS cluster scales the group.</summary>
public sealed class CapacityProvider(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(false);

    public bool ManagedInstanceProtection { get; } = f.Flag("managed_instance_protection", "Never stop instances that run tasks.", false);

    public Given<int> MaximumScalingStepSize { get; } =
        f.Int("maximum_scaling_step_size", "The most instances at a time.", 10000, min: 1, max: 10000);

    public Given<int> MinimumScalingStepSize { get; } =
        f.Int("minimum_scaling_step_size", "The fewest instances at a time.", 1, min: 1, max: 10000);

    public Given<int> TargetCapacity { get; } =
        f.Int("target_capacity", "Per cent of the group that should be in use.", 100, min: 1, max: 100);
}
