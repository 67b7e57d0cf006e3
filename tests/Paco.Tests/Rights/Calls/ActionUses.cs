using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Calls;

/// <summary>What the actions of a pipeline do, by their kind, and what they start.</summary>
internal sealed class ActionUses(DeployedPolicies deployed, PipelineUses uses)
{
    public IEnumerable<Use> Of(PipelineAction action)
    {
        var use = PipelineUses.WithArtifacts(new Use("", new Caller.Role(action.Role), action.Name), action);
        // A build handles its artifacts itself.
        if (!action.Kind.EndsWith(" CodeBuild", StringComparison.Ordinal))
            yield return (use with { Who = "any action" }).If(action.HasInput, "input").If(action.HasOutput, "output");
        foreach (var more in OfKind(action, use))
            yield return more;
    }

    private IEnumerable<Use> OfKind(PipelineAction a, Use use) => a.Kind switch
    {
        "Source CodeCommit" =>
        [
            (use with { Who = "CodeCommit source" }).With("repository", new Target(a.Arn("codecommit", a["RepositoryName"]!)))
                .If(a.Account != a.Pipeline.Resource.Account, "elsewhere")
                .If(a["OutputArtifactFormat"] == "CODEBUILD_CLONE_REF", "clone"),
        ],
        "Source CodeStarSourceConnection" => [(use with { Who = "connection source" }).With("connection", Connection(a))],
        "Source ECR" =>
            [(use with { Who = "ECR source" }).With("image repository", new Target(a.Arn("ecr", $"repository/{a["RepositoryName"]}")))],
        "Source S3" => [(use with { Who = "S3 source" }).With("source bucket", new Target($"arn:aws:s3:::{a["S3Bucket"]}"))
            .With("source object", new Target($"arn:aws:s3:::{a["S3Bucket"]}/{a["S3ObjectKey"]}"))],
        "Build CodeBuild" or "Test CodeBuild" => new BuildUses(uses).Of(a, use),
        "Approval Manual" => [Approval(a, use)],
        "Deploy CodeDeploy" => new DeploymentUses(deployed, uses).Of(a, use),
        "Deploy S3" => [S3(a, use)],
        "Deploy ECS" => [Ecs(a, use)],
        "Invoke Lambda" => Lambda(a, use),
        "Invoke CodePipeline" =>
            [(use with { Who = "pipeline action" }).With("other pipeline", new Target(a.Arn("codepipeline", a["PipelineName"]!)))],
        var kind => throw new NotSupportedException($"the table of calls knows no action \"{kind}\" yet"),
    };

    /// <summary>A connection as it is used for one repository.</summary>
    public static Target Connection(PipelineAction source) => new(source["ConnectionArn"]!)
    {
        Context = Context.Empty.With("codeconnections:FullRepositoryId", source["FullRepositoryId"])
            .With("codestar-connections:FullRepositoryId", source["FullRepositoryId"]),
    };

    private Use Approval(PipelineAction a, Use use)
    {
        var topic = a["NotificationArn"];
        var key = PipelineUses.KeyOf(uses.Find("AWS::SNS::Topic", a.Account, topic));
        return (use with { Who = "approval" })
            .With("topic", topic is null ? [] : [new Target(topic)])
            .With("topic key", key is null ? [] : [new Target(key)]);
    }

    private Use S3(PipelineAction a, Use use)
    {
        var bucket = deployed.Resources.FirstOrDefault(r => r.Type == "AWS::S3::Bucket" && r.Name == a["BucketName"]);
        var (key, arn) = (PipelineUses.KeyOf(bucket), $"arn:aws:s3:::{a["BucketName"]}");
        return (use with { Who = "S3 deployment" })
            .With("target bucket", new Target(arn))
            .With("target objects", new Target($"{arn}/{a["ObjectKey"]}index.html", $"{arn}/*"))
            .With("target key", key is null ? [] : [new Target(key)])
            .If(a["CannedACL"] is not null, "with an ACL");
    }

    private Use Ecs(PipelineAction a, Use use)
    {
        var (cluster, service) = (a["ClusterName"]!.Split('/')[^1], a["ServiceName"]!.Split('/')[^1]);
        return (use with { Who = "ECS deployment" })
            .With("service", new Target(a.Arn("ecs", $"service/{cluster}/{service}")))
            .With("roles of tasks", TaskRoles(a).Select(role => new Target(role)
            {
                Context = Context.Empty.With("iam:PassedToService", "ecs-tasks.amazonaws.com"),
            }));
    }

    private IEnumerable<string> TaskRoles(PipelineAction a) =>
        from task in deployed.OfType("AWS::ECS::TaskDefinition", a.Account)
        from role in new[] { task["TaskRoleArn"], task["ExecutionRoleArn"] }
        where role is not null
        select role;

    private IEnumerable<Use> Lambda(PipelineAction a, Use use)
    {
        var name = a["FunctionName"]!.Split(':')[^1];
        yield return (use with { Who = "Lambda action" }).With("function", new Target(a.Arn("lambda", $"function:{name}")));
        if (uses.Find("AWS::Lambda::Function", a.Account, name)?["Role"] is { } role)
            yield return new Use("function", new Caller.Role(role), a.Name);
    }
}
