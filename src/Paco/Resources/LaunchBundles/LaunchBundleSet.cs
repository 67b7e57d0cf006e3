using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Paco.Stacks;

namespace Paco.Resources.LaunchBundles;

/// <summary>An object of the bucket, by its key below the set's own folder.</summary>
internal sealed record BundleObject(string Key, ImmutableArray<byte> Bytes)
{
    /// <param name="bytes">Nobody else has them.</param>
    public BundleObject(string key, byte[] bytes)
        : this(key, ImmutableCollectionsMarshal.AsImmutableArray(bytes))
    {
    }

    public static BundleObject Of(string key, string text) => new(key, Encoding.UTF8.GetBytes(text));

    public string Sha256 => field ??= Convert.ToHexStringLower(Stacks.Sha256.Of(Bytes.AsSpan()));
}

/// <summary>The function library and the bundles of a group of instances.</summary>
internal sealed record LaunchBundleSet(string Library, ImmutableArray<LaunchBundle> Bundles)
{
    /// <summary>The ids of all bundles in order, then the library's: what tells one state of the bucket from another.</summary>
    public string CacheId => string.Concat(Bundles.Select(b => b.CacheId)) + Names.Md5(Library);

    /// <summary>What instances fetch.</summary>
    public ImmutableArray<BundleObject> Objects { get; } =
    [
        BundleObject.Of("ec2lm_functions.bash", Library),
        .. Bundles.SelectMany(b => new[]
        {
            b.Archive,
            BundleObject.Of($"LaunchBundles/{b.Name}.cache_id", b.CacheId),
        }),
    ];

    /// <summary>The digest of every object, as <c>sha256sum --check</c> reads them.</summary>
    public BundleObject Sums => field ??= BundleObject.Of("SHA256SUMS", string.Concat(Objects.Select(o => $"{o.Sha256}  {o.Key}\n")));

    /// <summary>The digest of that list, 64 hexadecimal digits: it vouches for all that instances fetch and names its folder.</summary>
    public string Digest => Sums.Sha256;

    // Most bundles are off in most groups, and then alike in all of one system: packed and summed up once.
    private static readonly ConcurrentDictionary<(string Name, string Script), LaunchBundle> Off = new();

    public static LaunchBundleSet For(LaunchSettings settings)
    {
        var bundles = BundlesOf(settings);
        return new LaunchBundleSet(LibraryOf(settings, bundles.Select(b => b.Name)), bundles);
    }

    private static ImmutableArray<LaunchBundle> BundlesOf(LaunchSettings settings) =>
    [
        Bundle("SSM", settings.SsmAgent, Script.Fill("ssm.bash")),
        Bundle("EIP", settings.Eip, Script.Fill("eip.bash")),
        .. settings.DnsNames.IsEmpty ? [] : new[] { Bundle("DNS", true, Dns(settings)) },
        Bundle("CloudWatchAgent", settings.AgentConfiguration is not null,
            Script.Fill("cloudwatchagent.bash", ("agent_system", settings.System.AgentFolder), ("gpg_package", settings.System.GpgPackage)),
            settings.AgentConfiguration is { } json ? [new BundleFile("amazon-cloudwatch-agent.json", json)] : []),
        Bundle("EFS", !settings.EfsMounts.IsEmpty, Efs(settings)),
        Bundle("EBS", !settings.EbsMounts.IsEmpty, Ebs(settings)),
        Bundle("cfn-init", !settings.ConfigSets.IsEmpty,
            Script.Fill("cfn-init.bash", ("config_sets", Script.Quote(string.Join(',', settings.ConfigSets))))),
        Bundle("SSHAccess", !settings.SshKeys.IsEmpty, Script.Fill("sshaccess.bash", ("default_user", settings.System.DefaultUser)),
            settings.SshKeys.IsEmpty ? [] : [new BundleFile("authorized_keys", string.Join('\n', settings.SshKeys) + "\n")]),
        Bundle("ECS", settings.EcsLogLevel is not null, Script.Fill("ecs.bash", ("log_level", settings.EcsLogLevel ?? "error"))),
        Bundle("CodeDeploy", settings.CodeDeployAgent, Script.Fill("codedeploy.bash")),
        Bundle("ScriptManager", !settings.ImageDeploys.IsEmpty, Scripts(settings),
            [.. settings.ImageDeploys.Select(d => new BundleFile($"{NameOf(d)}.sh", Deploy(d)))]),
    ];

    private static LaunchBundle Bundle(string name, bool enabled, string script, params ImmutableArray<BundleFile> files) =>
        enabled || !files.IsEmpty
            ? Launched(name, enabled, script, files)
            : Off.GetOrAdd((name, script), static off => Launched(off.Name, false, off.Script, []));

    private static LaunchBundle Launched(string name, bool enabled, string script, ImmutableArray<BundleFile> files) => new(name,
    [
        .. files,
        new BundleFile("launch.sh",
            Script.Fill("head.bash") + script + Script.Fill("tail.bash", ("enabled", enabled ? "true" : "false"))),
    ]);

    private static string LibraryOf(LaunchSettings settings, IEnumerable<string> bundles) => Script.Fill("library.bash",
        ("bucket", Script.Quote(settings.Bucket)),
        ("stack_name", settings.StackName),
        ("waits", settings.WaitOnSignals ? "true" : "false"),
        ("network_environment", Script.Quote(settings.NetworkEnvironment)),
        ("environment", Script.Quote(settings.Environment)),
        ("environment_ref", Script.Quote(settings.EnvironmentRef)),
        ("common", Script.Fill("common.bash")),
        ("bundle_names", string.Join(' ', bundles)),
        ("healthy_seconds", $"{settings.HealthySeconds}"),
        ("secrets", settings.ReadsSecrets ? Script.Fill("secrets.bash") : ""));

    private static string Dns(LaunchSettings settings) => Script.Fill("dns.bash",
        ("names", Lines(settings.DnsNames.Select(n =>
            $"    register {n.Tag} {Script.Quote(n.Domain)} {n.Ttl} {(n.Public ? "public-ipv4" : "local-ipv4")}"))));

    private static string Efs(LaunchSettings settings) => Script.Fill("efs.bash",
        ("mounting", Script.Fill("mounts.bash")),
        ("packages", settings.System.EfsPackages),
        ("mounts", Lines(settings.EfsMounts.Select(m => $"    want_file_system {m.Tag} {Script.Quote(m.Folder)}"))));

    private static string Ebs(LaunchSettings settings) => Script.Fill("ebs.bash",
        ("mounting", Script.Fill("mounts.bash")),
        ("mounts", Lines(settings.EbsMounts.Select(m =>
            $"    want_volume {m.Tag} {Script.Quote(m.Device)} {Script.Quote(m.Folder)} {Script.Quote(m.FileSystem)}"))));

    private static string Scripts(LaunchSettings settings) => Script.Fill("scriptmanager.bash",
        ("scripts", string.Join(' ', settings.ImageDeploys.Select(NameOf))),
        ("docker", settings.ImageDeploys.Any(d => d.Copies.Any(c => c.IsCopy))
            ? Script.Fill("docker.bash", ("docker_package", settings.System.DockerPackage))
            : ""));

    private static string NameOf(ImageDeploy deploy) => $"paco-ecr-deploy-{deploy.Name}";

    private static string Deploy(ImageDeploy deploy) => Script.Fill("ecr-deploy.bash",
        ("deploys", string.Join('\n', deploy.Copies.Select(c => $"deploy {c.Repository} {c.Tag} {c.Target} {c.TargetTag}"))));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.DefaultIfEmpty("    :"));
}
