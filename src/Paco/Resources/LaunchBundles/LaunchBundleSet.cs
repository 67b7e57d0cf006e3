using System.Collections.Immutable;
using Paco.Stacks;

namespace Paco.Resources.LaunchBundles;

/// <summary>The function library and the bundles of a group of instances.</summary>
internal sealed record LaunchBundleSet(string Library, ImmutableArray<LaunchBundle> Bundles)
{
    /// <summary>The ids of all bundles in order, then the library's: what tells one state of the bucket from another.</summary>
    public string CacheId => string.Concat(Bundles.Select(b => b.CacheId)) + Names.Md5(Library);

    public static LaunchBundleSet For(LaunchSettings settings) => new(LibraryOf(settings),
    [
        Bundle("SSM", settings.SsmAgent, Script.Fill("ssm.bash")),
        Bundle("EIP", settings.Eip, Script.Fill("eip.bash")),
        Bundle("CloudWatchAgent", settings.AgentConfiguration is not null,
            Script.Fill("cloudwatchagent.bash", ("agent_system", settings.System.AgentFolder)),
            settings.AgentConfiguration is { } json ? [new BundleFile("amazon-cloudwatch-agent.json", json)] : []),
        Bundle("EFS", !settings.EfsMounts.IsEmpty, Script.Fill("efs.bash", ("mounts", Lines(settings.EfsMounts.Select(Mount))))),
        Bundle("EBS", !settings.EbsMounts.IsEmpty, Script.Fill("ebs.bash", ("mounts", Lines(settings.EbsMounts.Select(Mount))))),
        Bundle("cfn-init", !settings.ConfigSets.IsEmpty, CfnInit(settings)),
        Bundle("SSHAccess", !settings.SshKeys.IsEmpty, Script.Fill("sshaccess.bash", ("default_user", settings.System.DefaultUser)),
            settings.SshKeys.IsEmpty ? [] : [new BundleFile("authorized_keys", string.Join('\n', settings.SshKeys) + "\n")]),
        Bundle("ECS", settings.EcsLogLevel is not null, Script.Fill("ecs.bash", ("log_level", settings.EcsLogLevel ?? "error"))),
        Bundle("CodeDeploy", settings.CodeDeployAgent, Script.Fill("codedeploy.bash")),
        Bundle("ScriptManager", false, Script.Fill("scriptmanager.bash")),
    ]);

    private static LaunchBundle Bundle(string name, bool enabled, string script, params ImmutableArray<BundleFile> files)
    {
        var launch = Script.Fill("head.bash") + script + Script.Fill("tail.bash", ("enabled", enabled ? "true" : "false"));
        return new LaunchBundle(name, [.. files, new BundleFile("launch.sh", launch)]);
    }

    private static string LibraryOf(LaunchSettings settings) => Script.Fill("library.bash",
        ("bucket", Script.Quote(settings.Bucket)),
        ("stack_name", settings.StackName),
        ("network_environment", Script.Quote(settings.NetworkEnvironment)),
        ("environment", Script.Quote(settings.Environment)),
        ("environment_ref", Script.Quote(settings.EnvironmentRef)),
        ("bundle_names", string.Join(' ', LaunchBundle.Order)),
        ("healthy_seconds", $"{settings.HealthySeconds}"),
        ("secrets", settings.ReadsSecrets ? Script.Fill("secrets.bash") : ""));

    private static string CfnInit(LaunchSettings settings) => Script.Fill("cfn-init.bash",
        ("config_sets", Script.Quote(string.Join(',', settings.ConfigSets))),
        ("signal", settings.WaitOnSignals
            ? "    # CloudFormation waits for this: it rolls back at once when the configuration failed.\n"
                + "    \"$tools/cfn-signal\" -e \"$code\" --stack \"$EC2LM_STACK_NAME\" --resource ASG --region \"$REGION\" || true"
            : "    # No stack operation waits for a signal."));

    private static string Mount(EfsMount mount) => $"    mount_file_system {mount.Tag} {Script.Quote(mount.Folder)}";

    private static string Mount(EbsMount mount) =>
        $"    mount_volume {mount.Tag} {Script.Quote(mount.Device)} {Script.Quote(mount.Folder)} {Script.Quote(mount.FileSystem)}";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.DefaultIfEmpty("    :"));
}
