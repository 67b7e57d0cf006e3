using System.Collections.Frozen;
using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>The types of actions by the words written as <c>type:</c>.</summary>
internal static class PipelineActions
{
    private const string NeverBuilt = "Paco.CreateThenDeployImage";

    private static readonly FrozenDictionary<string, Func<Fields, PipelineAction>> ByType =
        new Dictionary<string, Func<Fields, PipelineAction>>
        {
            ["BitBucket.Source"] = f => new BitBucketSource(f),
            ["CodeBuild.Build"] = f => new BuildAction(f),
            ["CodeCommit.Source"] = f => new CodeCommitSource(f),
            ["CodeDeploy.Deploy"] = f => new CodeDeployAction(f),
            ["ECR.Source"] = f => new EcrSource(f),
            ["ECS.Deploy"] = f => new EcsDeploy(f),
            ["GitHub.Source"] = f => new GitHubSource(f),
            ["GitLab.Source"] = f => new GitLabSource(f),
            ["Lambda.Invoke"] = f => new LambdaInvoke(f),
            ["ManualApproval"] = f => new ManualApproval(f),
            // What the starter of Paco 9 wrote, switched off; Paco 9 did not know it.
            ["ManualApproval.Deploy"] = f => new ManualApproval(f),
            ["Pipeline.Invoke"] = f => new PipelineInvoke(f),
            ["S3.Deploy"] = f => new S3Deploy(f),
        }.ToFrozenDictionary();

    private static readonly string[] Words = [.. ByType.Keys.Order(StringComparer.Ordinal)];

    public static PipelineAction Bind(Fields f) =>
        f.OneOf<PipelineAction>("type", Words, word => ByType.GetValueOrDefault(word ?? "", x => new UnknownAction(x)));

    /// <summary>An action of a type there is not: a mistake, unless it is switched off.</summary>
    private sealed class UnknownAction : PipelineAction
    {
        public UnknownAction(Fields f)
            : base(f) => f.IgnoreRest();

        public override Knowledge Knowledge => Knowledge.Unknown;

        internal override string Word => "";

        protected internal override void Rules(Fields f)
        {
            if (!IsEnabled || Type.Length == 0)
                return;
            f.Report(BindingCodes.BadValue, f.Place("type"),
                Type == NeverBuilt ? $"an action {NeverBuilt} loaded in Paco 9 and was never built" : $"there is no action of type {Type}",
                Spelling.DidYouMean(Type, Words) ?? $"one of {string.Join(", ", Words)}");
        }

        internal override ActionDeclaration Declare(ActionScope scope) => new("", "");
    }
}
