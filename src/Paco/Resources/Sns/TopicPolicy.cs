using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Sns;

/// <summary>
/// Who may publish to a topic. A policy takes the place of the one AWS gives a topic, which lets in the owner's services: so those that
/// notify of alarms and databases are named again. The owner's users need no policy of the topic, their own will do.
/// </summary>
internal sealed class TopicPolicy(BuildContext build, StackBuilder stack)
{
    /// <summary>A topic's statements.</summary>
    /// <param name="topic">Its reference in the template, which is its ARN.</param>
    /// <param name="suffix">What follows in the names of the statements, which must differ within a policy.</param>
    public IEnumerable<MapValue> Statements(TopicFields fields, Value topic, string suffix)
    {
        // None of them says whose it is that publishes (AWS's own examples set no condition): with one, nothing would arrive.
        if (fields.CodestarNotificationAccess)
            yield return Publish($"CodeStarNotificationAccess{suffix}", topic, "codestar-notifications.amazonaws.com");
        if (fields.EventsBridgeNotificationAccess)
            yield return Publish($"EventBridgeNotificationAccess{suffix}", topic, "events.amazonaws.com");
        if (fields.BackupNotificationAccess)
            yield return Publish($"BackupNotificationAccess{suffix}", topic, "backup.amazonaws.com");
        var accounts = fields.CrossAccountAccess ? ProjectAccounts() : [Fn.Ref("AWS::AccountId")];
        yield return Publish($"CloudWatchService{suffix}", topic, "cloudwatch.amazonaws.com")
            .With("Condition", If("ArnLike", "aws:SourceArn", accounts.Select(Alarms)));
        yield return Publish($"DatabaseEvents{suffix}", topic, "events.rds.amazonaws.com")
            .With("Condition", If("StringEquals", "aws:SourceAccount", accounts));
        if (fields.CrossAccountAccess)
        {
            yield return Statement($"ProjectAccounts{suffix}", topic, new MapValue { ["AWS"] = Value.List(accounts.Select(Root)) },
                Value.List("sns:Publish", "sns:Subscribe"));
        }
    }

    private static MapValue If(string isSo, string key, IEnumerable<Value> values) =>
        new() { [isSo] = new MapValue { [key] = Value.List(values) } };

    private static MapValue Publish(string sid, Value topic, string service) =>
        Statement(sid, topic, new MapValue { ["Service"] = service }, "sns:Publish");

    private static MapValue Statement(string sid, Value topic, MapValue principal, Value actions) => new()
    {
        ["Sid"] = sid,
        ["Effect"] = "Allow",
        ["Principal"] = principal,
        ["Action"] = actions,
        ["Resource"] = topic,
    };

    // Each AWS account once, in the order of the files.
    private ImmutableArray<Value> ProjectAccounts() =>
        [.. build.Index.Children("accounts").Select(build.AccountOf).Distinct().Select(Id)];

    private Value Id(string account)
    {
        var id = $"accounts.{account}.id";
        return build.Offers.Find(id)?.Source is LiteralSource known
            ? known.Text
            : stack.Input($"AccountId{Names.LogicalId(account)}", new Ref(id, id, default));
    }

    private static Value Alarms(Value account) => Arn(account, "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${Account}:alarm:*");

    private static Value Root(Value account) => Arn(account, "arn:${AWS::Partition}:iam::${Account}:root");

    private static Value Arn(Value account, string form) => account switch
    {
        TextValue id => Fn.Sub(form.Replace("${Account}", id.Text, StringComparison.Ordinal)),
        RefValue reference => Fn.Sub(form.Replace("${Account}", $"${{{reference.LogicalId}}}", StringComparison.Ordinal)),
        _ => throw new InvalidOperationException($"{account.GetType().Name} is no account"),
    };
}
