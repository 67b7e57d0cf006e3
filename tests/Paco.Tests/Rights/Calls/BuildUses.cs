using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Calls;

/// <summary>What a build does: the action that starts it, and the project itself.</summary>
internal sealed class BuildUses(PipelineUses uses)
{
    // arn:partition:secretsmanager:region:account:secret:name
    private const int SecretArnParts = 7;

    public IEnumerable<Use> Of(PipelineAction action, Use use)
    {
        var project = uses.Find("AWS::CodeBuild::Project", action.Account, action["ProjectName"])
            ?? throw new InvalidOperationException($"{action.Name} builds with {action["ProjectName"]}, which nothing makes");
        var isBatch = action["BatchEnabled"] == "true";
        yield return (use with { Who = "build action" }).With("project", new Target(project.Arn))
            .If(isBatch, "batch").If(!isBatch, "single");
        foreach (var own in OfProject(project, action, isBatch))
            yield return own;
    }

    private static IEnumerable<Use> OfProject(DeployedResource project, PipelineAction action, bool isBatch)
    {
        var role = project["ServiceRole"]!;
        var logs = $"arn:aws:logs:{project.Region}:{project.Account}:log-group:{LogGroup(project)}";
        foreach (var trust in PipelineUses.Assumed("CodeBuild", "codebuild", role, project.Name, project.Arn, null))
            yield return trust;
        yield return PipelineUses.WithArtifacts(new Use("build", new Caller.Role(role), project.Name), action)
            .With("log group", new Target($"{logs}:log-stream:", $"{logs}*"))
            .With("log streams", new Target($"{logs}:log-stream:1", $"{logs}*"))
            .With("report groups", Reports(project))
            .With("interfaces", Interfaces(project))
            .With("secrets", Variables(project, "SECRETS_MANAGER").Select(SecretOf))
            .With("parameters", Variables(project, "PARAMETER_STORE").Select(p =>
                new Target($"arn:aws:ssm:{project.Region}:{project.Account}:parameter/{p.TrimStart('/')}")))
            .With("repository", Cloned(action, "Source CodeCommit").Select(s => new Target(s.Arn("codecommit", s["RepositoryName"]!))))
            .With("connection", Cloned(action, "Source CodeStarSourceConnection").Select(ActionUses.Connection))
            .With("images", new Target($"arn:aws:ecr:{project.Region}:{project.Account}:repository/any", "arn:aws:ecr:*:*:repository/*"))
            .If(project.Properties["VpcConfig"] is not null, "VPC")
            .If(action.HasInput, "input")
            .If(action.HasOutput, "output");
        if (isBatch && project.At("BuildBatchConfig", "ServiceRole") is { } batch)
        {
            yield return new Use("batch", new Caller.Role(Pipeline.Text(batch)!), project.Name).With("project", new Target(project.Arn));
            foreach (var trust in PipelineUses.Assumed("CodeBuild", "codebuild", Pipeline.Text(batch)!, project.Name, project.Arn, null))
                yield return trust;
        }
    }

    private static string LogGroup(DeployedResource project) =>
        Pipeline.Text(project.At("LogsConfig", "CloudWatchLogs", "GroupName")) ?? $"/aws/codebuild/{project.Name}";

    private static Target Reports(DeployedResource project)
    {
        var groups = $"arn:aws:codebuild:{project.Region}:{project.Account}:report-group/{project.Name}-";
        return new Target($"{groups}tests", $"{groups}*");
    }

    private static IEnumerable<Target> Interfaces(DeployedResource project) =>
        from subnet in PolicyStatement.Texts(project.At("VpcConfig", "Subnets"))
        let place = $"arn:aws:ec2:{project.Region}:{project.Account}"
        select new Target($"{place}:network-interface/eni-1", $"{place}:network-interface/*")
        {
            Context = Context.Empty.With("ec2:AuthorizedService", "codebuild.amazonaws.com").With("ec2:Subnet", $"{place}:subnet/{subnet}"),
        };

    // The ARN, and behind it perhaps a key of the secret's object.
    private static Target SecretOf(string variable)
    {
        var arn = string.Join(':', variable.Split(':').Take(SecretArnParts));
        return new Target(arn, $"{arn}*");
    }

    private static IEnumerable<string> Variables(DeployedResource project, string type) =>
        from variable in PolicyStatement.Maps(project.At("Environment", "EnvironmentVariables"))
        where Pipeline.Text(variable["Type"]) == type
        select Pipeline.Text(variable["Value"])!;

    // Sources that hand on no archive but what to clone.
    private static IEnumerable<PipelineAction> Cloned(PipelineAction action, string kind) =>
        action.Pipeline.Actions.Where(source => source.Kind == kind && source["OutputArtifactFormat"] == "CODEBUILD_CLONE_REF");
}
