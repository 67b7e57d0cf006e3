using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// What a plan makes needs statements in the policy of a bucket whose stack another scope has: without them AWS refuses it, minutes later.
/// </summary>
internal sealed class PolicyNeeds(StackGraph all, StackGraph selected, ICloud cloud, ImmutableDictionary<NodeId, DeployedStack> deployed)
{
    private const string PolicyType = "AWS::S3::BucketPolicy";

    public async Task<ImmutableArray<PlanProblem>> Of(ImmutableArray<PlannedNode> nodes, CancellationToken cancel)
    {
        var needs = from stack in nodes.OfType<PlannedStack>()
                    where stack is { HasWork: true, Stack.Enabled: true }
                    from id in stack.Stack.After
                    where selected.Find(id) is null && all.Find(id) is StackNode
                    select (stack, Policy: (StackNode)all.Find(id)!);
        var found = needs.ToList();
        var lacking = await Task.WhenAll(found.Select(n => n.Policy).DistinctBy(p => p.Id).Where(HasPolicy)
            .Select(async policy => await IsCurrent(policy, cancel) ? null : policy));
        var stale = lacking.OfType<StackNode>().Select(p => p.Id).ToHashSet();
        return [.. found.Where(n => stale.Contains(n.Policy.Id)).Select(n => Problem(n.stack, n.Policy))];
    }

    private static bool HasPolicy(StackNode node) => node.Stack.Template.Resources.Any(r => r.Type == PolicyType);

    private async Task<bool> IsCurrent(StackNode node, CancellationToken cancel)
    {
        if (!deployed.TryGetValue(node.Id, out var there) || await DeployedStacks.Template(cloud, node.Id, cancel) is not { } body)
            return false;
        var wanted = new TemplateSide(node.Stack.Template.ToValue(), there.Parameters.ToDictionary(p => p.Key, p => (string?)p.Value));
        return Statements(DeployedStacks.Side(body, there)).IsSupersetOf(Statements(wanted));
    }

    // Others, whom this scope need not read, may have asked for more.
    private static ImmutableHashSet<string> Statements(TemplateSide side) =>
    [
        .. from entry in side.Resources
           let resource = entry.Value as MapValue
           where resource?["Type"] is TextValue { Text: PolicyType } && resource["Properties"] is MapValue
           let policy = TemplateDiff.Resolve((MapValue)resource["Properties"]!, side)["PolicyDocument"] as MapValue
           from statement in (policy?["Statement"] as ListValue)?.Items ?? []
           select statement.ToJson().ToJsonString(),
    ];

    private static PlanProblem Problem(PlannedStack stack, StackNode policy) => new(stack.Id,
        $"{stack.Node.Title} needs to be let in by the policy of {policy.Title} ({policy.Id.Place}), which does not say so yet",
        $"first run: paco provision {new Scope(policy.Ref).Part}");
}
