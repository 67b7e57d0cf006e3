using Paco.CloudFormation;
using Paco.Resources.Iam;

namespace Paco.Resources.CodeDeploy;

/// <summary>
/// What CodeDeploy itself, and the servers it deploys to, are allowed. CodeDeploy looks at what Amazon's own policy for it lets it look at
/// (AWSCodeDeployRole); it changes the groups, target groups and load balancers it deploys to, and no others. What that policy has for
/// making a copy of a group (blue/green) is left out.
/// </summary>
internal static class DeploymentRights
{
    private static readonly string[] Look =
    [
        "autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeLifecycleHooks", "autoscaling:DescribeNotificationConfigurations",
        "autoscaling:DescribePolicies", "autoscaling:DescribeScalingActivities", "autoscaling:DescribeScheduledActions",
        "cloudwatch:DescribeAlarms", "ec2:DescribeInstanceStatus", "ec2:DescribeInstances", "elasticloadbalancing:DescribeInstanceHealth",
        "elasticloadbalancing:DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth", "tag:GetResources",
    ];

    private static readonly string[] Hooks =
    [
        "autoscaling:CompleteLifecycleAction", "autoscaling:DeleteLifecycleHook", "autoscaling:PutLifecycleHook",
        "autoscaling:RecordLifecycleActionHeartbeat",
    ];

    /// <summary>
    /// Who may take on the role: CodeDeploy, for deployment groups of this account and region. Source: CodeDeploy User Guide,
    /// "Cross-service confused deputy prevention".
    /// </summary>
    /// <param name="groups">Application and group, or a pattern of them.</param>
    public static MapValue Trust(string groups) => PolicyDocument.TrustService("codedeploy.amazonaws.com",
        Fn.Sub($"arn:${{AWS::Partition}}:codedeploy:${{AWS::Region}}:${{AWS::AccountId}}:deploymentgroup:{groups}"), Fn.AccountId);

    /// <param name="scalingGroups">Their names.</param>
    /// <param name="targetGroups">Their names.</param>
    /// <param name="loadBalancers">The names of classic ones.</param>
    public static IEnumerable<MapValue> OfService(IReadOnlyCollection<Value> scalingGroups, IReadOnlyCollection<Value> targetGroups,
        IReadOnlyCollection<Value> loadBalancers)
    {
        yield return PolicyDocument.Allow("*", Look);
        if (scalingGroups.Count > 0)
        {
            yield return PolicyDocument.AllowMany(scalingGroups.Select(g =>
                Arn("autoscaling:${AWS::Region}:${AWS::AccountId}:autoScalingGroup:*:autoScalingGroupName/${Name}", g)), Hooks);
        }
        if (targetGroups.Count > 0)
        {
            yield return PolicyDocument.AllowMany(
                targetGroups.Select(g => Arn("elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:targetgroup/${Name}/*", g)),
                "elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets");
        }
        if (loadBalancers.Count > 0)
        {
            yield return PolicyDocument.AllowMany(
                loadBalancers.Select(b => Arn("elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:loadbalancer/${Name}", b)),
                "elasticloadbalancing:DeregisterInstancesFromLoadBalancer", "elasticloadbalancing:RegisterInstancesWithLoadBalancer");
        }
    }

    /// <summary>The agent fetches its newer versions from a bucket that AWS has in every region.</summary>
    public static MapValue OfAgent() =>
        PolicyDocument.Allow(Fn.Sub("arn:${AWS::Partition}:s3:::aws-codedeploy-${AWS::Region}/*"), "s3:GetObject");

    private static Value Arn(string form, Value name) => Fn.Sub($"arn:${{AWS::Partition}}:{form}", new MapValue { ["Name"] = name });
}
