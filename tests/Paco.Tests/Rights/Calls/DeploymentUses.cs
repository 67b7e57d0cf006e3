using Paco.CloudFormation;
using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Calls;

/// <summary>What a deployment to servers does: the action, CodeDeploy itself, and the servers, which fetch what is deployed.</summary>
internal sealed class DeploymentUses(DeployedPolicies deployed, PipelineUses uses)
{
    public IEnumerable<Use> Of(PipelineAction action, Use use)
    {
        var (application, name) = (action["ApplicationName"]!, action["DeploymentGroupName"]!);
        var group = deployed.OfType("AWS::CodeDeploy::DeploymentGroup", action.Account)
            .FirstOrDefault(g => g["ApplicationName"] == application && g["DeploymentGroupName"] == name)
            ?? throw new InvalidOperationException($"{action.Name} deploys to {application}/{name}, which nothing makes");
        yield return (use with { Who = "CodeDeploy action" })
            .With("application", new Target(action.Arn("codedeploy", $"application:{application}")))
            .With("deployment group", new Target(action.Arn("codedeploy", $"deploymentgroup:{application}/{name}")))
            .With("deployment config", new Target(action.Arn("codedeploy", $"deploymentconfig:{group["DeploymentConfigName"] ?? "CodeDeployDefault.OneAtATime"}")));
        foreach (var trust in PipelineUses.Assumed("CodeDeploy", "codedeploy", group["ServiceRoleArn"]!, name,
            action.Arn("codedeploy", $"deploymentgroup:{application}/{name}"), action.Account))
        {
            yield return trust;
        }
        var groups = PolicyStatement.Texts(group.Properties["AutoScalingGroups"])
            .Select(asg => uses.Find("AWS::AutoScaling::AutoScalingGroup", action.Account, asg)).OfType<DeployedResource>().ToList();
        yield return Service(group, groups);
        foreach (var role in groups.Select(RoleOf).OfType<string>().Distinct())
        {
            yield return PipelineUses.WithArtifacts(new Use("server", new Caller.Role(role), name), action)
                .With("agent", new Target($"arn:aws:s3:::aws-codedeploy-{action.Region}/latest/install", $"arn:aws:s3:::aws-codedeploy-{action.Region}/*"));
        }
    }

    private static Use Service(DeployedResource group, List<DeployedResource> groups)
    {
        var place = $"{group.Region}:{group.Account}";
        var balancing = (group.Properties["LoadBalancerInfo"] as MapValue)?["TargetGroupInfoList"];
        return new Use("CodeDeploy on servers", new Caller.Role(group["ServiceRoleArn"]!), group.Name)
            .With("scaling group", groups.Select(g => new Target(
                $"arn:aws:autoscaling:{place}:autoScalingGroup:1234:autoScalingGroupName/{g.Name}",
                $"arn:aws:autoscaling:{place}:autoScalingGroup:*:autoScalingGroupName/{g.Name}")))
            .With("target group", PolicyStatement.Items(balancing).OfType<MapValue>().Select(t => Pipeline.Text(t["Name"])).Select(name =>
                new Target($"arn:aws:elasticloadbalancing:{place}:targetgroup/{name}/1234", $"arn:aws:elasticloadbalancing:{place}:targetgroup/{name}/*")))
            .If(balancing is not null, "target group")
            .If(group.Properties["AlarmConfiguration"] is not null, "alarms")
            .If(group.Properties["TriggerConfigurations"] is not null, "triggers");
    }

    // Group, launch template, instance profile, role.
    private string? RoleOf(DeployedResource scalingGroup)
    {
        var template = scalingGroup.Properties["LaunchTemplate"] as MapValue;
        var launched = Pipeline.Text(template?["LaunchTemplateId"]) ?? Pipeline.Text(template?["LaunchTemplateName"]);
        var data = uses.Find("AWS::EC2::LaunchTemplate", scalingGroup.Account, launched)?.Properties["LaunchTemplateData"] as MapValue;
        var profile = data?["IamInstanceProfile"] as MapValue;
        var named = Pipeline.Text(profile?["Arn"]) ?? Pipeline.Text(profile?["Name"]);
        var roles = uses.Find("AWS::IAM::InstanceProfile", scalingGroup.Account, named)?.Properties["Roles"];
        return roles is null ? null : uses.Find("AWS::IAM::Role", scalingGroup.Account, Pipeline.Text(roles))?.Arn;
    }
}
