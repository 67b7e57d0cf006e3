using Paco.Binding;
using Paco.CloudFormation;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>Calls a function, which tells the pipeline itself whether to go on.</summary>
public sealed class LambdaInvoke(Fields f) : PipelineAction(f)
{
    private const int LongestParameters = 1000;

    public Ref? Target { get; } = f.Ref("target_lambda",
        "The function, in the pipeline's account and region. Its role needs codepipeline:PutJobSuccessResult and PutJobFailureResult.",
        "Lambda", required: true);

    public string UserParameters { get; } =
        f.Text("user_parameters", "Text that it gets with the call.", "", Check.Length(0, LongestParameters));

    internal override string Word => "LambdaInvoke";

    internal override void Examine(ActionScope scope)
    {
        if (Target is { } target)
            DeployTargets.CheckPlace(scope, target, scope.Pipeline.Own.Place);
    }

    internal override ActionDeclaration Declare(ActionScope scope) => new("Invoke", "Lambda")
    {
        TakesNothing = true,
        Configuration = new MapValue
        {
            ["FunctionName"] = Target is { } function ? new InputValue(function.Output("name")) : null,
            ["UserParameters"] = UserParameters.Length > 0 ? (Value)UserParameters : null,
        },
        Rights = Target is { } target ? [Iam.PolicyDocument.Allow(new InputValue(target.Output("arn")), "lambda:InvokeFunction")] : [],
    };
}
