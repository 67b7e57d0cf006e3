using System.Collections.Immutable;
using Paco.Monitoring;

namespace Paco.Resources.LoadBalancers;

/// <summary>What CloudWatch measures of a load balancer and of its target groups.</summary>
internal static class LoadBalancerMetrics
{
    private static readonly ImmutableArray<WorthSeeing> OfApplication =
    [
        new("RequestCount", "Sum", "requests"),
        new("TargetResponseTime", "Average", "response time"),
        new("HTTPCode_Target_5XX_Count", "Sum", "5XX of targets"),
        new("HTTPCode_Target_4XX_Count", "Sum", "4XX of targets"),
        new("HTTPCode_ELB_5XX_Count", "Sum", "5XX of the load balancer"),
    ];

    private static readonly ImmutableArray<WorthSeeing> OfNetwork =
    [
        new("ActiveFlowCount", "Average", "open connections"),
        new("NewFlowCount", "Sum", "new connections"),
        new("ProcessedBytes", "Sum", "bytes"),
    ];

    private static readonly ImmutableArray<WorthSeeing> OfTargetGroup =
    [
        new("HealthyHostCount", "Minimum", "healthy hosts"),
        new("UnHealthyHostCount", "Maximum", "unhealthy hosts"),
    ];

    /// <summary>The load balancer, then each of its target groups.</summary>
    public static IEnumerable<Watched> Of(LoadBalancer balancer, LoadBalancerKind kind)
    {
        var itself = new Dimension("LoadBalancer", balancer.ToRef().Output("fullname"));
        yield return new Watched("", balancer, kind.Namespace, [itself], balancer.Monitoring)
        {
            Title = "load balancer",
            Worth = kind.IsApplication ? OfApplication : OfNetwork,
        };
        foreach (var group in balancer.TargetGroups)
        {
            yield return new Watched(group.Name, group, kind.Namespace,
                [new Dimension("TargetGroup", group.ToRef().Output("fullname")), itself], null)
            {
                Title = $"target group {group.Name}",
                Worth = OfTargetGroup,
            };
        }
    }
}
