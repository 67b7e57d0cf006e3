using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>Listeners and their rules: a target group is one load balancer's.</summary>
internal sealed class ForwardingHandler : CheckedHandler
{
    public const string Listener = "AWS::ElasticLoadBalancingV2::Listener";
    public const string Rule = "AWS::ElasticLoadBalancingV2::ListenerRule";

    protected override void Check(ResourceRequest m)
    {
        var balancer = BalancerOf(m.Properties);
        foreach (var group in Groups(m.Properties["DefaultActions"]).Concat(Groups(m.Properties["Actions"])).Distinct())
        {
            var users = m.Store.Mentioning(m.Account, Listener, group).Concat(m.Store.Mentioning(m.Account, Rule, group));
            if (users.Any(user => BalancerOf(user.Properties) != balancer))
            {
                throw new ResourceFailure("Resource handler returned message: \"The following target groups cannot be associated with "
                    + $"more than one load balancer: {group} (Service: ElasticLoadBalancingV2, Status Code: 400)\" (HandlerErrorCode: InvalidRequest)");
            }
        }
    }

    // "…:loadbalancer/app/shop/1234" of "…:listener/app/shop/1234/5678".
    private static string BalancerOf(JsonObject properties) => Json.Scalar(properties["LoadBalancerArn"] ?? properties["ListenerArn"])
        .Split('/') is [_, var kind, var name, var id, ..] ? $"{kind}/{name}/{id}" : "";

    private static IEnumerable<string> Groups(JsonNode? actions) => actions switch
    {
        JsonObject map => map.SelectMany(e => e.Key == "TargetGroupArn" ? [Json.Scalar(e.Value)] : Groups(e.Value)),
        JsonArray items => items.SelectMany(Groups),
        _ => [],
    };
}
