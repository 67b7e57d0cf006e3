using System.Collections.Immutable;
using Paco.CloudFormation;

namespace Paco.Resources.LaunchBundles;

/// <summary>What the scripts on an instance need to know. Two instances of equal settings run equal scripts.</summary>
internal sealed record LaunchSettings
{
    public required InstanceSystem System { get; init; }

    public required string Bucket { get; init; }

    public required string Region { get; init; }

    /// <summary>The stack of the group, which cfn-init and signals are about.</summary>
    public required string StackName { get; init; }

    public required string NetworkEnvironment { get; init; }

    public required string Environment { get; init; }

    public required string EnvironmentRef { get; init; }

    public bool SsmAgent { get; init; }

    public bool CodeDeployAgent { get; init; }

    public bool UpdatePackages { get; init; }

    public bool Eip { get; init; }

    /// <summary>CloudFormation waits for a signal of every new instance.</summary>
    public bool WaitOnSignals { get; init; }

    /// <summary>Seconds a load balancer needs to see a new instance as healthy.</summary>
    public int HealthySeconds { get; init; }

    public bool ReadsSecrets { get; init; }

    public ImmutableArray<EfsMount> EfsMounts { get; init; } = [];

    public ImmutableArray<EbsMount> EbsMounts { get; init; } = [];

    /// <summary>The CloudWatch agent's configuration as JSON, or null where there is nothing to collect.</summary>
    public string? AgentConfiguration { get; init; }

    /// <summary>Names the instance registers; most groups have none, and then no bundle for them.</summary>
    public ImmutableArray<DnsName> DnsNames { get; init; } = [];

    public ImmutableArray<string> ConfigSets { get; init; } = [];

    /// <summary>What cfn-init reads: metadata is no property of a launch template, so a change of it must show in the user data.</summary>
    public ImmutableArray<Value> Metadata { get; init; } = [];

    /// <summary>Lines of <c>authorized_keys</c>.</summary>
    public ImmutableArray<string> SshKeys { get; init; } = [];

    /// <summary>The log level of the ECS agent; null where the instance belongs to no cluster.</summary>
    public string? EcsLogLevel { get; init; }

    /// <summary>Scripts that deploy images.</summary>
    public ImmutableArray<ImageDeploy> ImageDeploys { get; init; } = [];

    public string PreScript { get; init; } = "";

    public string UserScript { get; init; } = "";
}

/// <summary>A file system: the tag that holds its id, and where it is mounted.</summary>
internal sealed record EfsMount(string Tag, string Folder);

/// <summary>A name: the tag that holds its zone's id, seconds resolvers keep it, and which address it leads to.</summary>
internal sealed record DnsName(string Tag, string Domain, int Ttl, bool Public);

/// <summary>A script that gives images their tags, one after the other.</summary>
internal sealed record ImageDeploy(string Name, ImmutableArray<ImageCopy> Copies);

/// <summary>An image that gets a tag: the tags of the instance that hold the URIs of its repository and of the one it goes to.</summary>
internal sealed record ImageCopy(string Repository, string Tag, string Target, string TargetTag)
{
    public bool IsCopy => Repository != Target;
}

/// <summary>A volume: the tag that holds its id, its device, where it is mounted, and the file system a blank one gets.</summary>
internal sealed record EbsMount(string Tag, string Device, string Folder, string FileSystem);
