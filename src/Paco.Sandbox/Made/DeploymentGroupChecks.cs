using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// What CodeDeploy refuses of a deployment group. Sources: the service's model, CreateDeploymentGroup; for the words
/// go-to-k/cdkd#948 (role), awsdocs/amazon-ecs-developer-guide#213 (load balancer), awsdocs/aws-cloudformation-user-guide#534 (style),
/// aws/serverless-application-model#219 (rights).
/// </summary>
internal static class DeploymentGroupChecks
{
    public const string Application = "AWS::CodeDeploy::Application";
    public const string Configuration = "AWS::CodeDeploy::DeploymentConfig";

    private const int MostAlarms = 10;
    private const string AllOfIt = "AWSCodeDeployRole";

    public static void Check(ResourceRequest m, string name)
    {
        var application = m.Text("ApplicationName") ?? "";
        if (m.Store.Find(m.Account, m.Region, Application, application) is null)
            throw Refused(m, "ApplicationDoesNotExistException", $"No application found for name: {application}");
        CheckRole(m, application, name);
        CheckConfiguration(m);
        CheckStyle(m);
        CheckBalancers(m);
        CheckAlarms(m);
        var rollback = m.Properties["AutoRollbackConfiguration"];
        if (IsOn(rollback) && rollback!["Events"] is not JsonArray { Count: > 0 })
        {
            throw Refused(m, "InvalidAutoRollbackConfigException",
                "Automatic rollback is enabled, but no event type that triggers it was listed");
        }
    }

    private static void CheckRole(ResourceRequest m, string application, string name)
    {
        var arn = m.Text("ServiceRoleArn") ?? "";
        var self = $"arn:{m.Partition}:codedeploy:{m.Region}:{m.Account}:deploymentgroup:{application}/{name}";
        if (Roles.Find(m.Store, arn) is not { } role || !Roles.Trusts(m.Store, arn, "codedeploy.amazonaws.com", self, m.Account))
        {
            throw Refused(m, "InvalidRoleException",
                $"AWS CodeDeploy does not have the permissions required to assume the role {arn}.");
        }

        foreach (var group in (m.Properties["AutoScalingGroups"] as JsonArray ?? []).Select(Json.Scalar))
        {
            if (m.Store.Find(m.Account, m.Region, Servers.Group, group) is not { } servers)
                throw Refused(m, "InvalidAutoScalingGroupException", $"The Auto Scaling group {group} does not exist");
            if (!MayPutHooks(m, role, $"autoScalingGroup:{new DeterministicIds(servers.Physical).Uuid()}:autoScalingGroupName/{group}"))
            {
                throw Refused(m, "InvalidRoleException",
                    $"The IAM role {arn} does not give you permission to perform operations in the following AWS service: AmazonAutoScaling. Contact your AWS administrator if you need help. If you are an AWS administrator, you can grant permissions to your users or groups by creating IAM policies.");
            }
        }
    }

    private static bool MayPutHooks(ResourceRequest m, LiveResource role, string group)
    {
        var own = new ServicePermission([], new Dictionary<string, string>());
        var arn = $"arn:{m.Partition}:autoscaling:{m.Region}:{m.Account}:{group}";
        return RolePolicies.Of(m.Store, role).Any(p => p.Arn?.EndsWith($"/{AllOfIt}", StringComparison.Ordinal) == true
            || own.Allows(p.Document, "autoscaling:PutLifecycleHook", arn));
    }

    private static void CheckConfiguration(ResourceRequest m)
    {
        if (m.Text("DeploymentConfigName") is { } name && !name.StartsWith("CodeDeployDefault.", StringComparison.Ordinal)
            && m.Store.Find(m.Account, m.Region, Configuration, name) is null)
        {
            throw Refused(m, "DeploymentConfigDoesNotExistException", $"No Deployment Configuration found for name: {name}");
        }
    }

    private static void CheckStyle(ResourceRequest m)
    {
        if (m.Properties["DeploymentStyle"] is not JsonObject style)
            return;
        if (style["DeploymentType"] is null || style["DeploymentOption"] is null)
            throw Refused(m, "InvalidDeploymentStyleException", "Deployment type or deployment option cannot be null or empty");
        if (Json.Scalar(style["DeploymentOption"]) == "WITH_TRAFFIC_CONTROL" && !Balancers(m, "ElbInfoList").Any()
            && !Balancers(m, "TargetGroupInfoList").Any() && !Balancers(m, "TargetGroupPairInfoList").Any())
        {
            throw Refused(m, "InvalidLoadBalancerInfoException",
                "The specification for load balancing in the deployment group is invalid. The deploymentOption value is set to WITH_TRAFFIC_CONTROL, but either no load balancer was specified in elbInfoList or no target group was specified in targetGroupInfoList.");
        }
    }

    private static void CheckBalancers(ResourceRequest m)
    {
        var there = m.Store.OfType(m.Account, m.Region, "AWS::ElasticLoadBalancingV2::TargetGroup")
            .Select(t => Json.Scalar(Attributes.Get(t.Attributes, t.Properties, "TargetGroupName"))).ToHashSet();
        foreach (var name in Balancers(m, "TargetGroupInfoList").Select(b => Json.Scalar(b["Name"])).Where(n => !there.Contains(n)))
            throw Refused(m, "InvalidLoadBalancerInfoException", $"The target group {name} does not exist");
    }

    private static void CheckAlarms(ResourceRequest m)
    {
        var alarms = (m.Properties["AlarmConfiguration"]?["Alarms"] as JsonArray ?? []).Select(a => Json.Scalar(a?["Name"])).ToList();
        if (alarms.Count > MostAlarms)
        {
            throw Refused(m, "AlarmsLimitExceededException",
                $"The maximum number of alarms for a deployment group ({MostAlarms}) was exceeded.");
        }

        if (IsOn(m.Properties["AlarmConfiguration"]) && (alarms.Count == 0 || alarms.Contains("")))
        {
            throw Refused(m, "InvalidAlarmConfigException",
                "The alarm configuration is enabled, but the alarm list is empty, or an alarm has no name");
        }
    }

    private static IEnumerable<JsonObject> Balancers(ResourceRequest m, string list) =>
        (m.Properties["LoadBalancerInfo"]?[list] as JsonArray ?? []).OfType<JsonObject>();

    private static bool IsOn(JsonNode? configuration) => Json.Scalar(configuration?["Enabled"]) == "true";

    private static ResourceFailure Refused(ResourceRequest m, string code, string message) => CodeDeployRefusal.Of(m, code, message);
}
