using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Buckets;
using Paco.Resources.CodeDeploy;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.CodeDeployApplication;

/// <summary>Servers that are deployed to together.</summary>
public sealed class DeploymentGroup(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "What deployments are described with; the group's name where there is none.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public ImmutableArray<Ref> AutoScalingGroups { get; } = f.Refs("autoscalinggroups",
        "The servers, by their ASGs. New servers of these get what was deployed last before they serve.", "ASG");

    public Given<bool>? IgnoreApplicationStopFailures { get; } = f.Flag("ignore_application_stop_failures",
        "Go on where the scripts fail that stop what is there.");

    public Revision? Revision { get; } = f.Object("revision_location_s3",
        "What is deployed, once the group is there and whenever this changes. It has to be in the bucket before. Without it nothing is deployed until somebody does.",
        x => new Revision(x));

    public ImmutableArray<Policy> RolePolicies { get; } =
        f.List("role_policies", "What CodeDeploy may do besides what it needs anyway.", x => new Policy(x));

    /// <summary>How it deploys.</summary>
    public DeploymentSettings Settings { get; } = new(f);

    protected internal override void Rules(Fields f)
    {
        Settings.Rules(f);
        if (Revision is not null && AutoScalingGroups.IsEmpty && !f.Has("autoscalinggroups"))
            f.Lacks("revision_location_s3", "a revision needs servers it is deployed to: \"autoscalinggroups\"");
        foreach (var twice in RolePolicies.GroupBy(p => Names.Camel(p.PolicyName)).Where(g => g.Key.Length > 0).SelectMany(g => g.Skip(1)))
            f.Report(BindingCodes.BrokenRule, twice.Location, $"two policies of the group are called \"{twice.PolicyName}\"", "rename one");
    }

    internal DeploymentTargets Targets(BuildScope scope) => new(this, AutoScalingGroups, scope);

    /// <summary>Asks the bucket of its revision to let the servers in, where that is another account's.</summary>
    internal void Ask(BuildScope scope)
    {
        if (Revision?.Bucket is not { } bucket || Targets(scope).Known is not { IsEmpty: false } servers)
            return;
        scope.Build.Buckets.Grant(bucket.Path, new BucketGrant(Path, bucket.Location, known => known.Place.Account == scope.Place.Account
            ? []
            : [BucketPolicy.Allow(Principal(scope), Revision.Read, [Revision.ArnIn(known)], Only(scope, servers))]));
    }

    private static MapValue Principal(BuildScope scope) => new() { ["AWS"] = Arn(scope, "root") };

    // Its role need not be there yet, and may be made anew.
    private static MapValue Only(BuildScope scope, IEnumerable<IDeployTarget> servers) => new()
    {
        ["ArnEquals"] = new MapValue
        {
            ["aws:PrincipalArn"] = Value.List(servers.Select(s => Arn(scope, $"role{s.RolePath}{s.RoleName}"))),
        },
    };

    private static Value Arn(BuildScope scope, string what) => Fn.Concat(
        $"arn:{scope.Place.Partition.Name}:iam::", scope.Build.AccountId(scope.Place.Account), $":{what}");
}

/// <summary>What is deployed: an archive in a bucket, with an <c>appspec.yml</c> at its top.</summary>
public sealed class Revision(Fields f) : Model(f)
{
    internal static readonly string[] Read = ["s3:GetObject", "s3:GetObjectVersion"];

    public Ref? Bucket { get; } = f.Ref("bucket", "The bucket it is in.", "S3Bucket");

    public string? BundleType { get; } = f.Text("bundle_type",
        "What kind of archive it is: zip, tar or tgz; told from the key where not given.", Check.OneOf("JSON", "tar", "tgz", "YAML", "zip"));

    public string Key { get; } = f.RequiredText("key", "Its key in the bucket.");

    private string? Archive => BundleType ?? Key switch
    {
        _ when Key.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) => "zip",
        _ when Key.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) => "tar",
        _ when Key.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) => "tgz",
        _ when Key.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) => "tgz",
        _ => null,
    };

    protected internal override void Rules(Fields f)
    {
        if (Bucket is null && !f.Has("bucket"))
            f.Lacks("bucket", "a revision needs the \"bucket\" it is in");
        if (BundleType is "JSON" or "YAML")
            f.Broken("bundle_type", $"{BundleType} is for deployments to Lambda and ECS; servers get an archive", "zip, tar or tgz");
        else if (Archive is null && Key.Length > 0)
            f.Lacks("bundle_type", "a revision needs a \"bundle_type\": its key does not say what it is", "zip, tar or tgz");
    }

    internal string ArnIn(KnownBucket bucket) => $"{bucket.Arn}/{Key}";

    internal MapValue ToValue(KnownBucket bucket) => new()
    {
        ["RevisionType"] = "S3",
        ["S3Location"] = new MapValue { ["Bucket"] = bucket.Name, ["Key"] = Key, ["BundleType"] = Value.Of(Archive) },
    };
}
