using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// Events that start a pipeline. A rule of EventBridge cannot start one of another account or region: there it sends the event to the
/// pipeline's event bus, which lets that account in, and a second rule starts the pipeline. Source: EventBridge User Guide, "Sending
/// and receiving events between AWS accounts" and "Access to targets in other accounts".
/// </summary>
/// <param name="source">Who sends them: <c>aws.codecommit</c>.</param>
internal sealed class SourceEvents(ActionScope action, string source)
{
    private PipelineScope Pipeline => action.Pipeline;

    private string RoleId => $"EventsRuleRole{action.Suffix}";

    private Value Bus => Fn.Concat($"arn:{Pipeline.Own.Place.Partition.Name}:events:{Pipeline.Own.Place.Region}:",
        Pipeline.Build.AccountId(Pipeline.Own.Place.Account), ":event-bus/default");

    /// <summary>Adds to the pipeline's own stack the rule that starts it.</summary>
    /// <param name="from">Where it happens.</param>
    public void Start(StackBuilder stack, MapValue pattern, Place from)
    {
        var isElsewhere = from.Account != Pipeline.Own.Place.Account;
        if (isElsewhere)
            LetIn(stack, from.Account);
        WriteRule(stack, isElsewhere ? OfAccount(from.Account).With(pattern) : pattern, Pipeline.Arn,
            "codepipeline:StartPipelineExecution");
    }

    /// <summary>The stack that sends on what happens in another account or region; none where both are the pipeline's.</summary>
    public void Forward(MapValue pattern, Place from)
    {
        if (from == Pipeline.Own.Place)
            return;
        var stack = action.Stack(Pipeline.At(from), $"{action.Action.Word.ToLowerInvariant()}-events", "events",
            $"{action.Action.Path}.events");
        stack.Capabilities = ["CAPABILITY_IAM"];
        stack.After.Add(Pipeline.StackId);
        if (action.Action.IsEnabled)
            WriteRule(stack, pattern, Bus, "events:PutEvents");
    }

    private MapValue OfAccount(string account) => new() { ["account"] = Value.List(Pipeline.Build.AccountId(account)) };

    private void LetIn(StackBuilder stack, string account) =>
        stack.Resource($"EventsFrom{action.Suffix}", "AWS::Events::EventBusPolicy", new MapValue
        {
            ["StatementId"] = action.RoleName("Events"),
            ["Statement"] = new MapValue
            {
                ["Effect"] = "Allow",
                ["Principal"] = new MapValue { ["AWS"] = Pipeline.AccountRoot(account) },
                ["Action"] = "events:PutEvents",
                ["Resource"] = Bus,
                ["Condition"] = new MapValue { ["StringEquals"] = new MapValue { ["events:source"] = source } },
            },
        });

    private void WriteRule(StackBuilder stack, MapValue pattern, Value target, string right)
    {
        stack.Resource(RoleId, "AWS::IAM::Role", new MapValue
        {
            ["AssumeRolePolicyDocument"] = PolicyDocument.TrustService("events.amazonaws.com",
                Fn.Sub("arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/*"), Fn.AccountId),
            ["Policies"] = Value.List(new MapValue
            {
                ["PolicyName"] = "Events",
                ["PolicyDocument"] = PolicyDocument.Of(PolicyDocument.Allow(target, right)),
            }),
        });
        stack.Resource($"EventsRule{action.Suffix}", "AWS::Events::Rule", new MapValue
        {
            ["Description"] = $"Starts the pipeline {Pipeline.Names.Base}",
            ["State"] = "ENABLED",
            ["EventPattern"] = pattern,
            ["Targets"] = Value.List(new MapValue
            {
                ["Id"] = "Pipeline", ["Arn"] = target, ["RoleArn"] = Fn.GetAtt(RoleId, "Arn"),
            }),
        });
    }
}
