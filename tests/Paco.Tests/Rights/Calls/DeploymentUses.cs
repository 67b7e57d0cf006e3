using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Calls;

/// <summary>What a deployment to servers does: the action, CodeDeploy itself, and the servers, which fetch what is deployed.</summary>
internal sealed class DeploymentUses(DeployedPolicies deployed, PipelineUses uses)
{
    private const string UsualConfig = "CodeDeployDefault.OneAtATime";

    public IEnumerable<Use> Of(PipelineAction action, Use use)
    {
        var (application, name) = (action["ApplicationName"]!, action["DeploymentGroupName"]!);
        var group = deployed.OfType("AWS::CodeDeploy::DeploymentGroup", action.Account)
            .FirstOrDefault(g => g["ApplicationName"] == application && g["DeploymentGroupName"] == name)
            ?? throw new InvalidOperationException($"{action.Name} deploys to {application}/{name}, which nothing makes");
        yield return (use with { Who = "CodeDeploy action" })
            .With("application", new Target(action.Arn("codedeploy", $"application:{application}")))
            .With("deployment group", new Target(action.Arn("codedeploy", $"deploymentgroup:{application}/{name}")))
            .With("deployment config",
                new Target(action.Arn("codedeploy", $"deploymentconfig:{group["DeploymentConfigName"] ?? UsualConfig}")));
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
            var agent = $"arn:aws:s3:::aws-codedeploy-{action.Region}";
            yield return PipelineUses.WithArtifacts(new Use("server", new Caller.Role(role), name), action)
                .With("agent", new Target($"{agent}/latest/install", $"{agent}/*"));
        }
    }

    private static Use Service(DeployedResource group, List<DeployedResource> groups)
    {
        var place = $"{group.Region}:{group.Account}";
        var balancing = group.At("LoadBalancerInfo", "TargetGroupInfoList");
        var targets = $"arn:aws:elasticloadbalancing:{place}:targetgroup";
        return new Use("CodeDeploy on servers", new Caller.Role(group["ServiceRoleArn"]!), group.Name)
            .With("scaling group", groups.Select(g => new Target(
                $"arn:aws:autoscaling:{place}:autoScalingGroup:1234:autoScalingGroupName/{g.Name}",
                $"arn:aws:autoscaling:{place}:autoScalingGroup:*:autoScalingGroupName/{g.Name}")))
            .With("target group", PolicyStatement.Maps(balancing).Select(t => Pipeline.Text(t["Name"]))
                .Select(name => new Target($"{targets}/{name}/1234", $"{targets}/{name}/*")))
            .If(balancing is not null, "target group")
            .If(group.Properties["AlarmConfiguration"] is not null, "alarms")
            .If(group.Properties["TriggerConfigurations"] is not null, "triggers");
    }

    // Group, launch template, instance profile, role.
    private string? RoleOf(DeployedResource scalingGroup)
    {
        var launched = Pipeline.Text(scalingGroup.At("LaunchTemplate", "LaunchTemplateId"))
            ?? Pipeline.Text(scalingGroup.At("LaunchTemplate", "LaunchTemplateName"));
        var template = uses.Find("AWS::EC2::LaunchTemplate", scalingGroup.Account, launched);
        var named = Pipeline.Text(template?.At("LaunchTemplateData", "IamInstanceProfile", "Arn"))
            ?? Pipeline.Text(template?.At("LaunchTemplateData", "IamInstanceProfile", "Name"));
        var profile = uses.Find("AWS::IAM::InstanceProfile", scalingGroup.Account, named);
        return uses.Find("AWS::IAM::Role", scalingGroup.Account, Pipeline.Text(profile?.At("Roles")))?.Arn;
    }
}
