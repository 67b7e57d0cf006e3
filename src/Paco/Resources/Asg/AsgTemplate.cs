using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>The stack of the group: launch template, group, scaling.</summary>
internal sealed class AsgTemplate(Asg asg, BuildScope scope, string groupName, IamRole role, string userData)
{
    private const string SubnetList = "List<AWS::EC2::Subnet::Id>";

    private static readonly string[] GroupMetrics =
    [
        "GroupMinSize", "GroupMaxSize", "GroupDesiredCapacity", "GroupInServiceInstances", "GroupPendingInstances", "GroupStandbyInstances",
        "GroupTerminatingInstances", "GroupTotalInstances",
    ];

    public void Build(ImmutableArray<NodeId> before)
    {
        var stack = scope.Stack(asg, "ASG");
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        stack.After.AddRange(before);
        if (asg.IsEnabled)
            Fill(stack);
    }

    private void Fill(StackBuilder stack)
    {
        var image = Image(stack);
        stack.Output("InstanceAMI", image, $"{asg.Path}.instance_ami");
        if (scope.Environment?.NetworkIsEnabled == false)
            return;
        asg.CfnInit?.Declare(stack);
        stack.Add(new LaunchTemplate(asg, role, userData).ToResource(stack, image));
        stack.Add(new Resource("ASG", "AWS::AutoScaling::AutoScalingGroup", Group(stack)) { UpdatePolicy = UpdatePolicy(stack) });
        AsgScalingResources.Add(stack, asg);
        AsgExtras.Add(stack, asg, groupName, role.RoleName);
        stack.Output("ASGName", Fn.Ref("ASG"), asg.Path, $"{asg.Path}.name");
        scope.Build.ServerGroups.Add(new ServerGroup(stack.Id, asg.Path, new OutputSource(stack.Id, "ASGName"))
        {
            User = asg.InstanceKeyPair is null && asg.SshAccess is null or { IsEmpty: true } || asg.System.IsWindows
                ? null
                : asg.System.DefaultUser,
            TakesSessions = asg.LaunchOptions.SsmAgent,
            FixedAddress = asg.Eip?.Ref is { } eip ? new RefSource(eip.Output("address")) : null,
            IsPublic = asg.AssociatePublicIpAddress || asg.Eip is not null,
            SecurityGroups = asg.SecurityGroups,
        });
    }

    private Value Image(StackBuilder stack)
    {
        Source image = asg.InstanceAmi switch
        {
            { Ref: { } reference } => new RefSource(reference),
            { Text: { } id } => new LiteralSource(id),
            _ => new LiteralSource(""),
        };
        return stack.Input("InstanceAMI", asg.InstanceAmiIgnoreChanges ? new KeepDeployedSource(image) : image);
    }

    private MapValue Group(StackBuilder stack) => new()
    {
        ["AutoScalingGroupName"] = groupName,
        ["LaunchTemplate"] = new MapValue
        {
            ["LaunchTemplateId"] = Fn.Ref("LaunchTemplate"),
            ["Version"] = Fn.GetAtt("LaunchTemplate", "LatestVersionNumber"),
        },
        ["MinSize"] = Value.AsText(asg.MinInstances),
        ["MaxSize"] = Value.AsText(asg.MaxInstances),
        ["DesiredCapacity"] = Capacity(stack),
        ["Cooldown"] = Value.AsText(asg.CooldownSecs),
        ["HealthCheckGracePeriod"] = asg.HealthCheckGracePeriodSecs,
        ["HealthCheckType"] = asg.HealthCheckType,
        ["VPCZoneIdentifier"] = Subnets(stack),
        ["TargetGroupARNs"] = asg.DisableTargetGroups
            ? null
            : Value.OfMany(asg.TargetGroups.Select(t => stack.Input($"TargetGroupARNs{Names.Md5(t.Text)}", t.Output("arn")))),
        ["LoadBalancerNames"] = asg.LoadBalancers.IsEmpty
            ? null
            : stack.InputList("LoadBalancerNames", asg.LoadBalancers, "CommaDelimitedList"),
        ["TerminationPolicies"] = Value.OfMany(asg.TerminationPolicies),
        ["MetricsCollection"] = asg.IsMonitored ? Metrics() : null,
        ["NewInstancesProtectedFromScaleIn"] = asg.Ecs?.CapacityProvider is { IsEnabled: true, ManagedInstanceProtection: true }
            ? true
            : null,
        ["Tags"] = Value.List(Tags(stack)),
    };

    private Value Capacity(StackBuilder stack)
    {
        Source capacity = new LiteralSource($"{asg.DesiredCapacity}");
        return stack.Input("DesiredCapacity", asg.DesiredCapacityIgnoreChanges ? new KeepDeployedSource(capacity) : capacity);
    }

    private Value? Subnets(StackBuilder stack)
    {
        if (asg.Segment is not { } segment || scope.Environment is not { } environment)
            return null;
        var path = segment.Ref?.Path ?? environment.SegmentPath(segment.Text!);
        // Instances download packages as they start: the way to the internet must be there first.
        stack.After.AddRange((scope.Build.Index.Find(environment.VpcPath) as IVpc)?.InternetRoutes(scope, path) ?? []);
        var written = new Ref(path, segment.Ref?.Written ?? segment.Text!, segment.Location);
        if (asg.AvailabilityZone == "all")
            return stack.Input("ASGSubnetList", written.Output("subnet_id_list"), SubnetList);
        if (int.TryParse(asg.AvailabilityZone, out var zone) && (zone < 1 || zone > environment.AvailabilityZones))
        {
            scope.Build.Bag.Add(BindingCodes.BrokenRule, asg.ZonePlace,
                $"there is no availability zone {zone}: the network has {environment.AvailabilityZones}", subject: asg.Path);
        }
        return stack.Input("ASGSubnetList", written.Output($"az{asg.AvailabilityZone}.subnet_id"), SubnetList);
    }

    private ListValue Metrics() => Value.List(new MapValue
    {
        ["Granularity"] = "1Minute",
        ["Metrics"] = Value.OfMany(asg.Monitoring!.AsgMetrics is { IsEmpty: false } chosen ? chosen : GroupMetrics),
    });

    private IEnumerable<Value> Tags(StackBuilder stack)
    {
        yield return Tag("Name", groupName);
        if (asg.Eip is { } eip)
            yield return Tag("Paco-EIP-Allocation-Id", stack.RefOrText("EIPAllocationId", eip, "allocation_id"));
        foreach (var mount in asg.ActiveEfsMounts.Where(m => m.Target is not null))
            yield return Tag(AsgTags.Efs(mount), stack.RefOrText(AsgTags.EfsParameter(mount), mount.Target!, "id"));
        foreach (var mount in asg.ActiveEbsMounts.Where(m => m.Volume is not null))
            yield return Tag(AsgTags.Ebs(mount), stack.RefOrText(AsgTags.EbsParameter(mount), mount.Volume!, "id"));
        foreach (var name in InstanceNames.Of(asg, scope).DistinctBy(n => n.Tag))
            yield return Tag(name.Tag, name.ZoneId(scope, stack));
        if (asg.Ecs?.Cluster is { } cluster)
            yield return Tag("Paco-ECSCluster-Name", stack.Input("ECSClusterName", cluster.Output("name")));
        foreach (var repository in asg.ScriptRepositories)
            yield return Tag(AsgTags.Ecr(repository), stack.Input(AsgTags.EcrParameter(repository), repository.Output("uri")));
    }

    private static MapValue Tag(string key, Value value) => new() { ["Key"] = key, ["Value"] = value, ["PropagateAtLaunch"] = true };

    private MapValue? UpdatePolicy(StackBuilder stack)
    {
        var policy = asg.RollingUpdatePolicy;
        var scales = asg.ScalingPolicyCpuAverage > 0 || asg.ScalingPolicies.Any(p => p.IsEnabled)
            || asg.Ecs?.CapacityProvider is { IsEnabled: true };
        var rolling = !policy.IsEnabled ? null : new MapValue
        {
            ["MaxBatchSize"] = policy.MaxBatchSize,
            ["MinInstancesInService"] = stack.Parameter("MinInstancesInService", $"{policy.MinInstancesInService}"),
            ["PauseTime"] = policy.PauseTime.Length > 0 ? policy.PauseTime : policy.WaitOnResourceSignals ? "PT5M" : "PT0S",
            ["WaitOnResourceSignals"] = policy.WaitOnResourceSignals,
            ["SuspendProcesses"] = Value.List("HealthCheck", "ReplaceUnhealthy", "AlarmNotification", "ScheduledActions"),
        };
        // What scaling has made of the group's size, an update leaves alone.
        var sizes = scales ? new MapValue { ["IgnoreUnmodifiedGroupSizeProperties"] = true } : null;
        return rolling is null && sizes is null
            ? null
            : new MapValue { ["AutoScalingRollingUpdate"] = rolling, ["AutoScalingScheduledAction"] = sizes };
    }
}
