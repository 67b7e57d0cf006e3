using Paco.Binding;
using Paco.CloudFormation;
using Paco.Monitoring;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>What the instances' role may do besides what the user gave it: each subject a managed policy of its own.</summary>
internal sealed class AsgPolicies(Asg asg, BuildScope scope, string roleName, NodeId roleStack, string groupStack)
{
    private static readonly string[] SsmAgentActions =
    [
        "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
        "ec2messages:AcknowledgeMessage", "ec2messages:DeleteMessage", "ec2messages:FailMessage", "ec2messages:GetEndpoint",
        "ec2messages:GetMessages", "ec2messages:SendReply",
        "ssm:UpdateInstanceInformation", "ssm:ListInstanceAssociations", "ssm:DescribeInstanceProperties", "ssm:DescribeDocumentParameters",
        "s3:GetEncryptionConfiguration",
    ];

    // Associations and patches; only where patch_manager asks for them.
    private static readonly string[] PatchActions =
    [
        "ssm:ListAssociations", "ssm:UpdateAssociationStatus", "ssm:UpdateInstanceAssociationStatus", "ssm:DescribeAssociation",
        "ssm:GetDocument", "ssm:DescribeDocument",
        "ssm:GetDeployablePatchSnapshotForInstance", "ssm:PutInventory", "ssm:PutComplianceItems", "ssm:PutConfigurePackageResult",
        "ssm:GetManifest",
    ];

    /// <summary>Policies of the agents and mounts, which come before the log groups.</summary>
    public IEnumerable<NodeId> BuildAgents()
    {
        if (asg.LaunchOptions.SsmAgent)
            yield return Policy("ssmagent-policy", "ec2lm.ssmagent", _ => SsmAgent());
        if (asg.Eip is { } eip)
            yield return Policy("eip", "ec2lm.eip", stack => Eip(stack, eip));
        if (asg.IsMonitored)
        {
            yield return Policy(Watching.AgentPolicy, $"{(asg.System.IsWindows ? "ssm" : "ec2lm")}.{Watching.AgentPolicy}",
                _ => CloudWatchAgent());
        }
        if (asg.ActiveEfsMounts.Any())
            yield return Policy("efs", "ec2lm.efs", _ => [PolicyDocument.Allow("*", "elasticfilesystem:DescribeFileSystems")]);
        if (asg.ActiveEbsMounts.Any())
            yield return Policy("ebs", "ec2lm.ebs", Ebs);
        if (asg.Ecs is not null)
            yield return Policy("ecs", "ec2lm.ecs", _ => Ecs());
    }

    /// <summary>Secrets and what the launch bundles need. A group nobody may change has neither.</summary>
    public IEnumerable<NodeId> BuildOwn()
    {
        if (asg.ChangeProtected)
            yield break;
        if (!asg.Secrets.IsEmpty)
            yield return Policy("secrets", "ec2lm.secrets", Secrets);
        if (asg.ScriptRepositories.Any())
            yield return Policy("scriptmanager", "ec2lm.scriptmanager", asg.ScriptManager!.Statements);
        if (InstanceNames.Of(asg, scope).Any())
            yield return Policy("dns", "ec2lm.dns", stack => InstanceNames.Of(asg, scope).Select(n => n.Statement(scope, stack)));
        if (!asg.System.IsWindows)
            yield return Policy("ec2lm", "ec2lm.ec2lm", _ => LaunchBundles());
    }

    private NodeId Policy(string name, string child, Func<StackBuilder, IEnumerable<MapValue>> statements) => new ManagedPolicy
    {
        Ref = $"{asg.Path}.{child}.policy",
        Name = $"{asg.Name}-{name}",
        Roles = [roleName],
        Statements = statements,
        After = [roleStack],
    }.Build(scope, asg);

    private IEnumerable<MapValue> SsmAgent()
    {
        yield return PolicyDocument.Allow("*",
            asg.PatchManager is { IsEnabled: true } ? [.. SsmAgentActions, .. PatchActions] : SsmAgentActions);
        yield return PolicyDocument.Allow(Arn("logs", "log-group:*"), "logs:DescribeLogGroups");
        yield return PolicyDocument.Allow(Arn("logs", $"log-group:{LogGroups.NameOf(scope, asg.LaunchOptions.SsmLogGroup.Name)}:*"),
            "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents");
    }

    private static IEnumerable<MapValue> Eip(StackBuilder stack, RefOrText eip)
    {
        var allocation = stack.RefOrText("EIPAllocationId", eip, "allocation_id");
        var address = Fn.Sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:elastic-ip/${Address}",
            new MapValue { ["Address"] = allocation });
        yield return PolicyDocument.AllowMany([address, Arn("ec2", "instance/*"), Arn("ec2", "network-interface/*")],
            "ec2:AssociateAddress", "ec2:DisassociateAddress");
        yield return PolicyDocument.Allow("*", "ec2:DescribeAddresses");
    }

    private IEnumerable<MapValue> CloudWatchAgent()
    {
        // Metrics have no ARN; the agent's are all in one namespace.
        yield return PolicyDocument.Allow("*", "cloudwatch:PutMetricData").With("Condition",
            new MapValue { ["StringEquals"] = new MapValue { ["cloudwatch:namespace"] = "CWAgent" } });
        yield return PolicyDocument.Allow("*", "ec2:DescribeTags");
        if (scope.Watch.LogGroups.IsEmpty)
            yield break;
        // Never about one group: AWS asks whether all may be listed.
        yield return PolicyDocument.Allow(Arn("logs", "log-group:*"), "logs:DescribeLogGroups");
        yield return PolicyDocument.AllowMany(scope.Watch.LogGroups.Select(group => Arn("logs", $"log-group:{group}:*")),
            "logs:DescribeLogStreams", "logs:CreateLogStream", "logs:PutLogEvents");
    }

    private IEnumerable<MapValue> Ebs(StackBuilder stack)
    {
        var volumes = asg.ActiveEbsMounts.Where(m => m.Volume is not null)
            .Select(m => stack.RefOrText(AsgTags.EbsParameter(m), m.Volume!, "id"))
            .Select(id => Fn.Sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:volume/${Volume}",
                new MapValue { ["Volume"] = id }));
        yield return PolicyDocument.AllowMany([.. volumes, Arn("ec2", "instance/*")], "ec2:AttachVolume");
        yield return PolicyDocument.Allow("*", "ec2:DescribeVolumes");
    }

    private static IEnumerable<MapValue> Ecs() =>
    [
        PolicyDocument.Allow("*",
            "ec2:DescribeTags", "ecs:DeregisterContainerInstance", "ecs:DiscoverPollEndpoint", "ecs:Poll", "ecs:RegisterContainerInstance",
            "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState", "ecs:Submit*", "ecs:ListTagsForResource",
            "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage",
            "logs:CreateLogStream", "logs:PutLogEvents"),
    ];

    private IEnumerable<MapValue> Secrets(StackBuilder stack)
    {
        var secrets = asg.Secrets.Select(s => stack.Input($"SecretArn{Names.Md5(s.Path)}", s.Output("arn")));
        yield return PolicyDocument.AllowMany([.. secrets.Distinct()], "secretsmanager:GetSecretValue");
    }

    private IEnumerable<MapValue> LaunchBundles()
    {
        yield return PolicyDocument.Allow("*", "ec2:DescribeTags");
        if (asg.RollingUpdatePolicy.Waits)
        {
            yield return PolicyDocument.Allow(Arn("cloudformation", $"stack/{groupStack}/*"), "cloudformation:SignalResource",
                "cloudformation:DescribeStacks");
        }
    }

    private static Value Arn(string service, string resource) =>
        Fn.Sub($"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}");
}
