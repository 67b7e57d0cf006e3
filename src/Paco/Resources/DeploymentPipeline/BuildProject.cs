using Paco.CloudFormation;
using Paco.Monitoring;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// The stack of a project: the project, the roles it runs as, and the log group its builds print to. Switched off, only that one stays,
/// with what is in it.
/// </summary>
internal sealed class BuildProject(ActionScope scope, BuildAction build)
{
    private const string Id = "CodeBuildProject";
    private const string RoleId = "CodeBuildProjectRole";
    private const string PolicyId = "CodeBuildProjectPolicy";
    private const string BatchRoleId = "CodeBuildBuildBatchConfigServiceRole";
    private const string BatchPolicyId = "CodeBuildBuildBatchPolicy";
    private const string LogId = "CodeBuildLogGroup";
    private const string Service = "codebuild.amazonaws.com";
    private const string DaysOfLogs = "365";
    private const int MaxName = 150;

    private PipelineScope Pipeline => scope.Pipeline;

    /// <summary>The project's name.</summary>
    public string Name { get; } = scope.IsFirst ? scope.Pipeline.Names.Base : $"{scope.Pipeline.Names.Base}-{Names.Stack(scope.StackPart)}";

    public string RoleName { get; } = scope.RoleName("CodeBuild-Project");

    private string BatchRoleName => scope.RoleName("CodeBuild-BuildBatch-ServiceRole");

    /// <summary>CodeBuild made the group of the usual name by itself for who deployed with Paco 9; this one is the stack's.</summary>
    private string LogName => $"/aws/codebuild/{Name}/builds";

    public Value Arn => Fn.Concat($"arn:{Place.Partition.Name}:codebuild:{Place.Region}:",
        Pipeline.Build.AccountId(Place.Account), $":project/{Name}");

    private Clouds.Place Place => Pipeline.Own.Place;

    /// <summary>What follows <c>CodeBuildProjectPolicy</c> in the logical id of a policy: <c>my_extra</c> is <c>myExtra</c>.</summary>
    public static string IdOf(Policy policy) =>
        policy.PolicyName.Split('_', '-') is [var first, .. var rest] ? Names.LogicalId(first) + Names.Camel(rest) : "";

    public NodeId Build(bool isAlone)
    {
        var stack = scope.Stack(Pipeline.Own, "CodeBuild", "build");
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        WriteLog(stack);
        // Without a bucket there is no key either, which is reported.
        if (!build.IsEnabled || (!isAlone && Pipeline.Stores.IsEmpty))
            return stack.Id;
        Claim();
        Offer();
        var rights = new BuildRights(scope, build, stack, Name, Fn.GetAtt(LogId, "Arn"));
        WriteRole(stack, rights, isAlone);
        WriteProject(stack, rights, isAlone);
        return stack.Id;
    }

    private void WriteLog(StackBuilder stack)
    {
        var all = (Pipeline.Build.Index.Find(LoggingFile.Place) as LoggingFile)?.CloudWatch?.ExpireEventsAfterDays ?? "";
        var days = new[] { build.LogDays, all, DaysOfLogs }.First(text => text.Length > 0);
        stack.Resource(LogId, "AWS::Logs::LogGroup", new MapValue
        {
            ["LogGroupName"] = LogName, ["RetentionInDays"] = Value.Of(LogRetention.InDays(days)),
        });
        stack.Log(LogName);
    }

    private void WriteRole(StackBuilder stack, BuildRights rights, bool isAlone)
    {
        stack.Resource(RoleId, "AWS::IAM::Role", new MapValue
        {
            ["RoleName"] = RoleName,
            ["AssumeRolePolicyDocument"] = PolicyDocument.TrustService(Service, Arn),
            ["ManagedPolicyArns"] = Value.OfMany(build.GitUsers.DistinctBy(u => u.Path).Select(user =>
                stack.SharedInput($"CodeCommitUserPolicy{Names.Camel(user.Path.Last)}", user.Output("policy.arn")))),
        });
        AddPolicy(stack, PolicyId, RoleId, RoleName, PolicyDocument.Of(rights.All(isAlone)));
        foreach (var policy in build.RolePolicies.DistinctBy(IdOf))
        {
            AddPolicy(stack, $"{PolicyId}{IdOf(policy)}", RoleId, PolicyName($"CodeBuild-Project-{policy.PolicyName}"), policy.Document,
                policy.Location);
        }
        foreach (var (i, permission) in build.Repositories.Index())
        {
            AddPolicy(stack, $"{PolicyId}PacoEcr{i}", RoleId, PolicyName($"CodeBuild-Project-PacoEcr{i}"),
                PolicyDocument.Of(permission.Statements(stack)), permission.Location);
        }
        if (build.RunningBatch is null)
            return;
        stack.Resource(BatchRoleId, "AWS::IAM::Role", new MapValue
        {
            ["RoleName"] = BatchRoleName, ["AssumeRolePolicyDocument"] = PolicyDocument.TrustService(Service, Arn),
        });
        AddPolicy(stack, BatchPolicyId, BatchRoleId, PolicyName("CodeBuild-BatchPolicy"), PolicyDocument.Of(BuildRights.OfBatch(Arn)));
    }

    private string PolicyName(string what) => Pipeline.Names.Policy(scope.IsFirst ? what : $"{Names.Stack(scope.StackPart)}-{what}");

    private static void AddPolicy(StackBuilder stack, string id, string role, string name, MapValue document,
        Diagnostics.Location place = default) => stack.Resource(id, "AWS::IAM::Policy", new MapValue
    {
        ["PolicyName"] = name, ["Roles"] = Value.List(Fn.Ref(role)), ["PolicyDocument"] = document,
    }, place);

    private void WriteProject(StackBuilder stack, BuildRights rights, bool isAlone)
    {
        var key = isAlone ? null : stack.Input("CMKArn", Pipeline.Key);
        var github = isAlone ? build.GitHub : null;
        stack.Add(new Resource(Id, "AWS::CodeBuild::Project", new MapValue
        {
            ["Name"] = Name,
            ["Description"] = stack.Id.Name,
            ["ServiceRole"] = Fn.GetAtt(RoleId, "Arn"),
            ["Source"] = !isAlone ? Source("CODEPIPELINE")
                : github is null ? Source("NO_SOURCE") : github.ToValue(build.Buildspec.ToValue(), rights.ConnectionArn, rights.SecretArn),
            ["SourceVersion"] = Value.Of(github?.Branch),
            ["Triggers"] = github?.Triggers(),
            ["Artifacts"] = !isAlone ? new MapValue { ["Type"] = "CODEPIPELINE" }
                : build.Artifacts?.ToValue(Pipeline.Artifacts?.Name) ?? BuildArtifacts.None,
            ["EncryptionKey"] = key,
            ["Environment"] = build.Environment.ToValue(Variables(stack, rights, key)),
            ["TimeoutInMinutes"] = build.Environment.IsLambda ? null : build.Timeout,
            ["QueuedTimeoutInMinutes"] = Value.Of(build.QueuedTimeout),
            ["ConcurrentBuildLimit"] = build.ConcurrentBuilds > 0 ? build.ConcurrentBuilds : null,
            ["BuildBatchConfig"] = build.RunningBatch?.ToValue(Fn.GetAtt(BatchRoleId, "Arn")),
            ["VpcConfig"] = build.Network?.ToValue(stack, Pipeline.Target),
            ["LogsConfig"] = new MapValue
            {
                ["CloudWatchLogs"] = new MapValue { ["Status"] = "ENABLED", ["GroupName"] = Fn.Ref(LogId) },
            },
            ["Tags"] = Value.List(new MapValue { ["Key"] = "Name", ["Value"] = Name }),
        })
        { DependsOn = build.RunningBatch is null ? [PolicyId] : [PolicyId, BatchPolicyId] });
        // What it answers was offered before it was made, so that nobody waits.
        stack.Output("ProjectArn", Fn.GetAtt(Id, "Arn"), $"{build.Path}.project.arn");
    }

    private MapValue Source(string type) => new() { ["Type"] = type, ["BuildSpec"] = build.Buildspec.ToValue() };

    private IEnumerable<Value> Variables(StackBuilder stack, BuildRights rights, Value? key)
    {
        if (build.DeploymentEnvironment.Length > 0)
            yield return Variable(BuildRules.EnvironmentVariable, build.DeploymentEnvironment);
        if (key is not null)
            yield return Variable(BuildRules.KeyVariable, key);
        if (Pipeline.Artifacts is { } bucket)
            yield return Variable(BuildRules.BucketVariable, bucket.Name);
        foreach (var variable in build.Variables.Where(v => v.Variable.Length > 0))
            yield return variable.ToValue(stack, rights.SecretArn);
    }

    private static MapValue Variable(string name, Value value) => new() { ["Name"] = name, ["Value"] = value };

    // Whoever only names the project or its role waits for nothing.
    private void Offer()
    {
        var account = Place.Account;
        var relative = new Syntax.ObjectPath(Pipeline.Pipeline.Path).Rest(build.Path);
        Pipeline.Offer($"{relative}.project.arn", $"codebuild:{Place.Region}", account, $"project/{Name}");
        Pipeline.Offer($"{relative}.project_role.arn", "iam:", account, $"role/{RoleName}");
        Pipeline.Offer($"{relative}.log_group.arn", $"logs:{Place.Region}", account, $"log-group:{LogName}:*");
        Pipeline.Build.Offers.Add($"{build.Path}.project.name", Name);
    }

    private void Claim()
    {
        if (Name.Length > MaxName)
        {
            Pipeline.Build.Bag.Add(StackCodes.NameTooLong, build.Location,
                $"the project would be called {Name}: {Name.Length} characters; AWS allows {MaxName}",
                "shorten the names of action, stage or pipeline", subject: build.Path);
        }
        // What has another's name in whole has its roles' names as well.
        if (!Claim("build projects", Place.ToString(), Name))
            return;
        Claim("roles", Place.Account, RoleName);
        if (build.RunningBatch is not null)
            Claim("roles", Place.Account, BatchRoleName);
    }

    private bool Claim(string what, string where, string name)
    {
        if (Pipeline.Build.Claim($"{what} {where} {name}", build.Path) is not { } other)
            return true;
        Pipeline.Build.Bag.Add(StackCodes.NameTaken, build.Location,
            $"two {what} of {where} would be called {name}: this one and that of {other}", "rename one of the two", subject: build.Path);
        return false;
    }
}
