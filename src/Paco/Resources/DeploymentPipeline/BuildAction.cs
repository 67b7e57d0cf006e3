using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Monitoring;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>A project of CodeBuild: it builds what the pipeline's source brings, or, without a pipeline, what is in a repository.</summary>
public sealed class BuildAction(Fields f) : PipelineAction(f), IBuildProject
{
    private const string ReleaseField = "release_phase";
    private const string SourceField = "source";
    private const string ArtifactsField = "artifacts";
    private const string NetworkField = "vpc_config";

    public BuildEnvironment Environment { get; } = new(f);

    public Buildspec Buildspec { get; } = new(f);

    public string DeploymentEnvironment { get; } = f.Text("deployment_environment",
        "What the build finds as the variable DeploymentEnvironmentName: often the name of the environment or branch.", "");

    public ImmutableArray<BuildVariable> Variables { get; } =
        f.List("environment_variables", "Further variables for the build's commands.", x => new BuildVariable(x));

    public Given<int> Timeout { get; } = f.Int("timeout_mins", "Minutes a build may take.", 60, min: 5, max: 480);

    public Given<int>? QueuedTimeout { get; } =
        f.Int("queued_timeout_mins", "Minutes a build may wait for its turn; AWS's eight hours where not given.", min: 5, max: 480);

    public Given<int> ConcurrentBuilds { get; } =
        f.Int("concurrent_build_limit", "How many builds run side by side; as many as the account may where 0.", 0, 0, 1000);

    public BuildBatch? Batch { get; } =
        f.Object("build_batch_config", "Several builds as one, as the build specification's section `batch` says.",
            x => new BuildBatch(x));

    public BuildNetwork? Network { get; } =
        f.Object(NetworkField, "The network it runs in. The pipeline must be in the environment's account and region then.",
            x => new BuildNetwork(x));

    public ImmutableArray<Ref> Secrets { get; } =
        f.Refs("secrets", "Secrets that the build's commands may read, besides those of its variables.", "Secret");

    public ImmutableArray<EcrPermission> Repositories { get; } =
        f.List("ecr_repositories", "Repositories of images, and what the build may do with those.", x => new EcrPermission(x));

    public ImmutableArray<Ref> GitUsers { get; } = f.Refs("codecommit_repo_users",
        "Users of repositories: what they may do there, the build may do, too.", "RepositoryUser");

    public ImmutableArray<string> ReportGroups { get; } = f.Texts("report_groups",
        "Names of report groups that a build specification in the repository fills. Builds make them; of one that stands here they are known.",
        Check.Matching("1 to 128 letters, digits, - and _", "^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$"));

    public ImmutableArray<Policy> RolePolicies { get; } =
        f.List("role_policies", "What else the build's commands may do.", x => new Policy(x));

    public string LogDays { get; } = f.Text("expire_events_after_days",
        "Days that what builds print is kept; where not given what monitor/logging.yaml says for all log groups, else 365.", "",
        LogRetention.Check);

    public string? PrimarySource { get; } = f.Text("primary_source",
        "Of several sources, the action whose repository the build begins in and finds its specification in; the first where not given.");

    public BuildSource? Source { get; } =
        f.Object(SourceField, "Without a pipeline: the repository that is built.", x => new BuildSource(x));

    public BuildArtifacts? Artifacts { get; } =
        f.Object(ArtifactsField, "Without a pipeline: where it puts what it makes.", x => new BuildArtifacts(x));

    public string? AccountOf(ObjectIndex index)
    {
        var above = Path.AndAbove.Select(index.Find).ToList();
        return above.OfType<DeploymentPipeline>().FirstOrDefault()?.Configuration.Account?.Path.Account
            ?? above.OfType<IAccountEnvironment>().FirstOrDefault()?.AccountName;
    }

    public Ref ProjectArn => ToRef().Output("project.arn");

    public Ref LogGroupArn => ToRef().Output("log_group.arn");

    /// <summary>The secrets it reads: those of its own, of its variables, and of its source.</summary>
    internal IEnumerable<Ref> AllSecrets => Secrets.Concat(Variables.Select(v => v.Secret).OfType<Ref>())
        .Concat(GitHub?.Token is { } token ? [token] : Array.Empty<Ref>());

    /// <summary>The repository that it builds without a pipeline.</summary>
    internal GitHubBuildSource? GitHub => Source?.GitHub is { IsEnabled: true } github ? github : null;

    internal BuildBatch? RunningBatch => Batch is { IsEnabled: true } batch ? batch : null;

    internal override string Word => "CodeBuild";

    internal override bool HasOutput => true;

    protected internal override void Rules(Fields f)
    {
        if (f.Has(ReleaseField))
            f.Report(LaterCodes.NotBuiltYet, f.Place(ReleaseField), $"{ReleaseField} is not built yet: it needs ECS");
        f.Ignore(ReleaseField);
        Environment.Rules(f);
        if (Environment.IsLambda && Network is not null)
            f.Broken(NetworkField, $"a build on {Environment.MachineType} has no network of its own", "take another environment_type");
        Buildspec.Rules(f, RunningBatch is not null);
        BuildRules.CheckVariables(this, f);
        BuildRules.CheckPolicies(this, f);
    }

    internal override IEnumerable<ArtifactUser> Users(ActionScope scope) =>
        [new(scope.Pipeline.Own.Place.Account, new BuildProject(scope, this).RoleName, Writes: true)];

    internal override void Examine(ActionScope scope) => BuildRules.Examine(this, scope);

    internal override ActionDeclaration Declare(ActionScope scope)
    {
        var project = new BuildProject(scope, this);
        return new("Build", "CodeBuild")
        {
            After = [project.Build(isAlone: false)],
            Configuration = new MapValue
            {
                ["ProjectName"] = project.Name,
                ["PrimarySource"] = Value.Of(scope.Before.Length > 1 ? BuildRules.PrimaryOf(this, scope).Artifact : null),
                ["BatchEnabled"] = Value.Of(RunningBatch is null ? null : "true"),
                ["CombineArtifacts"] = Value.Of(RunningBatch is { CombineArtifacts.Value: true } ? "true" : null),
            },
            Rights =
            [
                PolicyDocument.Allow(project.Arn, RunningBatch is null
                    ? ["codebuild:BatchGetBuilds", "codebuild:StartBuild"]
                    : ["codebuild:BatchGetBuildBatches", "codebuild:StartBuildBatch"]),
            ],
        };
    }

    internal override void BuildAlone(ActionScope scope)
    {
        BuildRules.ExamineAlone(this, scope);
        new BuildProject(scope, this).Build(isAlone: true);
    }
}
