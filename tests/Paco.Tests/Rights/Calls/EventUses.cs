using Paco.CloudFormation;
using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Calls;

/// <summary>What starts a pipeline, and who is told of what it does.</summary>
internal sealed class EventUses(DeployedPolicies deployed, PipelineUses uses)
{
    public IEnumerable<Use> Of(Pipeline pipeline) =>
    [
        .. Rules(pipeline.Resource.Arn).SelectMany(t => Rule("event rule", "pipeline", t)),
        .. Rules($"arn:aws:events:{pipeline.Resource.Region}:{pipeline.Resource.Account}:event-bus/default")
            .SelectMany(t => Rule("event rule elsewhere", "bus", t)),
        .. Notifications(pipeline),
    ];

    private IEnumerable<(DeployedResource Rule, MapValue Target)> Rules(string target) =>
        from rule in deployed.Resources
        where rule.Type == "AWS::Events::Rule"
        from one in PolicyStatement.Maps(rule.Properties["Targets"])
        where Pipeline.Text(one["Arn"]) == target
        select (rule, one);

    private static IEnumerable<Use> Rule(string who, string on, (DeployedResource Rule, MapValue Target) aimed)
    {
        var source = PolicyStatement.Texts(aimed.Rule.At("EventPattern", "source"))[0];
        var (role, where) = (Pipeline.Text(aimed.Target["RoleArn"]), aimed.Rule.ToString());
        // Without a role the event is the account's.
        yield return new Use(who, role is null ? new Caller.Root(aimed.Rule.Account) : new Caller.Role(role), where)
            .With(on, new Target(Pipeline.Text(aimed.Target["Arn"])!) { Context = Context.Empty.With("events:source", source) });
        if (role is null)
            yield break;
        foreach (var trust in PipelineUses.Assumed("EventBridge", "events", role, where, aimed.Rule.Arn, aimed.Rule.Account))
            yield return trust;
    }

    private IEnumerable<Use> Notifications(Pipeline pipeline) =>
        from rule in deployed.Resources
        where rule.Type == "AWS::CodeStarNotifications::NotificationRule" && rule["Resource"] == pipeline.Resource.Arn
        let targets = PolicyStatement.Maps(rule.At("Targets")).Where(t => Pipeline.Text(t["TargetType"]) == "SNS")
        let topics = targets.Select(t => Pipeline.Text(t["TargetAddress"])!).ToList()
        let keys = topics.Select(t => PipelineUses.KeyOf(uses.Find("AWS::SNS::Topic", rule.Account, t))).OfType<string>()
        select new Use("notifications", new Caller.Service("codestar-notifications.amazonaws.com"), rule.ToString())
            .With("topic", topics.Select(t => new Target(t)))
            .With("topic key", keys.Select(k => new Target(k)));
}
