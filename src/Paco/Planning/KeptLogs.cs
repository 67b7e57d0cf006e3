using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Log groups that stay with what they hold, though monitoring of what writes to them is switched off: nobody should take a plan that only
/// deletes alarms for one that keeps nothing, or nothing for what is left behind to be paid for.
/// </summary>
/// <param name="Node">The stack of the groups, which stays as it is.</param>
/// <param name="Groups">Their names, as CloudWatch has them.</param>
public sealed record KeptLogs(NodeId Node, string Title, ImmutableArray<string> Groups)
{
    private const string Type = "AWS::Logs::LogGroup";

    /// <param name="gone">Stacks that only watched, and go.</param>
    internal static IEnumerable<KeptLogs> Of(IEnumerable<Orphan> gone, StackGraph part,
        IReadOnlyDictionary<NodeId, DeployedStack> deployed)
    {
        var unwatched = gone.Where(o => o.Watches).Select(o => (o.Ref, o.Id.Place)).ToList();
        return from node in part.Nodes.OfType<StackNode>()
               where node.Stack.Enabled && deployed.ContainsKey(node.Id)
                   && unwatched.Exists(u => u.Place == node.Id.Place && node.Ref.Parent.Covers(u.Ref))
               let groups = Names(node.Stack, deployed[node.Id]).ToImmutableArray()
               where groups.Length > 0
               select new KeptLogs(node.Id, node.Title, groups);
    }

    private static IEnumerable<string> Names(Stack stack, DeployedStack deployed)
    {
        var side = new TemplateSide(stack.Template.ToValue(), deployed.Parameters.ToDictionary(p => p.Key, p => (string?)p.Value));
        return from resource in stack.Template.Resources
               where resource.Type == Type
               let name = TemplateDiff.Text(TemplateDiff.Resolve(resource.Properties, side)["LogGroupName"])
               where name is not null
               select name;
    }
}
