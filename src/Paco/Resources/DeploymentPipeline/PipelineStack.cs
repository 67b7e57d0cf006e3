using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>The stack of the pipeline itself and of the role it runs as.</summary>
internal static class PipelineStack
{
    /// <summary>What its name ends in.</summary>
    public const string Suffix = "CodePipeline";

    /// <summary>The logical id of the pipeline.</summary>
    public const string Id = "BuildCodePipeline";

    public static void Build(PipelineScope pipeline)
    {
        var model = pipeline.Pipeline;
        var declared = Declare(pipeline);
        var stack = pipeline.Own.Stack(model, Suffix);
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        Offer(pipeline);
        if (!model.IsEnabled || pipeline.Stores.IsEmpty)
            return;
        stack.After.AddRange([.. pipeline.Stores.Select(s => s.Bucket.Policy), .. declared.SelectMany(d => d.Declaration.After)]);
        ImmutableArray<(ArtifactStore Store, Value Key)> stores = [.. pipeline.Stores.Select(s => (s, KeyOf(stack, s)))];
        WriteRole(stack, pipeline, [.. stores.SelectMany(s => Artifacts.Rights(s.Store, s.Key, writes: true))], declared);
        stack.Add(new Resource(Id, "AWS::CodePipeline::Pipeline", new MapValue
        {
            ["Name"] = pipeline.Names.Base,
            ["PipelineType"] = "V2",
            ["RoleArn"] = Fn.GetAtt("CodePipelineServiceRole", "Arn"),
            ["ArtifactStore"] = stores is [var only] ? ToValue(only.Store, only.Key) : null,
            ["ArtifactStores"] = stores.Length > 1
                ? Value.List(stores.Select(s => (Value)new MapValue
                {
                    ["Region"] = s.Store.Region, ["ArtifactStore"] = ToValue(s.Store, s.Key),
                }))
                : null,
            ["Stages"] = Value.List(Stages(pipeline, declared)),
            ["Triggers"] = Value.OfMany(declared.Select(d => d.Declaration.Trigger).OfType<Value>()),
        })
        { DependsOn = ["CodePipelinePolicy"] });
        stack.Output("CodePipelineName", Fn.Ref(Id), $"{model.Path}.name");
        pipeline.Build.Addresses.Add(new Address(stack.Id, model.Path, "in the console", new LiteralSource(Console(pipeline))));
        foreach (var (action, _) in declared)
            action.Action.WriteInto(stack, action);
    }

    private static string Console(PipelineScope pipeline)
    {
        var region = pipeline.Own.Place.Region;
        return $"{Partition.Console(region)}/codesuite/codepipeline/pipelines/{pipeline.Names.Base}/view?region={region}";
    }

    private static Value KeyOf(StackBuilder stack, ArtifactStore store) =>
        stack.Input(store == store.Pipeline.Stores[0] ? "CMKArn" : $"CMKArn{Names.Camel(store.Region)}", store.Key);

    private static MapValue ToValue(ArtifactStore store, Value key) => new()
    {
        ["Type"] = "S3",
        ["Location"] = store.Bucket.Name,
        ["EncryptionKey"] = new MapValue { ["Type"] = "KMS", ["Id"] = key },
    };

    // The names are known from the files, so whoever only names the pipeline waits for nothing.
    private static void Offer(PipelineScope pipeline)
    {
        var (account, place) = (pipeline.Own.Place.Account, pipeline.Own.Place);
        pipeline.Offer("arn", $"codepipeline:{place.Region}", account, pipeline.Names.Base);
        pipeline.Offer("codepipeline_role.arn", "iam:", account, $"role/{pipeline.ServiceRoleName}");
    }

    private static ImmutableArray<DeclaredAction> Declare(PipelineScope pipeline)
    {
        foreach (var action in pipeline.Running)
        {
            pipeline.CheckWatched(action);
            action.Action.Examine(action);
        }
        var all = pipeline.Actions.Select(a => new DeclaredAction(a, a.Action.Declare(a))).ToList();
        return [.. all.Where(d => d.Scope.Action.IsEnabled)];
    }

    private static IEnumerable<Value> Stages(PipelineScope pipeline, ImmutableArray<DeclaredAction> declared)
    {
        foreach (var stage in pipeline.Pipeline.Running)
        {
            var here = declared.Where(d => d.Scope.Stage == stage).ToImmutableArray();
            var orders = RunOrders(here, pipeline.Pipeline.IsStaged);
            foreach (var declaredHere in here)
                ArtifactFlow.Check(declaredHere.Scope, Inputs(declaredHere));
            yield return new MapValue
            {
                ["Name"] = stage.AwsName,
                ["Actions"] = Value.List(here.Select(d => (Value)ToValue(d, orders[d]))),
            };
        }
    }

    private static MapValue ToValue(DeclaredAction declared, int order)
    {
        var (scope, action) = declared;
        return new MapValue
        {
            ["Name"] = scope.AwsName,
            ["ActionTypeId"] = new MapValue
            {
                ["Category"] = action.Category, ["Owner"] = action.Owner, ["Provider"] = action.Provider, ["Version"] = action.Version,
            },
            ["Configuration"] = action.Configuration.Count > 0 ? action.Configuration : null,
            ["InputArtifacts"] = Named(Inputs(declared)),
            ["OutputArtifacts"] = Named(scope.Action.HasOutput ? [scope.Artifact] : []),
            ["RoleArn"] = action.RoleArn,
            ["Region"] = Value.Of(scope.OtherRegion),
            ["RunOrder"] = order,
        };
    }

    private static ImmutableArray<string> Inputs(DeclaredAction declared) => declared switch
    {
        { Scope.Action.IsSource: true } or { Declaration.TakesNothing: true } => [],
        { Declaration.Inputs: { } named } => named,
        { Declaration.TakesOne: true } => [.. declared.Scope.Before.TakeLast(1).Select(b => b.Artifact)],
        _ => [.. declared.Scope.Before.Select(b => b.Artifact)],
    };

    private static Value? Named(ImmutableArray<string> names) =>
        Value.OfMany(names.Select(name => (Value)new MapValue { ["Name"] = name }));

    // In the three sections nothing is deployed before those who have to agree did, whatever order is written. Numbers begin with 1.
    private static Dictionary<DeclaredAction, int> RunOrders(ImmutableArray<DeclaredAction> stage, bool isStaged)
    {
        var wanted = stage.ToDictionary(d => d, d => (Waits: !isStaged && !d.Scope.Action.IsApproval, d.Scope.Action.RunOrder.Value));
        var ranks = wanted.Values.Distinct().Order().ToList();
        return wanted.ToDictionary(w => w.Key, w => ranks.IndexOf(w.Value) + 1);
    }

    private static void WriteRole(StackBuilder stack, PipelineScope pipeline, ImmutableArray<MapValue> rights,
        ImmutableArray<DeclaredAction> declared)
    {
        stack.Resource("CodePipelineServiceRole", "AWS::IAM::Role", new MapValue
        {
            ["RoleName"] = pipeline.ServiceRoleName,
            ["AssumeRolePolicyDocument"] = PolicyDocument.TrustService("codepipeline.amazonaws.com", pipeline.Arn),
        });
        ImmutableArray<Value> roles =
            [.. declared.Select(d => d.Declaration.RoleArn).OfType<Value>().DistinctBy(r => r.ToJson().ToJsonString())];
        stack.Resource("CodePipelinePolicy", "AWS::IAM::Policy", new MapValue
        {
            ["PolicyName"] = $"{pipeline.Names.Base}-CodePipeline-Policy",
            ["Roles"] = Value.List(Fn.Ref("CodePipelineServiceRole")),
            ["PolicyDocument"] = PolicyDocument.Of(
            [
                .. rights,
                .. roles.IsEmpty ? ImmutableArray<MapValue>.Empty : [PolicyDocument.AllowMany(roles, "sts:AssumeRole")],
                .. declared.SelectMany(d => d.Declaration.Rights),
            ]),
        });
    }

    private sealed record DeclaredAction(ActionScope Scope, ActionDeclaration Declaration);
}
