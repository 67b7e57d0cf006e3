using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>A pipeline while it is built: where it is, what it is called, its key, its artifacts, its actions.</summary>
internal sealed class PipelineScope
{
    public PipelineScope(DeploymentPipeline pipeline, BuildScope target)
    {
        (Pipeline, Target) = (pipeline, target);
        var account = pipeline.Configuration.Account?.Path.Account is { } own ? target.Build.AccountOf(own) : target.Place.Account;
        Actions = [.. pipeline.AllActions().Select(a => new ActionScope(this, a.Stage, a.Action, a.IsFirst))];
        Own = At(new Place(account, pipeline.RegionIn(target.Build) ?? target.Place.Region));
        Names = new PipelineNames(target);
        Stores = [.. AllStores()];
    }

    public DeploymentPipeline Pipeline { get; }

    /// <summary>The environment it deploys to.</summary>
    public BuildScope Target { get; }

    /// <summary>The account and region it runs in.</summary>
    public BuildScope Own { get; }

    public PipelineNames Names { get; }

    /// <summary>The pipeline's own, then those of other regions that actions work in; none without a bucket, which is reported.</summary>
    public ImmutableArray<ArtifactStore> Stores { get; }

    /// <summary>All actions: what runs, in order, then those that are switched off.</summary>
    public ImmutableArray<ActionScope> Actions { get; }

    /// <summary>What runs, in order.</summary>
    public IEnumerable<ActionScope> Running => Actions.Where(a => a.Action.IsEnabled);

    public BuildContext Build => Target.Build;

    /// <summary>The bucket in the pipeline's own region; null where there is none, which is reported.</summary>
    public KnownBucket? Artifacts => StoreIn(null)?.Bucket;

    /// <summary>Yields the ARN of the key that artifacts are encrypted with in the pipeline's own region.</summary>
    public Ref Key => ArtifactStore.KeyOf(this, Own.Place.Region);

    /// <summary>The stack of the pipeline itself.</summary>
    public NodeId StackId => new(Own.Place, Stacks.Names.Stack([Own.Prefix, .. Own.OwnNames, PipelineStack.Suffix]));

    public string ServiceRoleName => Names.Role("CodePipeline-Service");

    public Value ServiceRoleArn => RoleArn(Own.Place.Account, ServiceRoleName);

    /// <summary>The pipeline's ARN.</summary>
    public Value Arn => Fn.Concat($"arn:{Own.Place.Partition.Name}:codepipeline:{Own.Place.Region}:",
        Build.AccountId(Own.Place.Account), $":{Names.Base}");

    /// <summary>
    /// Where stacks of the pipeline are built. Names of stacks have no region, so what an environment needs in another region than its own
    /// says whose it is: two regions of an environment may need the same there.
    /// </summary>
    public BuildScope At(Place place)
    {
        var isOwnRegion = place.Region == Target.Place.Region || Pipeline.Configuration.Region is not null;
        return Target with
        {
            Place = place,
            OwnNames = isOwnRegion
                ? Target.OwnNames
                : [.. Target.OwnNames.SkipLast(1), $"{Target.OwnNames[^1]}-{Regions.ShortName(Target.Place.Region)}"],
        };
    }

    /// <summary>The store of a region; with none that of the pipeline's own.</summary>
    public ArtifactStore? StoreIn(string? region) => Stores.FirstOrDefault(s => s.Region == (region ?? Own.Place.Region));

    /// <summary>The ARN of a role by its account and name, before there is one.</summary>
    public Value RoleArn(string account, string name) =>
        Fn.Concat($"arn:{Own.Place.Partition.Name}:iam::", Build.AccountId(account), $":role/{name}");

    /// <summary>The trust policy of a role that the pipeline takes on, in another account or its own.</summary>
    public MapValue TrustServiceRole() => Iam.PolicyDocument.TrustRole(AccountRoot(Own.Place.Account), ServiceRoleArn);

    public Value AccountRoot(string account) =>
        Fn.Concat($"arn:{Own.Place.Partition.Name}:iam::", Build.AccountId(account), ":root");

    /// <summary>Says what a reference to a part of the pipeline yields: an ARN known from the files, but for the account's id.</summary>
    /// <param name="service">Service and region: <c>codebuild:us-west-2</c>, <c>iam:</c>.</param>
    public void Offer(string output, string service, string account, string resource) =>
        Build.Offers.Add($"{Pipeline.Path}.{output}", new ListSource(
        [
            new LiteralSource($"arn:{Own.Place.Partition.Name}:{service}:"),
            Build.Offers.Find($"accounts.{account}.id")?.Source ?? new LiteralSource(""),
            new LiteralSource($":{resource}"),
        ])
        { Separator = "" });

    /// <summary>Claims the names that an account has once, and reports who has them already.</summary>
    public void Claim()
    {
        if (Build.Claim($"pipeline {Own.Place} {Names.Base}", Pipeline.Path) is { } other)
        {
            Build.Bag.Add(StackCodes.NameTaken, Pipeline.Location,
                $"two pipelines of {Own.Place} would be called {Names.Base}: this one and {other}",
                "rename one of the two: upper and lower case of a first letter, _ and - make no difference", subject: Pipeline.Path);
        }
    }

    /// <summary>Reports a bucket for artifacts that CodePipeline cannot use.</summary>
    public void CheckArtifacts()
    {
        if (Build.Buckets.Find(Pipeline.Configuration.ArtifactsBucket) is not { } bucket || !Pipeline.IsEnabled)
            return;
        var reference = Pipeline.Configuration.ArtifactsBucket!;
        if (Stores.All(s => s.IsMade))
        {
            Build.Bag.Add(PipelineCodes.WrongRegion, reference.Location,
                $"the bucket {reference.Written} is in {bucket.Place.Region}, the pipeline in {Own.Place.Region}",
                "a pipeline keeps its artifacts in its own region; the bucket's account may be another", subject: Pipeline.Path);
        }
        if (!bucket.IsEnabled)
        {
            Build.Bag.Add(StackCodes.DisabledTarget, reference.Location, $"{reference.Written} refers to something that is disabled here",
                $"enable {reference.Path}", subject: Pipeline.Path);
        }
    }

    /// <summary>What runs in the stages before an action's.</summary>
    public IEnumerable<ActionScope> Earlier(ActionScope action) => Running.TakeWhile(a => a.Stage != action.Stage);

    /// <summary>Reports a source that watches what another watches.</summary>
    public void CheckWatched(ActionScope source)
    {
        if (source.Action.Watches is not { } watched)
            return;
        var first = Running.First(a => a.Action.Watches == watched);
        if (first != source)
        {
            Build.Bag.Add(PipelineCodes.SameBranch, source.Action.PlaceOf(source.Action.WatchField),
                $"{source.Action.Name} watches {watched}, and so does {first.Action.Name}", "take one of the two out",
                subject: source.Action.Path);
        }
    }

    private IEnumerable<ArtifactStore> AllStores()
    {
        if (Build.Buckets.Find(Pipeline.Configuration.ArtifactsBucket) is not { } named)
            yield break;
        foreach (var region in Running.Select(a => a.Action.RegionOf(this) ?? Own.Place.Region).Prepend(Own.Place.Region).Distinct())
            yield return region == named.Place.Region ? new(this, region, named, IsMade: false) : ArtifactStore.Made(this, region);
    }
}
