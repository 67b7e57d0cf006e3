using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// What a project's role may do: as much as its builds need to begin, to print, and to hand on what they make. What its commands do besides
/// the project says. Source: CodeBuild User Guide, "Allow CodeBuild to interact with other AWS services".
/// </summary>
internal sealed class BuildRights(ActionScope scope, BuildAction build, StackBuilder stack, string projectName, Value logArn)
{
    private static readonly string[] Reporting =
    [
        "codebuild:BatchPutCodeCoverages", "codebuild:BatchPutTestCases", "codebuild:CreateReport", "codebuild:CreateReportGroup",
        "codebuild:UpdateReport",
    ];

    /// <summary>
    /// The ARN of the connection that its source is reached by, as a parameter of the stack: it is there once a person has agreed.
    /// </summary>
    public Value? ConnectionArn { get; } =
        build.GitHub?.Connection is { } connection && scope.Pipeline.Pipeline.Configuration.DisableCodePipeline
            ? stack.Input("ConnectionArn", connection.Build(scope.Pipeline.Own, build, "GitHub"))
            : null;

    public IEnumerable<MapValue> All(bool isAlone) =>
    [
        .. isAlone ? Alone() : Artifacts.Rights(scope.Pipeline, stack.Input("CMKArn", scope.Pipeline.Key), writes: true),
        PolicyDocument.Allow(logArn, "logs:CreateLogStream", "logs:PutLogEvents"),
        .. Secrets(),
        .. isAlone ? [] : scope.Before.SelectMany(source => source.Action.CloneRights(source)),
        .. Reports(),
        .. Specification(),
        .. build.Network?.Rights(stack, scope.Pipeline.Target) ?? [],
    ];

    /// <summary>What the role of its batches may do, which starts the builds of one.</summary>
    public static MapValue OfBatch(Value projectArn) =>
        PolicyDocument.Allow(projectArn, "codebuild:RetryBuild", "codebuild:StartBuild", "codebuild:StopBuild");

    /// <summary>The ARN of a secret as a parameter of the stack.</summary>
    public Value SecretArn(Ref secret) => stack.Input($"SecretsArn{Names.Md5(secret.Text)}", secret.Output("arn"));

    private IEnumerable<MapValue> Alone()
    {
        if (build.Artifacts is { AreKept: true } && scope.Pipeline.Artifacts is { } bucket)
        {
            yield return PolicyDocument.Allow($"{bucket.Arn}/*", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject");
            // CodeBuild looks whose bucket it is before it writes there.
            yield return PolicyDocument.Allow(bucket.Arn, "s3:GetBucketAcl", "s3:GetBucketLocation");
        }
        if (ConnectionArn is { } connection)
            yield return GitHubBuildSource.MayConnect(connection);
    }

    private IEnumerable<MapValue> Secrets()
    {
        var secrets = build.AllSecrets.DistinctBy(s => s.Path).Select(SecretArn).ToList();
        if (secrets.Count > 0)
            yield return PolicyDocument.AllowMany(secrets, "secretsmanager:GetSecretValue");
        var parameters = build.Variables.Select(v => v.Parameter).OfType<string>().Distinct()
            .Select(name => Arn("ssm", $"parameter/{name.TrimStart('/')}")).ToList();
        if (parameters.Count > 0)
            yield return PolicyDocument.AllowMany(parameters, "ssm:GetParameters");
    }

    private IEnumerable<MapValue> Specification()
    {
        if (build.Buildspec.Object is { } file)
            yield return PolicyDocument.Allow(file, "s3:GetObject", "s3:GetObjectVersion");
    }

    // Builds make the groups, called by the project and what the specification calls them.
    private IEnumerable<MapValue> Reports()
    {
        var groups = build.ReportGroups.Concat(build.Buildspec.ReportGroups).Distinct()
            .Select(name => Arn("codebuild", $"report-group/{projectName}-{name}")).ToList();
        if (groups.Count > 0)
            yield return PolicyDocument.AllowMany(groups, Reporting);
    }

    private static Value Arn(string service, string resource) =>
        Fn.Sub($"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}");
}
