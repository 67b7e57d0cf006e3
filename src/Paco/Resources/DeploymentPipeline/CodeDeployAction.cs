using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.CodeDeploy;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// What was built is put on the servers of an ASG, which is in the environment's account and region: what their agent fetches the servers'
/// own role has to be allowed to read.
/// </summary>
public sealed class CodeDeployAction(Fields f) : PipelineAction(f)
{
    public Ref? AutoScalingGroup { get; } = f.Ref("auto_scaling_group",
        "The servers, by their ASG. New servers of it get what was deployed last before they serve.", "ASG");

    /// <summary>How it deploys.</summary>
    public DeploymentSettings Settings { get; } = new(f);

    internal override string Word => "CodeDeploy";

    internal override string RegionOf(PipelineScope pipeline) => pipeline.Target.Place.Region;

    protected internal override void Rules(Fields f)
    {
        f.Obsolete("deploy_instance_role", "what the servers read they are allowed by the role of their ASG");
        Settings.Rules(f);
        if (AutoScalingGroup is null && !f.Has("auto_scaling_group"))
            f.Lacks("auto_scaling_group", "a deployment needs servers: an \"auto_scaling_group\"");
    }

    internal override IEnumerable<ArtifactUser> Users(ActionScope scope)
    {
        var place = scope.Pipeline.Target.Place;
        yield return new(place.Account, DelegateOf(scope), Writes: false) { Region = place.Region };
        foreach (var servers in Targets(scope).Known)
        {
            yield return new(place.Account, $"{servers.RolePath}{servers.RoleName}".TrimStart('/'), Writes: false)
            {
                Region = place.Region,
            };
        }
    }

    internal override void Examine(ActionScope scope) => Targets(scope).Check(Settings);

    internal override ActionDeclaration Declare(ActionScope scope) => new("Deploy", "CodeDeploy")
    {
        Configuration = new MapValue { ["ApplicationName"] = NameOf(scope), ["DeploymentGroupName"] = GroupOf(scope) },
        RoleArn = scope.Pipeline.RoleArn(scope.Pipeline.Target.Place.Account, DelegateOf(scope)),
        After = [new CodeDeployStack(this, scope).Build()],
    };

    /// <summary>The name of its application.</summary>
    internal static string NameOf(ActionScope scope) => scope.IsFirst
        ? scope.Pipeline.Names.Base
        : $"{scope.Pipeline.Names.Base}-{Names.Stack(scope.StackPart)}";

    internal static string GroupOf(ActionScope scope) => $"{NameOf(scope)}-Group";

    /// <summary>The name of the role that the pipeline takes on to deploy.</summary>
    internal static string DelegateOf(ActionScope scope) => scope.RoleName("CodeDeploy-Tools-Delegate");

    internal DeploymentTargets Targets(ActionScope scope) =>
        new(this, AutoScalingGroup is { } group ? [group] : [], scope.Pipeline.Target);
}
