using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// A branch of a CodeCommit repository. A repository lets nobody in from another account, so a role beside it fetches the code; what is
/// pushed starts the pipeline by an event.
/// </summary>
public sealed class CodeCommitSource(Fields f) : PipelineAction(f)
{
    private static readonly string[] Fetch =
    [
        "codecommit:CancelUploadArchive", "codecommit:GetBranch", "codecommit:GetCommit", "codecommit:GetRepository",
        "codecommit:GetUploadArchiveStatus", "codecommit:UploadArchive",
    ];

    public Ref? Repository { get; } =
        f.Ref("codecommit_repository", "The repository, of `resource/codecommit.yaml`.", "CodeCommitRepository", required: true);

    public string Branch { get; } = f.Text("deployment_branch_name", "The branch whose pushes start the pipeline.", "");

    internal override string Word => "CodeCommit";

    internal override bool IsSource => true;

    internal override string Watches => $"the branch {Branch} of {Repository?.Path}";

    internal override string? SourceRegion(BuildContext build) => build.Index.Find<ICodeCommitRepository>(Repository)?.Region;

    protected internal override void Rules(Fields f)
    {
        if (Branch.Length == 0)
            f.Lacks("deployment_branch_name", "a source needs a branch: \"deployment_branch_name\"");
    }

    internal override void Examine(ActionScope scope)
    {
        var (own, region) = (scope.Pipeline.Own.Place.Region, SourceRegion(scope.Pipeline.Build));
        if (region is not null && region != own)
        {
            scope.Pipeline.Build.Bag.Add(PipelineCodes.WrongRegion, Repository!.Location,
                $"the repository {Repository.Written} is in {region}, the pipeline in {own}",
                "a pipeline fetches from its own region only; without a \"region\" it is where its first repository is", subject: Path);
        }
    }

    internal override IEnumerable<ArtifactUser> Users(ActionScope scope) =>
        Target(scope) is { } target ? [new(PlaceOf(scope, target).Account, Role(scope, target).RoleName, Writes: true)] : [];

    internal override ActionDeclaration Declare(ActionScope scope)
    {
        if (Target(scope) is not { } repository)
            return new("Source", "CodeCommit");
        var role = Role(scope, repository);
        var place = PlaceOf(scope, repository);
        Events(scope).Forward(Pattern(repository), place);
        return new("Source", "CodeCommit")
        {
            Configuration = new MapValue
            {
                ["RepositoryName"] = repository.RepositoryName,
                ["BranchName"] = Branch,
                ["PollForSourceChanges"] = "false",
            },
            RoleArn = scope.Pipeline.RoleArn(place.Account, role.RoleName),
            After = [role.Build(scope.Pipeline.At(place), this)],
        };
    }

    internal override void WriteInto(StackBuilder stack, ActionScope scope)
    {
        if (Target(scope) is { } repository)
            Events(scope).Start(stack, Pattern(repository), PlaceOf(scope, repository));
    }

    private static SourceEvents Events(ActionScope scope) => new(scope, "aws.codecommit");

    private static ICodeCommitRepository? Target(ActionScope scope) =>
        scope.Pipeline.Build.Index.Find<ICodeCommitRepository>(((CodeCommitSource)scope.Action).Repository);

    private static Place PlaceOf(ActionScope scope, ICodeCommitRepository repository) =>
        new(scope.Pipeline.Build.AccountOf(repository.AccountName), repository.Region);

    private IamRole Role(ActionScope scope, ICodeCommitRepository repository) => new()
    {
        Ref = $"{Path}.codecommit_role",
        Resource = scope.Pipeline.Pipeline.Name,
        Name = scope.IsFirst ? "codecommit_role" : $"{scope.StackPart}-codecommit_role",
        Location = Location,
        GoesWithOwner = true,
        Trust = scope.Pipeline.TrustServiceRole(),
        Policies =
        [
            new("CodeCommit", PolicyDocument.Of(
            [
                PolicyDocument.Allow(new InputValue(repository.Arn), Fetch),
                .. Artifacts.Rights(scope.Pipeline, new InputValue(scope.Pipeline.Key), writes: true),
                .. PlaceOf(scope, repository).Account == scope.Pipeline.Own.Place.Account ? [] : Artifacts.Giving(scope.Pipeline),
            ])),
        ],
    };

    private MapValue Pattern(ICodeCommitRepository repository) => new()
    {
        ["source"] = Value.List("aws.codecommit"),
        ["detail-type"] = Value.List("CodeCommit Repository State Change"),
        ["resources"] = Value.List(new InputValue(repository.Arn)),
        ["detail"] = new MapValue
        {
            ["event"] = Value.List("referenceCreated", "referenceUpdated"),
            ["referenceType"] = Value.List("branch"),
            ["referenceName"] = Value.List(Branch),
        },
    };
}
