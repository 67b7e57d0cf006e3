using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.CodeDeploy;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// The stack of a deployment, in the account of the servers: application, configuration and group of CodeDeploy; the role CodeDeploy takes
/// on; the one the pipeline takes on; and what the servers' own role may read.
/// </summary>
internal sealed class CodeDeployStack(CodeDeployAction action, ActionScope scope)
{
    private const string Application = "CodeDeployApplication";
    private const string Configuration = "CodeDeployConfiguration";
    private const string ServiceRole = "CodeDeployServiceRole";
    private const string ServicePolicy = "CodeDeployServicePolicy";
    private const string InstancePolicy = "CodeDeployTargetInstancePolicy";

    private readonly string _name = CodeDeployAction.NameOf(scope);
    private readonly string _group = CodeDeployAction.GroupOf(scope);
    private readonly StackBuilder _stack = scope.Stack(scope.Pipeline.Target, "CodeDeploy", "deployment");

    public NodeId Build()
    {
        _stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        scope.Pipeline.Build.Offers.Add($"{action.Path}.codedeploy_application_name", _name);
        var targets = action.Targets(scope);
        if (!action.IsEnabled || targets.Here.FirstOrDefault() is not { } servers || scope.Store is not { } store)
            return _stack.Id;
        var (group, key) = (_stack.Input("CodeDeployASGName", servers.Output("name")), _stack.Input("CMKArn", store.Key));
        _stack.Resource(Application, "AWS::CodeDeploy::Application", new MapValue
        {
            ["ApplicationName"] = _name,
            ["ComputePlatform"] = "Server",
        });
        AddConfiguration();
        AddServiceRole(group);
        AddInstancePolicy(targets.Known.FirstOrDefault(), store.Bucket, key);
        AddGroup(group);
        AddDelegate([.. Artifacts.Rights(store, key, writes: false)]);
        return _stack.Id;
    }

    private void AddConfiguration()
    {
        if (action.Settings.MinimumHealthy is { } minimum)
        {
            _stack.Resource(Configuration, "AWS::CodeDeploy::DeploymentConfig",
                new MapValue { ["MinimumHealthyHosts"] = minimum.ToValue() }, minimum.Location);
        }
    }

    private void AddServiceRole(Value group)
    {
        _stack.Resource(ServiceRole, "AWS::IAM::Role", new MapValue
        {
            ["Path"] = "/",
            ["RoleName"] = scope.RoleName("CodeDeploy-Service"),
            ["AssumeRolePolicyDocument"] = DeploymentRights.Trust($"{_name}/{_group}"),
        });
        _stack.Resource(ServicePolicy, "AWS::IAM::Policy", new MapValue
        {
            ["PolicyName"] = "CodeDeployService",
            ["Roles"] = Value.List(Fn.Ref(ServiceRole)),
            ["PolicyDocument"] = PolicyDocument.Of(DeploymentRights.OfService([group],
                action.Settings.TargetGroup is { } targets ? [TargetsOf(targets)] : [],
                action.Settings.ClassicLoadBalancer is { Length: > 0 } balancer ? [balancer] : [])),
        });
    }

    // The agent fetches and decrypts what is deployed, as the servers' own role.
    private void AddInstancePolicy(IDeployTarget? servers, KnownBucket bucket, Value key)
    {
        if (servers is null)
            return;
        _stack.Resource(InstancePolicy, "AWS::IAM::ManagedPolicy", new MapValue
        {
            ["Roles"] = Value.List(servers.RoleName),
            ["PolicyDocument"] = PolicyDocument.Of(
                PolicyDocument.Allow($"{bucket.Arn}/*", "s3:GetObject", "s3:GetObjectVersion"),
                PolicyDocument.Allow(key, "kms:Decrypt"),
                DeploymentRights.OfAgent()),
        });
    }

    // A group that goes takes its hook off the servers: what that needs is there before it, and after.
    private void AddGroup(Value group)
    {
        _stack.Add(new Resource("CodeDeployGroup", "AWS::CodeDeploy::DeploymentGroup", new MapValue
        {
            ["ApplicationName"] = Fn.Ref(Application),
            ["DeploymentGroupName"] = _group,
            ["ServiceRoleArn"] = Fn.GetAtt(ServiceRole, "Arn"),
            ["AutoScalingGroups"] = Value.List(group),
            ["DeploymentConfigName"] = action.Settings.MinimumHealthy is null ? DeploymentSettings.OneAtATime : Fn.Ref(Configuration),
        }.With(action.Settings.Properties(_stack, action, scope.Pipeline.Build, TargetsOf)))
        {
            DependsOn = [ServicePolicy],
            Source = action.Location,
        });
        _stack.Output("DeploymentGroupName", Fn.Ref("CodeDeployGroup"), $"{action.Path}.deployment_group.name");
    }

    private Value TargetsOf(Ref group) => _stack.Input("ALBTargetGroupName", group.Output("name"));

    private void AddDelegate(ImmutableArray<MapValue> artifacts)
    {
        var configuration = action.Settings.MinimumHealthy is null ? DeploymentSettings.OneAtATime : $"${{{Configuration}}}";
        _stack.Resource("ToolsDelegateRole", "AWS::IAM::Role", new MapValue
        {
            ["Path"] = "/",
            ["RoleName"] = CodeDeployAction.DelegateOf(scope),
            ["AssumeRolePolicyDocument"] = scope.Pipeline.TrustServiceRole(),
            ["Policies"] = Value.List(new MapValue
            {
                ["PolicyName"] = "CodeDeploy",
                ["PolicyDocument"] = PolicyDocument.Of(
                [
                    PolicyDocument.Allow(Arn($"deploymentgroup:{_name}/{_group}"), "codedeploy:CreateDeployment",
                        "codedeploy:GetDeployment"),
                    PolicyDocument.Allow(Arn($"application:{_name}"), "codedeploy:GetApplicationRevision",
                        "codedeploy:RegisterApplicationRevision"),
                    PolicyDocument.Allow(Arn($"deploymentconfig:{configuration}"), "codedeploy:GetDeploymentConfig"),
                    .. artifacts,
                ]),
            }),
        });
        _stack.Output("ToolsDelegateRoleArn", Fn.GetAtt("ToolsDelegateRole", "Arn"), $"{action.Path}.codedeploy_tools_delegate_role.arn");
    }

    private static Value Arn(string what) => Fn.Sub($"arn:${{AWS::Partition}}:codedeploy:${{AWS::Region}}:${{AWS::AccountId}}:{what}");
}
