using Paco.CloudFormation;
using Paco.Resources.Iam;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// The key that artifacts are encrypted with: AWS's own keys cannot be shared with another account. Its own account decides by the policies
/// of its roles; in others it lets in exactly the roles that need it.
/// </summary>
internal static class PipelineKey
{
    public static void Build(PipelineScope pipeline)
    {
        var stack = pipeline.Own.Stack(pipeline.Pipeline, "KMS", "key", path: $"{pipeline.Pipeline.Path}.kms");
        if (!pipeline.Pipeline.IsEnabled)
            return;
        stack.Resource("CMK", "AWS::KMS::Key", new MapValue
        {
            ["Description"] = $"Artifacts of the pipeline {pipeline.Names.Base}",
            ["EnableKeyRotation"] = true,
            ["KeyPolicy"] = PolicyDocument.Of([Owner(pipeline), .. Artifacts.KeyStatements(pipeline)]),
        });
        stack.Output("CMKArn", Fn.GetAtt("CMK", "Arn"), $"{pipeline.Pipeline.Path}.kms.arn");
        stack.Output("CMKId", Fn.Ref("CMK"), $"{pipeline.Pipeline.Path}.kms.id");
    }

    private static MapValue Owner(PipelineScope pipeline) => new()
    {
        ["Sid"] = "OwnAccount",
        ["Effect"] = "Allow",
        ["Principal"] = new MapValue { ["AWS"] = pipeline.AccountRoot(pipeline.Own.Place.Account) },
        ["Action"] = "kms:*",
        ["Resource"] = "*",
    };
}
