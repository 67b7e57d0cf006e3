using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// Starts another pipeline and does not wait for it. Source: CodePipeline User Guide, "AWS CodePipeline invoke action reference": pipelines
/// of type V2 only, and codepipeline:StartPipelineExecution on the other one.
/// </summary>
public sealed class PipelineInvoke(Fields f) : PipelineAction(f)
{
    public Ref? Pipeline { get; } =
        f.Ref("pipeline", "The pipeline that is started, of the same account and region.", "DeploymentPipeline", required: true);

    internal override string Word => "PipelineInvoke";

    internal override void Examine(ActionScope scope)
    {
        if (Pipeline is not { } reference || Target(scope) is not { IsEnabled: true } target)
            return;
        if (target.PlaceIn(scope.Pipeline.Build) is { } place && place != scope.Pipeline.Own.Place)
            DeployTargets.ReportPlace(scope, reference, place, scope.Pipeline.Own.Place);
        if (Leads(scope, target, []))
        {
            scope.Pipeline.Build.Bag.Add(BindingCodes.BrokenRule, reference.Location,
                $"{scope.Pipeline.Pipeline.Name} would start itself again and again through {reference.Written}",
                "take one of the actions out that start the next pipeline", subject: Path);
        }
    }

    internal override ActionDeclaration Declare(ActionScope scope)
    {
        if (Pipeline is not { } reference || Target(scope) is not { } target)
            return new("Invoke", "CodePipeline");
        // Round a circle nobody waits; it is reported.
        var waits = !Leads(scope, target, []);
        return new("Invoke", "CodePipeline")
        {
            TakesNothing = true,
            Configuration = new MapValue { ["PipelineName"] = waits ? new InputValue(reference.Output("name")) : null },
            Rights = [Iam.PolicyDocument.Allow(new InputValue(reference.Output("arn")), "codepipeline:StartPipelineExecution")],
        };
    }

    private static DeploymentPipeline? Target(ActionScope scope) =>
        scope.Pipeline.Build.Index.Find<DeploymentPipeline>(((PipelineInvoke)scope.Action).Pipeline);

    // What a pipeline starts, and what that starts, comes back to the pipeline.
    private static bool Leads(ActionScope scope, DeploymentPipeline from, HashSet<string> seen) =>
        from == scope.Pipeline.Pipeline
        || (seen.Add(from.Path) && from.Running.SelectMany(s => s.Running).OfType<PipelineInvoke>()
            .Select(a => scope.Pipeline.Build.Index.Find<DeploymentPipeline>(a.Pipeline)).OfType<DeploymentPipeline>()
            .Any(next => Leads(scope, next, seen)));
}
