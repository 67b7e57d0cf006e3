using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Global.Iam;

/// <summary>What a user may do with projects of CodeBuild, in the account they are in.</summary>
internal static class BuildPermissions
{
    private const string ReadWrite = "ReadWrite";

    private static readonly string[] Listing = ["codebuild:ListBuilds", "codebuild:ListProjects"];

    private static readonly string[] Reading =
    [
        "codebuild:BatchGetBuildBatches", "codebuild:BatchGetBuilds", "codebuild:BatchGetProjects",
        "codebuild:ListBuildBatchesForProject", "codebuild:ListBuildsForProject",
    ];

    // What starts and ends builds; not what makes, changes or deletes projects.
    private static readonly string[] Running =
    [
        "codebuild:RetryBuild", "codebuild:RetryBuildBatch", "codebuild:StartBuild", "codebuild:StartBuildBatch", "codebuild:StopBuild",
        "codebuild:StopBuildBatch",
    ];

    private static readonly string[] Metrics = ["cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics"];

    private static readonly string[] Logs = ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"];

    public static void Write(BuildContext build, StackBuilder stack, CodeBuildPermission permission, ProjectAccount account)
    {
        var here = (from wanted in permission.Resources
                    let project = build.Index.Find<IBuildProject>(wanted.Resource)
                    where project?.AccountOf(build.Index) is { } name && account.Names.Contains(name)
                    select (Project: project, Runs: wanted.Permission == ReadWrite)).ToList();
        if (here.Count == 0)
            return;
        var all = Look([.. here.Select(h => h.Project)]).ToList();
        var running = here.Where(h => h.Runs).Select(h => new InputValue(h.Project.ProjectArn)).ToList();
        if (running.Count > 0)
            all.Add(PolicyDocument.AllowMany(running, Running));
        DelegateTemplate.AddPolicy(stack, "CodeBuildCodeBuildPolicy", all);
    }

    /// <summary>What somebody needs who looks at builds and reads what they print.</summary>
    public static IEnumerable<MapValue> Look(ImmutableArray<IBuildProject> projects) =>
    [
        PolicyDocument.Allow("*", [.. Listing, .. Metrics]),
        PolicyDocument.AllowMany(projects.Select(p => new InputValue(p.ProjectArn)), Reading),
        PolicyDocument.AllowMany(projects.Select(p => new InputValue(p.LogGroupArn)), Logs),
    ];
}
