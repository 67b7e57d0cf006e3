using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.CodeDeploy;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.CodeDeployApplication;

/// <summary>
/// The stack of the role that CodeDeploy takes on, and that of the application. What the role may do is in the latter: a group that goes
/// takes its hook off the servers, and needs the right to do that until it is gone.
/// </summary>
internal sealed class CodeDeployApplicationStacks(CodeDeployApplication application, BuildScope scope)
{
    private const string RoleName = "CodeDeployServiceRole";
    private const string ServicePolicy = "CodeDeployServicePolicy";

    private readonly IamRole _role = new()
    {
        Ref = $"{application.Path}.{RoleName}",
        Resource = application.Name,
        Name = RoleName,
        Location = application.Location,
        Trust = DeploymentRights.Trust("*"),
    };

    public void Build()
    {
        _role.Build(scope, application);
        var stack = scope.Stack(application, "CodeDeployApplication");
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        stack.Resource("CodeDeployApplication", "AWS::CodeDeploy::Application", new MapValue
        {
            ["ComputePlatform"] = application.ComputePlatform,
        });
        stack.Output("CodeDeployApplicationName", Fn.Ref("CodeDeployApplication"), $"{application.Path}.name");
        if (!application.Active.Any())
            return;
        var role = stack.Input("ServiceRoleArn", new Ref($"{_role.Ref}.arn", $"{_role.Ref}.arn", application.Location));
        AddPolicy(stack, ServicePolicy, "CodeDeployService", _role.RoleName, ServiceRights(stack));
        foreach (var group in application.Active)
            Add(stack, group, role);
    }

    private IEnumerable<MapValue> ServiceRights(StackBuilder stack)
    {
        var groups = application.Active.ToList();
        var balancers = groups.Select(g => g.Settings.ClassicLoadBalancer).Where(b => b.Length > 0).Distinct();
        return DeploymentRights.OfService(
            [.. groups.SelectMany(g => g.Targets(scope).Here).DistinctBy(g => g.Path).Select(g => ServersOf(stack, g))],
            [.. groups.Select(g => g.Settings.TargetGroup).OfType<Ref>().DistinctBy(t => t.Path).Select(t => TargetsOf(stack, t))],
            [.. balancers.Select(b => (Value)b)]);
    }

    private static Value ServersOf(StackBuilder stack, Ref group) => stack.Input($"ASGName{Names.Md5(group.Text)}", group.Output("name"));

    private static Value TargetsOf(StackBuilder stack, Ref group) =>
        stack.Input($"TargetGroupName{Names.Md5(group.Text)}", group.Output("name"));

    private void Add(StackBuilder stack, DeploymentGroup group, Value role)
    {
        var targets = group.Targets(scope);
        targets.Check(group.Settings);
        var name = Names.LogicalId(group.Name);
        var bucket = scope.Build.Buckets.Find(group.Revision?.Bucket);
        if (bucket is not null)
            stack.After.Add(bucket.Policy);
        stack.Add(new Resource($"DeploymentGroup{name}", "AWS::CodeDeploy::DeploymentGroup", new MapValue
        {
            ["ApplicationName"] = Fn.Ref("CodeDeployApplication"),
            ["ServiceRoleArn"] = role,
            ["AutoScalingGroups"] = Value.OfMany(targets.Here.Select(g => ServersOf(stack, g))),
            ["DeploymentConfigName"] = Configuration(stack, group, name),
            ["Deployment"] = group.Revision is { } revision && bucket is not null ? Deployment(group, revision, bucket) : null,
        }.With(group.Settings.Properties(stack, group, scope.Build, t => TargetsOf(stack, t))))
        {
            DependsOn = [ServicePolicy, .. AddRolePolicies(stack, group), .. AddInstancePolicy(stack, group, targets.Known, bucket)],
            Source = group.Location,
        });
        stack.Output($"DeploymentGroupName{name}", Fn.Ref($"DeploymentGroup{name}"), $"{group.Path}.name");
    }

    private static Value Configuration(StackBuilder stack, DeploymentGroup group, string name)
    {
        if (group.Settings.MinimumHealthy is not { } minimum)
            return DeploymentSettings.OneAtATime;
        var id = $"DeploymentConfiguration{name}";
        stack.Resource(id, "AWS::CodeDeploy::DeploymentConfig", new MapValue { ["MinimumHealthyHosts"] = minimum.ToValue() },
            minimum.Location);
        return Fn.Ref(id);
    }

    private static MapValue Deployment(DeploymentGroup group, Revision revision, KnownBucket bucket) => new()
    {
        ["Description"] = group.Title.Length > 0 ? group.Title : group.Name,
        ["IgnoreApplicationStopFailures"] = Value.Of(group.IgnoreApplicationStopFailures),
        ["Revision"] = revision.ToValue(bucket),
    };

    private IEnumerable<string> AddRolePolicies(StackBuilder stack, DeploymentGroup group) =>
    [
        .. group.RolePolicies.DistinctBy(p => Names.Camel(p.PolicyName)).Select(p => AddPolicy(stack,
            $"CodeDeployPolicy{Names.Camel(group.Name, p.PolicyName)}", Names.Stack(group.Name, p.PolicyName), _role.RoleName,
            p.Statements.Select(s => s.ToValue()))),
    ];

    // The servers fetch what is deployed, and not CodeDeploy. Their role may be that of several deployments, each with a policy of its own.
    private static IEnumerable<string> AddInstancePolicy(StackBuilder stack, DeploymentGroup group, ImmutableArray<IDeployTarget> servers,
        KnownBucket? bucket) => group.Revision is not { } revision || bucket is null || servers.IsEmpty
            ? []
            :
            [
                AddPolicy(stack, $"CodeDeployTargetInstancePolicy{Names.LogicalId(group.Name)}",
                    Names.Stack("CodeDeploy", group.Name, Names.ShortHash(group.Path)), servers.Select(s => s.RoleName).Distinct(),
                    [PolicyDocument.Allow(revision.ArnIn(bucket), Revision.Read), DeploymentRights.OfAgent()]),
            ];

    private static string AddPolicy(StackBuilder stack, string id, string name, string role, IEnumerable<MapValue> statements) =>
        AddPolicy(stack, id, name, [role], statements);

    private static string AddPolicy(StackBuilder stack, string id, string name, IEnumerable<string> roles,
        IEnumerable<MapValue> statements)
    {
        stack.Resource(id, "AWS::IAM::Policy", new MapValue
        {
            ["PolicyName"] = name,
            ["Roles"] = Value.OfMany(roles),
            ["PolicyDocument"] = PolicyDocument.Of(statements),
        });
        return id;
    }
}
