using System.Collections.Immutable;
using Paco.Applying;
using Paco.Cli.Views.Live;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Tests.Views;

/// <summary>
/// A small environment on paper: a network; a database and a load balancer in it; servers that need both; their alarms. And
/// events as a run tells them.
/// </summary>
internal static class Shop
{
    private static readonly Place Prod = new("prod", "us-west-2");

    public static readonly NodeId Vpc =
        Id("network"), Database = Id("database"), Balancer = Id("alb"), Web = Id("web"), Alarms = Id("alarms");

    public static Plan Creation { get; } = PlanOf(isDelete: false, Nodes(NodeAction.Create));

    public static Plan Deletion { get; } = PlanOf(isDelete: true, [.. Nodes(NodeAction.Delete).Reverse()]);

    public static NodeId Id(string name) => new(Prod, name);

    public static Plan PlanOf(bool isDelete, params PlannedNode[] nodes) =>
        new()
        {
            Scope = new Scope("netenv.shop.prod"),
            IsDelete = isDelete,
            Nodes = [.. nodes],
            Deployed = [],
        };

    public static PlannedStack Stack(NodeId id, string title, NodeAction action, (string Id, string Type)[] resources,
        params NodeId[] needs)
    {
        var kind = action == NodeAction.Delete ? ChangeKind.Delete : ChangeKind.Create;
        return new PlannedStack(new StackNode(new Stack
        {
            Id = id,
            Ref = $"netenv.shop.prod.{id.Name}",
            Title = title,
            Enabled = true,
            Template = new Template { Resources = [.. resources.Select(r => new Resource(r.Id, r.Type, []))] },
        }) { DependsOn = [.. needs] }, action)
        {
            Body = "",
            Parameters = ImmutableSortedDictionary<string, string?>.Empty,
            Changes = action == NodeAction.None ? [] : [.. resources.Select(r => new ResourceChange(r.Id, r.Type, kind, []))],
        };
    }

    /// <summary>What has happened so far, each at seconds since the beginning.</summary>
    public static RunProgress After(Plan plan, params ApplyEvent[] events)
    {
        var progress = new RunProgress(RunOutline.Of(plan, pace: 1));
        foreach (var happened in events)
            progress.On(happened);
        return progress;
    }

    public static DateTimeOffset At(double seconds) => new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero).AddSeconds(seconds);

    public static ApplyEvent Started(double at, NodeId node, NodeAction action = NodeAction.Create) =>
        new NodeStarted(At(at), node, action);

    public static ApplyEvent Moved(double at, NodeId node, string id, string type, string status, string? reason = null) =>
        new ResourceMoved(At(at), node, new StackEvent($"{at}", At(at), id, "", type, status, reason, null));

    public static ApplyEvent OfStack(double at, NodeId node, string status) =>
        Moved(at, node, node.Name, "AWS::CloudFormation::Stack", status);

    public static ApplyEvent Ended(double at, NodeId node, NodeOutcome outcome = NodeOutcome.Created, NodeFailure? failure = null,
        double seconds = 10) =>
        new NodeEnded(At(at), new NodeResult(node, outcome, TimeSpan.FromSeconds(seconds)) { Failure = failure });

    private static PlannedNode[] Nodes(NodeAction action) =>
    [
        Stack(Vpc, "network/vpc", action, [("VPC", "AWS::EC2::VPC")]),
        Stack(Database, "app/site/database", action,
            [("Subnets", "AWS::RDS::DBSubnetGroup"), ("PrimaryDBInstance", "AWS::RDS::DBInstance")], Vpc),
        Stack(Balancer, "app/site/alb", action,
            [
                ("LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer"),
                ("Listenerhttp", "AWS::ElasticLoadBalancingV2::Listener"),
                ("Listenerhttps", "AWS::ElasticLoadBalancingV2::Listener"),
            ], Vpc),
        Stack(Web, "app/site/web", action, [("ASG", "AWS::AutoScaling::AutoScalingGroup")], Database, Balancer),
        Stack(Alarms, "app/site/web alarms", action, [("CPU", "AWS::CloudWatch::Alarm")], Web),
    ];
}
