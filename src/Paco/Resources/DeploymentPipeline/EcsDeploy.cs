using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// Lets a service of ECS run other images: those that <c>imagedefinitions.json</c> names, which a build wrote. A role of the environment's
/// account does that.
/// </summary>
public sealed class EcsDeploy(Fields f) : PipelineAction(f)
{
    public Ref? Cluster { get; } = f.Ref("cluster", "The cluster.", "ECSCluster", required: true);

    public Ref? Service { get; } = f.Ref("service", "The service of the cluster: one of an ECSServices.", required: true);

    internal override string Word => "ECS";

    internal override void Examine(ActionScope scope)
    {
        foreach (var target in new[] { Cluster, Service }.OfType<Ref>())
            DeployTargets.CheckApplication(scope, target);
        if (Cluster is { } cluster)
            DeployTargets.CheckPlace(scope, cluster, scope.Pipeline.Target.Place);
        if (scope.Before is [.., { Action: EcrSource }])
        {
            scope.Pipeline.Build.Bag.Add(BindingCodes.BrokenRule, Location,
                $"{Name} needs a file imagedefinitions.json, and what comes before it brings images alone",
                "let a CodeBuild.Build write the file of the imageDetail.json it gets from ECR.Source", subject: Path);
        }
    }

    internal override IEnumerable<ArtifactUser> Users(ActionScope scope) =>
        [new(scope.Pipeline.Target.Place.Account, Role(scope).RoleName, Writes: false) { Region = RegionOf(scope.Pipeline) }];

    internal override string RegionOf(PipelineScope pipeline) => pipeline.Target.Place.Region;

    internal override ActionDeclaration Declare(ActionScope scope)
    {
        if (Cluster is null || Service is null)
            return new("Deploy", "ECS");
        var role = Role(scope);
        return new("Deploy", "ECS")
        {
            Configuration = new MapValue
            {
                ["ClusterName"] = new InputValue(Cluster.Output("name")), ["ServiceName"] = new InputValue(Service.Output("name")),
            },
            TakesOne = true,
            RoleArn = scope.Pipeline.RoleArn(scope.Pipeline.Target.Place.Account, role.RoleName),
            After = [role.Build(scope.Pipeline.Target, this)],
        };
    }

    private IamRole Role(ActionScope scope) => new()
    {
        GoesWithOwner = true,
        Ref = $"{Path}.ecs-delegate",
        Resource = scope.Pipeline.Pipeline.Name,
        Name = scope.IsFirst ? "ecs-delegate" : $"{scope.StackPart}-ecs-delegate",
        Location = Location,
        Trust = scope.Pipeline.TrustServiceRole(),
        Policies =
        [
            new("ECS", PolicyDocument.Of(
            [
                .. Rights(),
                .. scope.Store is { } store ? Artifacts.Rights(store, new InputValue(store.Key), writes: false) : [],
            ])),
        ],
    };

    // Source: Amazon ECS deploy action reference of the CodePipeline User Guide, "Service role policy permissions".
    private IEnumerable<MapValue> Rights()
    {
        if (Cluster is null || Service is null)
            yield break;
        yield return PolicyDocument.Allow(new InputValue(Service.Output("arn")), "ecs:DescribeServices", "ecs:UpdateService");
        yield return PolicyDocument.Allow("*", "ecs:DescribeTasks", "ecs:ListTasks")
            .With("Condition", new MapValue { ["ArnEquals"] = new MapValue { ["ecs:cluster"] = new InputValue(Cluster.Output("arn")) } });
        yield return PolicyDocument.Allow("*", "ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition");
        yield return PolicyDocument.Allow(Fn.Sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:task-definition/*"),
            "ecs:TagResource");
        yield return PolicyDocument.Allow(Fn.Sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*"), "iam:PassRole")
            .With("Condition", new MapValue { ["StringEquals"] = new MapValue { ["iam:PassedToService"] = "ecs-tasks.amazonaws.com" } });
    }
}
