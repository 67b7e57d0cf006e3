using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// The role of a bucket's account that deploys to it. In the three sections each action has its own; in a pipeline of stages one serves all
/// buckets of an account.
/// </summary>
internal sealed class S3Delegate(ActionScope scope, KnownBucket bucket)
{
    private PipelineScope Pipeline => scope.Pipeline;

    private string Account => bucket.Place.Account;

    // Those that it serves, and first the one that makes it.
    private ImmutableArray<ActionScope> Users => Pipeline.Pipeline.IsStaged
        ? [.. Pipeline.Actions.Where(a => a.Action is S3Deploy && S3Deploy.Target(a)?.Place.Account == Account)]
        : [scope];

    public IamRole Role => new()
    {
        GoesWithOwner = true,
        Ref = Pipeline.Pipeline.IsStaged ? $"{Pipeline.Pipeline.Path}.{Name}" : $"{scope.Action.Path}.delegate",
        Resource = Pipeline.Pipeline.Name,
        Name = Name,
        Location = scope.Action.Location,
        Trust = Pipeline.TrustServiceRole(),
        Policies = [new("S3Deploy", PolicyDocument.Of([.. Targets(), .. Found()]))],
    };

    private string Name => Pipeline.Pipeline.IsStaged ? $"s3deploydelegate_{Account}"
        : scope.IsFirst ? "delegate"
        : $"{scope.StackPart}-delegate";

    /// <summary>Makes its stack, for the first that uses it.</summary>
    public ImmutableArray<NodeId> Build() => Users[0] == scope
        ? [Role.Build(Pipeline.At(new Place(Account, Pipeline.Own.Place.Region)), scope.Action)]
        : [];

    private IEnumerable<MapValue> Targets()
    {
        var buckets = Users.Where(a => a.Action.IsEnabled).Select(S3Deploy.Target).OfType<KnownBucket>().DistinctBy(b => b.Name).ToList();
        yield return PolicyDocument.AllowMany(buckets.Select(b => (Value)$"{b.Arn}/*"), "s3:PutObject", "s3:AbortMultipartUpload");
        yield return PolicyDocument.AllowMany(buckets.Select(b => (Value)b.Arn), "s3:GetBucketLocation");
    }

    // What it deploys it finds in the region of each bucket.
    private IEnumerable<MapValue> Found() =>
        Users.Where(a => a.Action.IsEnabled).Select(a => a.Store).OfType<ArtifactStore>().Distinct()
            .SelectMany(store => Artifacts.Rights(store, new InputValue(store.Key), writes: false));
}
