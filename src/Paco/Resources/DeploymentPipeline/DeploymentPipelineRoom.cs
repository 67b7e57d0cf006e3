using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Monitoring;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

public sealed class DeploymentPipelineRoom : Room
{
    public override string Type => "DeploymentPipeline";

    public override string Summary =>
        "A pipeline of CodePipeline: what is pushed to a branch is built in one account and deployed in another.";

    public override IEnumerable<DiagnosticCode> Codes => PipelineCodes.All;

    public override AppResource Bind(Fields f) => new DeploymentPipeline(f);
}

/// <summary>
/// A pipeline with everything it needs: key, roles on both sides, build project, deployment group, and what starts it. It is written in
/// three sections, <c>source</c>, <c>build</c> and <c>deploy</c>, or in stages of any names.
/// </summary>
public sealed class DeploymentPipeline(Fields f) : AppResource(f), IAsking, IPipeline, IWatched
{
    public PipelineConfiguration Configuration { get; } =
        f.Always("configuration", "Where it runs, and where it keeps what is handed from action to action.",
            x => new PipelineConfiguration(x));

    public PipelineStage? Source { get; } =
        f.Object("source", "Where the code comes from: one action a repository.", x => new PipelineStage(x, "Source"));

    public PipelineStage? Builds { get; } = f.Object("build", "What is made of it.", x => new PipelineStage(x, "Build"));

    public PipelineStage? Deploy { get; } =
        f.Object("deploy", "Where it goes to, and who has to agree first.", x => new PipelineStage(x, "Deploy"));

    public ImmutableArray<string> NotificationEvents { get; } = f.Texts("notification_events",
        "What somebody is told of: who, `notifications` of its `monitoring` and of its application say.", NotificationRules.Events);

    public ImmutableArray<PipelineStage> Stages { get; } = f.Map("stages",
        "Stages of any names, one after the other, instead of `source`, `build` and `deploy`. The first holds the sources.",
        x => new PipelineStage(x, $"PipelineStage{x.Name}"));

    public MonitorConfig? Monitoring { get; } = f.Object("monitoring",
        "What is watched of it: alarms on metrics of CodePipeline are about the pipeline, those on metrics of CodeBuild about its first build.",
        x => new MonitorConfig(x, f.Peek("type")));

    /// <summary>Its stages in order, also those in which nothing runs.</summary>
    internal IEnumerable<PipelineStage> AllStages => Stages.IsEmpty ? new[] { Source, Builds, Deploy }.OfType<PipelineStage>() : Stages;

    /// <summary>What of it runs, in order.</summary>
    internal IEnumerable<PipelineStage> Running => AllStages.Where(s => s.Running.Any());

    /// <summary>It is written in stages.</summary>
    internal bool IsStaged => !Stages.IsEmpty;

    string? IPipeline.AccountName => Configuration.Account?.Path.Account;

    Ref IPipeline.Arn => ToRef().Output("arn");

    IEnumerable<string> IPipeline.StageNames => Running.Select(s => s.AwsName);

    IEnumerable<IBuildProject> IPipeline.Builds => Running.SelectMany(s => s.Running).OfType<IBuildProject>();

    IEnumerable<string> IPipeline.ApprovalNames =>
        from a in AllActions()
        where a.Action is { IsEnabled: true, IsApproval: true }
        select $"{a.Stage.AwsName}/{a.Action.Word}{ActionScope.SuffixOf(IsStaged, a.Stage, a.Action, a.IsFirst)}";

    /// <summary>
    /// All actions: what runs, in order, then those that are switched off. Of each type the first has the names that Paco 9 gave to the
    /// only one there could be; the others carry their own.
    /// </summary>
    internal IEnumerable<(PipelineStage Stage, PipelineAction Action, bool IsFirst)> AllActions()
    {
        var seen = new HashSet<string>();
        return from stage in AllStages
               from action in stage.Actions
               orderby action.IsEnabled descending
               select (stage, action, seen.Add(action.Word));
    }

    /// <summary>
    /// The region it runs in; null for that of its environment. What is only to be had in one region, such as a repository of CodeCommit,
    /// is fetched by a pipeline of that region alone.
    /// </summary>
    internal string? RegionIn(BuildContext build) => Configuration.Region
        ?? Running.SelectMany(s => s.Running).Select(a => a.SourceRegion(build)).FirstOrDefault(r => r is not null);

    /// <summary>Where it runs, as far as the files say.</summary>
    internal Place? PlaceIn(BuildContext build) => build.PlaceOf(Path) is { } environment
        ? new Place(Configuration.Account?.Path.Account is { } own ? build.AccountOf(own) : environment.Account,
            RegionIn(build) ?? environment.Region)
        : null;

    IEnumerable<Watched> IWatched.Watched => [PipelineMetrics.Of(this)];

    BuildScope IWatched.WatchedIn(BuildScope scope) => new PipelineScope(this, scope).Own;

    protected internal override void Rules(Fields f) => PipelineRules.Check(this, f);

    void IAsking.Ask(BuildScope scope)
    {
        if (!IsEnabled || Configuration.DisableCodePipeline)
            return;
        var pipeline = new PipelineScope(this, scope);
        pipeline.Claim();
        if (Configuration.ArtifactsBucket is { } bucket)
        {
            scope.Build.Buckets.Grant(bucket.Path, new BucketGrant(Path, bucket.Location,
                known => [.. Artifacts.BucketStatements(pipeline, known)]));
        }
    }

    protected internal override void Build(BuildScope scope)
    {
        var pipeline = new PipelineScope(this, scope);
        if (Configuration.DisableCodePipeline)
        {
            foreach (var action in pipeline.Actions)
                action.Action.BuildAlone(action);
            return;
        }
        pipeline.CheckArtifacts();
        foreach (var store in pipeline.Stores)
            store.Build();
        PipelineStack.Build(pipeline);
        NotificationRules.Build(pipeline);
    }
}

/// <summary>Where a pipeline runs.</summary>
public sealed class PipelineConfiguration(Fields f) : Model(f)
{
    public Ref? Account { get; } =
        f.Ref("account", "The account it runs in: by default that of the environment, often one for tools.", "Account");

    public Ref? ArtifactsBucket { get; } = f.Ref("artifacts_bucket",
        "The bucket that holds what one action hands to the next, in the region of the pipeline or of its environment; its policy lets in whoever needs to. Where these are two regions, the pipeline makes the other bucket.",
        "S3Bucket");

    public Given<bool> DisableCodePipeline { get; } =
        f.Flag("disable_codepipeline", "Make the build project alone, without a pipeline around it.", false);

    public string? Region { get; } = Regions.Given(f.Text("region",
        "The region it runs in: by default that of the CodeCommit repository it fetches from, else that of the environment.",
        Regions.None, Regions.OrNone));
}

/// <summary>Actions of a pipeline that belong together: all of a stage are done before the next begins.</summary>
public sealed class PipelineStage(Fields f, string awsName) : Model(f)
{
    public ImmutableArray<PipelineAction> Actions { get; } = f.Rest("An action; each states its type.", PipelineActions.Bind);

    /// <summary>Its name in AWS.</summary>
    internal string AwsName { get; } = awsName;

    internal IEnumerable<PipelineAction> Running => Actions.Where(a => a.IsEnabled);
}
