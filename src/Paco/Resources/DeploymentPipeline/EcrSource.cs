using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// An image of a repository; pushing one under the tag starts the pipeline. What it brings is <c>imageDetail.json</c>, which says of the
/// image all there is. Source: CodePipeline User Guide, "Amazon ECR source action reference".
/// </summary>
public sealed class EcrSource(Fields f) : PipelineAction(f)
{
    public RefOrText? Repository { get; } = f.RefOrText("repository",
        "The repository of images, or the name of one, in the pipeline's account and region.", "ECRRepository", required: true);

    public string Tag { get; } = f.Text("image_tag", "The tag whose images start the pipeline.", "latest",
        Check.Matching("a tag: letters, digits, . _ -", "^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$"));

    internal override string Word => "ECR";

    internal override bool IsSource => true;

    internal override string Watches => $"the tag {Tag} of {Repository?.Ref?.Path.Text ?? Repository?.Text}";

    internal override string WatchField => "image_tag";

    internal override void Examine(ActionScope scope)
    {
        var build = scope.Pipeline.Build;
        if (Repository?.Ref is not { } reference || build.Index.Find<IImageRepository>(reference) is not { } repository
            || build.PlaceOf(reference.Path) is not { } environment)
        {
            return;
        }
        var place = repository.AccountName is { } own ? environment with { Account = build.AccountOf(own) } : environment;
        if (place != scope.Pipeline.Own.Place)
            DeployTargets.ReportPlace(scope, reference, place, scope.Pipeline.Own.Place);
    }

    internal override ActionDeclaration Declare(ActionScope scope) => Repository is not { } repository
        ? new("Source", "ECR")
        : new("Source", "ECR")
        {
            Configuration = new MapValue { ["RepositoryName"] = NameOf(repository), ["ImageTag"] = Tag },
            Rights = [PolicyDocument.Allow(Arn(repository), "ecr:DescribeImages")],
        };

    internal override void WriteInto(StackBuilder stack, ActionScope scope)
    {
        if (Repository is { } repository)
            new SourceEvents(scope, "aws.ecr").Start(stack, Pattern(repository), scope.Pipeline.Own.Place);
    }

    private static Value NameOf(RefOrText repository) =>
        repository.Ref is { } reference ? new InputValue(reference.Output("name")) : repository.Text!;

    private static Value Arn(RefOrText repository) => repository.Ref is { } reference
        ? new InputValue(reference.Output("arn"))
        : Fn.Sub($"arn:${{AWS::Partition}}:ecr:${{AWS::Region}}:${{AWS::AccountId}}:repository/{repository.Text}");

    private MapValue Pattern(RefOrText repository) => new()
    {
        ["source"] = Value.List("aws.ecr"),
        ["detail-type"] = Value.List("ECR Image Action"),
        ["detail"] = new MapValue
        {
            ["action-type"] = Value.List("PUSH"),
            ["result"] = Value.List("SUCCESS"),
            ["repository-name"] = Value.List(NameOf(repository)),
            ["image-tag"] = Value.List(Tag),
        },
    };
}
