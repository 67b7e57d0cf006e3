using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Global.Iam;

/// <summary>What a role of a pipeline's account may do with it. Whoever may do anything may look at it first.</summary>
internal static class PipelineTemplate
{
    private static readonly string[] Reading =
    [
        "codepipeline:GetPipeline", "codepipeline:GetPipelineExecution", "codepipeline:GetPipelineState",
        "codepipeline:ListActionExecutions", "codepipeline:ListPipelineExecutions", "codepipeline:ListTagsForResource",
    ];

    public static void Write(BuildContext build, StackBuilder stack, ImmutableArray<PipelineAccess> wanted, ProjectAccount account)
    {
        var here = (from access in wanted
                    let pipeline = build.Index.Find<IPipeline>(access.Pipeline)
                    where pipeline is not null && account.Names.Contains(AccountOf(build, access, pipeline) ?? "")
                    select new Wanted(access, pipeline)).ToList();
        if (here.Count == 0)
            return;
        DelegateTemplate.AddPolicy(stack, "CodePipelineReadPolicy",
        [
            PolicyDocument.Allow("*", "codepipeline:ListPipelines"),
            PolicyDocument.AllowMany(here.Select(Arn), Reading),
        ]);
        ImmutableArray<IBuildProject> builds = [.. here.SelectMany(w => w.Pipeline.Builds).Distinct()];
        if (!builds.IsEmpty)
            DelegateTemplate.AddPolicy(stack, "DeploymentPipelineCodeBuildPolicy", BuildPermissions.Look(builds));
        Add(stack, "CodePipelineRetryStagesPolicy", here, PipelineAccess.Retry, p => p.StageNames, "codepipeline:RetryStageExecution");
        Add(stack, "CodePipelineManualApproval", here, PipelineAccess.Approve, p => p.ApprovalNames, "codepipeline:PutApprovalResult");
        Add(stack, "CodePipelineStartPolicy", here, PipelineAccess.Start, _ => [""], "codepipeline:StartPipelineExecution",
            "codepipeline:StopPipelineExecution");
    }

    // Parts of a pipeline are behind a stroke in its ARN; nothing stands for the whole.
    private static void Add(StackBuilder stack, string policy, List<Wanted> all, string word, Func<IPipeline, IEnumerable<string>> parts,
        params ImmutableArray<string> actions)
    {
        var resources = (from w in all
                         where w.Access.Allows(word)
                         from part in parts(w.Pipeline)
                         select part.Length == 0 ? Arn(w) : Fn.Concat(Arn(w), $"/{part}")).ToList();
        if (resources.Count > 0)
            DelegateTemplate.AddPolicy(stack, policy, [PolicyDocument.AllowMany(resources, actions)]);
    }

    private static Value Arn(Wanted wanted) => new InputValue(wanted.Pipeline.Arn);

    private static string? AccountOf(BuildContext build, PipelineAccess access, IPipeline pipeline) =>
        pipeline.AccountName is { } own ? build.AccountOf(own) : build.PlaceOf(access.Pipeline!.Path)?.Account;

    private sealed record Wanted(PipelineAccess Access, IPipeline Pipeline);
}
