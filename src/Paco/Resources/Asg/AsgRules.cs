using Paco.Binding;
using Paco.Diagnostics;
using Paco.Resources.LaunchBundles;

namespace Paco.Resources.Asg;

/// <summary>What AWS, or the instances themselves, would refuse.</summary>
internal static class AsgRules
{
    public static void Check(Asg asg, Fields f)
    {
        CheckGiven(asg, f);
        CheckSizes(asg, f);
        CheckSystem(asg, f);
        CheckConfigSets(asg, f);
        CheckEip(asg, f);
        CheckTrust(asg, f);
        CheckImage(asg, f);
        AsgMounts.Check(asg, f);
    }

    private static void CheckGiven(Asg asg, Fields f)
    {
        if (asg.InstanceType.Length == 0)
            f.Lacks("instance_type", "an ASG needs an \"instance_type\"", "t3.small, for example");
        if (asg.InstanceAmi is null)
            f.Lacks("instance_ami", "an ASG needs an \"instance_ami\"", "paco.ref function.aws.ec2.ami.latest.amazon-linux-2023");
        if (asg.Segment is null)
            f.Lacks("segment", "an ASG needs a \"segment\" to live in");
    }

    private static void CheckSizes(Asg asg, Fields f)
    {
        if (asg.MinInstances > asg.MaxInstances)
        {
            f.Broken("min_instances", $"\"min_instances\" ({asg.MinInstances}) is more than \"max_instances\" ({asg.MaxInstances})");
        }
        else if (asg.DesiredCapacity < asg.MinInstances || asg.DesiredCapacity > asg.MaxInstances)
        {
            f.Broken("desired_capacity",
                $"\"desired_capacity\" ({asg.DesiredCapacity}) is not between \"min_instances\" ({asg.MinInstances}) and \"max_instances\" ({asg.MaxInstances})");
        }
        var update = asg.RollingUpdatePolicy;
        if (update.IsEnabled && update.MinInstancesInService > 0 && update.MinInstancesInService >= asg.MaxInstances)
        {
            f.Broken("rolling_update_policy",
                $"\"min_instances_in_service\" ({update.MinInstancesInService}) must be less than \"max_instances\" ({asg.MaxInstances})",
                "an update takes an instance out of service before it makes the new one");
        }
    }

    private static void CheckSystem(Asg asg, Fields f)
    {
        foreach (var (bundle, field, used) in new[]
        {
            ("EFS", "efs_mounts", asg.ActiveEfsMounts.Any()),
            ("DNS", "dns", !asg.Dns.IsEmpty),
            ("EBS", "ebs_volume_mounts", asg.ActiveEbsMounts.Any()),
            ("ECS", "ecs", asg.Ecs is not null),
            ("CodeDeploy", "launch_options", asg.LaunchOptions.CodeDeployAgent),
            ("cfn-init", "launch_options", !asg.LaunchOptions.CfnInitConfigSets.IsEmpty),
            ("SSHAccess", "ssh_access", asg.SshAccess is { IsEmpty: false }),
            ("EIP", "eip", asg.Eip is not null),
            ("ScriptManager", "script_manager", asg.ScriptManager is not null),
        })
        {
            if (used && !asg.System.Has(bundle))
            {
                f.Broken(field, $"{bundle} is not supported on {asg.System.Name} instances",
                    asg.System.IsWindows
                        ? "on Windows there are SSM, CloudWatchAgent, cfn-init and CodeDeploy"
                        : "amazon instances have it");
            }
        }
        if (asg.System.IsWindows && WindowsUserData.IsConfiguration(asg.UserDataScript) && !asg.ChangeProtected)
        {
            f.Report(BindingCodes.UnusualValue, f.Place("user_data_script"),
                "a configuration of EC2Launch takes the place of all that Paco would do: no agent is set up, nothing is signalled",
                "write the script as <powershell>…</powershell>");
        }
    }

    private static void CheckConfigSets(Asg asg, Fields f)
    {
        string[] known = [.. asg.CfnInit?.ConfigSets.Select(s => s.Name) ?? []];
        foreach (var name in asg.LaunchOptions.CfnInitConfigSets.Where(s => !known.Contains(s)))
        {
            f.Report(BindingCodes.BrokenRule, asg.LaunchOptions.ConfigSetsPlace, $"cfn_init has no config set \"{name}\"",
                Spelling.DidYouMean(name, known));
        }
    }

    // The names of the image functions say what the images are; an id says nothing.
    private static void CheckImage(Asg asg, Fields f)
    {
        if (asg.InstanceAmi?.Ref is not { Path.First: "function" } image || asg.InstanceType.Length == 0)
            return;
        var isArmImage = image.Path.Last.EndsWith("-arm64", StringComparison.Ordinal);
        if (isArmImage != IsArm(asg.InstanceType))
        {
            f.Broken("instance_type", $"{asg.InstanceType} has {Processor(!isArmImage)}, the image is for {Processor(isArmImage)}",
                isArmImage
                    ? "use an instance type with a g behind its generation, such as t4g.small"
                    : "take another instance type, or an image whose name ends in -arm64");
        }
        var system = image.Path.Parts.Any(part => part.StartsWith("ubuntu-", StringComparison.Ordinal)) ? "ubuntu" : "amazon";
        if (asg.System.Name != system)
        {
            f.Report(BindingCodes.UnusualValue, f.Place("instance_ami_type"),
                $"the image is one of {system}, \"instance_ami_type\" says {asg.System.Name}", $"instance_ami_type: {system}");
        }
    }

    private static string Processor(bool arm) => arm ? "Arm processors" : "x86 processors";

    // Arm families have a g behind the generation (t4g, c7gn), and there was a1.
    private static bool IsArm(string instanceType) =>
        instanceType.Split('.')[0] is var family && (family == "a1" || family.SkipWhile(char.IsAsciiLetter).Contains('g'));

    private static void CheckTrust(Asg asg, Fields f)
    {
        if (asg.InstanceAmiType == "amazon_ecs"
            && asg.InstanceIamRole is { IsEnabled: true, AssumeRolePolicy.Service: { IsEmpty: false } services }
            && !services.Contains("ecs.amazonaws.com"))
        {
            f.Broken("instance_iam_role", "the role of ECS instances must trust ecs.amazonaws.com too");
        }
    }

    // Each new instance would take address and name away from the one before.
    private static void CheckEip(Asg asg, Fields f)
    {
        if (!asg.Dns.IsEmpty && asg.MaxInstances > 1)
        {
            f.Report(BindingCodes.UnusualValue, f.Place("dns"), $"one name for up to {asg.MaxInstances} instances: the newest takes it",
                "set max_instances to 1, or give the name to a load balancer");
        }
        if (asg.Eip is not null && asg.MaxInstances > 1)
        {
            f.Report(BindingCodes.UnusualValue, f.Place("eip"), $"one address for up to {asg.MaxInstances} instances: the newest takes it",
                "set max_instances to 1");
        }
    }
}
