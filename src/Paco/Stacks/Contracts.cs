using Paco.Binding;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>A hosted zone, wherever in the project it is declared.</summary>
public interface IHostedZone
{
    /// <summary>The account it lives in, by name.</summary>
    string AccountName { get; }

    string DomainName { get; }

    bool IsPrivate { get; }

    /// <summary>The reference that yields its id.</summary>
    Ref Id { get; }
}

/// <summary>The hosted zones of <c>resource/route53.yaml</c>; found at <see cref="Path"/>.</summary>
public interface IHostedZones
{
    /// <summary>Where they stand in the project.</summary>
    const string Path = "resource.route53";

    /// <summary>Zones that exist or are going to; disabled ones are left out.</summary>
    IEnumerable<IHostedZone> Zones { get; }
}

/// <summary>A segment of a network: its ranges per availability zone, 1 to n.</summary>
public interface ISegment
{
    IReadOnlyList<string> Cidrs { get; }
}

/// <summary>The network of an environment in a region; found at <see cref="EnvironmentRegion.VpcPath"/>.</summary>
public interface IVpc
{
    /// <summary>
    /// The stacks that route a segment to the internet, where its own stack does not: what starts in it and downloads something waits for
    /// them.
    /// </summary>
    IEnumerable<NodeId> InternetRoutes(BuildScope scope, string segment);

    /// <summary>Yields the name of an availability zone by its number; null where no segment has a subnet there.</summary>
    Ref? ZoneName(int zone);
}

/// <summary>A security group of a network.</summary>
public interface ISecurityGroup
{
    /// <summary>
    /// A rule of it lets TCP in through a port, from a security group or from an address that may be in one of the ranges.
    /// </summary>
    bool LetsIn(int port, IReadOnlyCollection<ObjectPath> groups, IReadOnlyCollection<string> ranges);
}

/// <summary>A volume: one server at a time can have it, in its own availability zone.</summary>
public interface IVolume
{
    /// <summary>The number of its zone.</summary>
    int Zone { get; }

    /// <summary>Where that is written.</summary>
    Location ZonePlace { get; }
}

/// <summary>A file system that servers mount over the network.</summary>
public interface IFileSystem
{
    /// <summary>Those of its mount targets.</summary>
    IReadOnlyList<Ref> SecurityGroups { get; }

    /// <summary>Where they are written.</summary>
    Location SecurityGroupsPlace { get; }

    /// <summary>It can be reached at all.</summary>
    bool HasMountTargets { get; }
}

/// <summary>A bucket, of an application or of none. What others ask of it is part of its one policy.</summary>
public interface IBucket;

/// <summary>An environment in a region; found at its path.</summary>
public interface IAccountEnvironment
{
    /// <summary>The name of the account it lives in, or null where none is given.</summary>
    string? AccountName { get; }
}

/// <summary>A certificate for a domain and further names.</summary>
public interface ICertificate
{
    /// <summary>The region it is asked for, or null for that of the environment it stands in.</summary>
    string? Region { get; }
}

/// <summary>The people who may log on to instances, as <c>resource/ec2.yaml</c> lists them; found at <see cref="Path"/>.</summary>
public interface ISshUsers
{
    /// <summary>Where it stands in the project.</summary>
    const string Path = "resource.ec2";

    /// <summary>The public key of every user, by the user's name.</summary>
    IReadOnlyDictionary<string, string> PublicKeys { get; }

    /// <summary>The groups by name with the names of their members; every member is a user.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; }
}

/// <summary>Instances that applications are deployed to.</summary>
public interface IDeployTarget
{
    /// <summary>Yields the name of their group.</summary>
    Ref Group { get; }

    /// <summary>The name of their role: whoever deploys lets it read what is deployed.</summary>
    string RoleName { get; }

    /// <summary>The path of that role in IAM: a slash, unless somebody wrote another.</summary>
    string RolePath { get; }

    /// <summary>The fewest of them that there may be.</summary>
    int FewestServers { get; }

    /// <summary>CodeDeploy's agent is installed on them, or may be on their image already.</summary>
    bool MayHaveDeployAgent { get; }
}

/// <summary>Something a load balancer checks: a target group.</summary>
public interface IHealthChecked
{
    /// <summary>Seconds of good answers until it counts as healthy.</summary>
    int HealthySeconds { get; }
}

/// <summary>The topics of the project, whichever file they are in; found at <see cref="Path"/>.</summary>
public interface ITopics
{
    /// <summary>Where they stand in the project.</summary>
    const string Path = "resource.sns";

    /// <summary>What lies below it: account, region and topic, for every topic that is made.</summary>
    const string Computed = $"{Path}.computed";

    /// <summary>The file they are in, below the project.</summary>
    string File { get; }

    /// <summary>The names of all, switched off or not.</summary>
    IEnumerable<string> TopicNames { get; }

    /// <summary>False for a topic whose policy keeps AWS Backup from publishing to it.</summary>
    bool LetsBackupIn(string topicName);

    /// <summary>False for a topic whose policy keeps notification rules of pipelines and their like from publishing to it.</summary>
    bool LetsNotificationRulesIn(string topicName);
}

/// <summary>Something AWS Backup can save: a database, a volume, a file system, a bucket.</summary>
public interface IBackedUp
{
    SavedResource Saved { get; }
}

/// <summary>What AWS Backup knows something by that it saves.</summary>
/// <param name="Value">Yields its ARN; or the name or id that is part of it, where <paramref name="ArnForm"/> is given.</param>
/// <param name="ArnForm">Its ARN for <c>Fn::Sub</c>, with <c>${Name}</c> for the value.</param>
public sealed record SavedResource(Ref Value, string? ArnForm = null)
{
    /// <summary>What is saved of it can be moved to cold storage.</summary>
    public bool GoesCold { get; init; }

    /// <summary>It is a bucket, for which AWS Backup needs further rights.</summary>
    public bool IsBucket { get; init; }
}

/// <summary>A repository of <c>resource/codecommit.yaml</c>, made by the project or there already.</summary>
public interface ICodeCommitRepository
{
    /// <summary>Its name in AWS.</summary>
    string RepositoryName { get; }

    /// <summary>The account it is in, by name.</summary>
    string AccountName { get; }

    /// <summary>The region it is in.</summary>
    string Region { get; }

    /// <summary>The reference that yields its ARN.</summary>
    Ref Arn { get; }
}

/// <summary>A repository of images.</summary>
public interface IImageRepository
{
    /// <summary>The account it is in, by name; null for that of its environment, in whose region it is.</summary>
    string? AccountName { get; }
}

/// <summary>A deployment pipeline, as those know it who let people at it.</summary>
public interface IPipeline
{
    /// <summary>The account it runs in, by name; null for that of its environment.</summary>
    string? AccountName { get; }

    /// <summary>The reference that yields its ARN.</summary>
    Ref Arn { get; }

    /// <summary>What runs in it: the names of its stages in AWS.</summary>
    IEnumerable<string> StageNames { get; }

    /// <summary>What is built in it.</summary>
    IEnumerable<IBuildProject> Builds { get; }

    /// <summary>Where somebody has to agree: <c>Deploy/Approval</c>, the names of stage and action in AWS.</summary>
    IEnumerable<string> ApprovalNames { get; }
}

/// <summary>A project of CodeBuild: a build of a pipeline.</summary>
public interface IBuildProject
{
    /// <summary>The account it is in, by name; null where nobody says one.</summary>
    string? AccountOf(ObjectIndex index);

    /// <summary>Yields its ARN.</summary>
    Ref ProjectArn { get; }

    /// <summary>Yields the ARN of the log group its builds print to, with all streams in it.</summary>
    Ref LogGroupArn { get; }
}
