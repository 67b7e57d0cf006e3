using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Sns;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.Sns;

/// <summary>A file with topics: one stack an account and region, with all topics that are wanted there.</summary>
public abstract class TopicsFile(Fields f) : GlobalResource(f), ITopics
{
    private readonly BindContext _context = f.Context;

    public abstract string File { get; }

    public IEnumerable<string> TopicNames => All.Select(t => t.Name);

    public bool LetsBackupIn(string topicName) => IsUnknownOr(topicName, f => f.BackupNotificationAccess);

    public bool LetsNotificationRulesIn(string topicName) => IsUnknownOr(topicName, f => f.CodestarNotificationAccess);

    private protected abstract IEnumerable<Topic> All { get; }

    private protected abstract IEnumerable<AccountRegions> LocationsOf(Topic topic);

    protected internal override void Build(GlobalScope scope)
    {
        var wanted = (from topic in All
                      from place in LocationsOf(topic).SelectMany(l => l.Places(scope)).Distinct()
                      select (topic, place)).ToList();
        foreach (var here in wanted.GroupBy(w => w.place, w => w.topic))
            Build(scope.Build, here.Key, [.. here]);
        foreach (var (topic, place) in wanted.Where(w => w.topic.IsEnabled && w.topic.Fields.CrossAccountAccess))
            Lend(scope.Build, topic, place);
    }

    private void Build(BuildContext build, Place written, IReadOnlyList<Topic> topics)
    {
        var place = new Place(build.AccountOf(written.Account), written.Region);
        // Who looks for them knows an account by one of its names.
        ImmutableArray<ObjectPath> paths = [.. new[] { written, place }.Distinct().Select(PathOf)];
        var stack = build.Stack(new NodeId(place, Names.Stack("SNS", written.Account, "SNS")), paths[0], "topics",
            topics.Any(t => t.IsEnabled), topics[0].Location);
        var made = topics.Where(t => t.IsEnabled).ToList();
        foreach (var topic in made)
            Add(build, stack, topic, [.. paths.Select(p => p.Below(topic.Name))]);
        if (made.Where(t => t.Fields.LetsOthersIn).ToList() is { Count: > 0 } open)
            AddPolicy(build, stack, open);
    }

    // One that is not there is reported where it is looked for.
    private bool IsUnknownOr(string topicName, Func<TopicFields, bool> lets) =>
        All.FirstOrDefault(t => t.Name == topicName) is not { } topic || lets(topic.Fields);

    private static ObjectPath PathOf(Place place) => $"{ITopics.Computed}.{place.Account}.{place.Region}";

    private void Add(BuildContext build, StackBuilder stack, Topic topic, ImmutableArray<ObjectPath> paths)
    {
        foreach (var path in paths)
            build.Index.Add(new TopicInPlace(new Fields(null, topic.Name, path, null, _context, topic.Location)));
        var id = Names.LogicalId(topic.Name);
        var made = stack.Resource($"Topic{id}", "AWS::SNS::Topic", new MapValue { ["DisplayName"] = Value.Of(topic.Fields.DisplayName) },
            topic.Location);
        foreach (var (at, subscription) in topic.Fields.Subscriptions.Index())
            stack.Add(SubscriptionResource.Of(subscription, made, $"Subscription{id}{at}", stack, build));
        stack.Output($"SNSTopicArn{id}", Fn.Ref(made.LogicalId), [.. paths.Select(p => $"{p}.arn")]);
        stack.Output($"SNSTopicName{id}", Fn.GetAtt(made.LogicalId, "TopicName"), [.. paths.Select(p => $"{p}.name")]);
        stack.Inquiries.Add(new OpenSubscriptions(topic.Name, $"SNSTopicArn{id}", Subscription.Asked(topic.Fields.Subscriptions)));
    }

    // One policy for all, as it is deployed: were each topic's a resource of its own, the old one would take theirs away when it goes.
    private static void AddPolicy(BuildContext build, StackBuilder stack, List<Topic> topics)
    {
        var policy = new TopicPolicy(build, stack);
        stack.Resource("TopicPolicyCrossAccountPacoProject", "AWS::SNS::TopicPolicy", new MapValue
        {
            ["Topics"] = Value.List(topics.Select(Reference)),
            ["PolicyDocument"] = new MapValue
            {
                ["Version"] = "2012-10-17",
                ["Id"] = "CrossAccountPublish",
                ["Statement"] = Value.List(topics.SelectMany(t => policy.Statements(t.Fields, Reference(t), Names.LogicalId(t.Name)))),
            },
        }, topics[0].Location);

        static Value Reference(Topic topic) => Fn.Ref($"Topic{Names.LogicalId(topic.Name)}");
    }

    // Whoever looks for a topic of that name in another account of the region gets this one, unless there is one.
    private static void Lend(BuildContext build, Topic topic, Place place)
    {
        var owned = PathOf(place).Below(topic.Name);
        foreach (var account in build.Index.Children("accounts"))
        {
            foreach (var output in (string[])["arn", "name"])
            {
                if (build.Offers.Find($"{owned}.{output}") is { } offer)
                    build.Offers.Add($"{PathOf(place with { Account = account })}.{topic.Name}.{output}", offer);
            }
        }
    }

    /// <summary>A topic in one of its places.</summary>
    private sealed class TopicInPlace(Fields f) : Model(f)
    {
        public override string Kind => "SNSTopic";
    }
}
