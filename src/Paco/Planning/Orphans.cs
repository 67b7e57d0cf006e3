using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Monitoring;
using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning;

/// <summary>A deployed stack that the configuration no longer makes.</summary>
/// <param name="Ref">The object it was made for, as far as it says that; else its name.</param>
/// <param name="IsOwn">It is certainly the project's. Of another one nobody can say that it is not a neighbour's.</param>
internal sealed record Orphan(NodeId Id, DeployedStack Stack, ObjectPath Ref, bool IsOwn)
{
    /// <summary>
    /// It lets somebody in who left the configuration. That goes with the next run, asked for or not: access is the one thing that must not
    /// linger (decision 0032).
    /// </summary>
    private bool LetsIn => IsOwn && RoomCatalog.GlobalRooms.Any(room => room.LetsPeopleIn && room.PathOf(Id.Name) is not null);

    /// <summary>
    /// It was made to watch what is there still and is not watched any more: switched off, they go as well (decision 0037).
    /// </summary>
    public bool Watches { get; init; }

    /// <summary>It goes with the next run, asked for or not.</summary>
    public bool GoesUnasked => LetsIn || (IsOwn && Watches);

    /// <summary>Why it goes.</summary>
    public string Reason => LetsIn ? "left the configuration: access is revoked"
        : Watches ? "left the configuration: monitoring is off"
        : "left the configuration";
}

/// <summary>Stacks that the project once made and that no longer come out of its configuration.</summary>
internal static class Orphans
{
    /// <summary>Those a scope covers, found by their tags and names; the newest first, as they must be deleted.</summary>
    /// <param name="accountIds">The ids of the accounts by name: two names may mean one account.</param>
    public static ImmutableArray<Orphan> Find(StackGraph all, Scope scope, ImmutableDictionary<NodeId, DeployedStack> deployed,
        IReadOnlyDictionary<string, string> accountIds)
    {
        var origin = new StackOrigin(all, scope, deployed);
        var made = all.Nodes.Select(n => Where(n.Id)).ToHashSet();
        var notBuilt = all.NotBuilt.Select(n => (n.Name, n.Region)).ToHashSet();
        return
        [
            .. from one in deployed.DistinctBy(d => d.Value.StackId)
               where !made.Contains(Where(one.Key)) && !notBuilt.Contains((one.Key.Name, one.Key.Place.Region))
               let owner = origin.OwnerOf(one.Value)
               where owner != Ownership.Foreign && UnreadStacks.EnvironmentOf(one.Value, all) is null
               let path = origin.PathOf(one.Key, one.Value)
               where scope.Covers(path)
               orderby one.Value.CreationTime descending, one.Key descending
               select new Orphan(one.Key, one.Value, path, owner == Ownership.Own)
               {
                   Watches = Watching.IsName(one.Key.Name) && all.Objects?.Find(path) is not null,
               },
        ];

        (string, string, string) Where(NodeId id) =>
            (accountIds.GetValueOrDefault(id.Place.Account, id.Place.Account), id.Place.Region, id.Name);
    }

    /// <summary>
    /// True for what a deletion of a scope takes: the project's own, and what may be a neighbour's only where the scope names its
    /// environment, or a network environment that the project does not have.
    /// </summary>
    public static bool IsMeant(StackGraph all, Scope scope, Orphan orphan) => orphan.IsOwn || scope.Path.Environment is not null
        || (scope.Path.Parts is ["netenv", var netenv] && all.Objects?.Children("netenv").Contains(netenv) != true);

    /// <summary>Their deletion, with what is deployed of each.</summary>
    public static async Task<ImmutableArray<(PlannedStack Stack, TemplateSide Before)>> Plan(
        IReadOnlyCollection<Orphan> orphans, ICloud cloud, CancellationToken cancel)
    {
        var templates = await DeployedStacks.Templates(cloud, orphans.Select(o => o.Id), cancel);
        return
        [
            .. orphans.Where(o => templates.ContainsKey(o.Id))
                .Select(o => (Deleted(o, templates[o.Id]), DeployedStacks.Side(templates[o.Id], o.Stack))),
        ];
    }

    /// <summary>
    /// Those of them that nobody needs any more; who is used by a stack that stays is held back, and so is what it uses itself.
    /// </summary>
    public static async Task<ImmutableArray<(PlannedStack Stack, TemplateSide Before)>> Free(
        ImmutableArray<PlannedNode> others, ImmutableArray<(PlannedStack Stack, TemplateSide Before)> orphans, OutputConsumers uses,
        CancellationToken cancel)
    {
        while (true)
        {
            var keeping = new RetainedOutputs([.. others, .. orphans.Select(o => o.Stack)], uses);
            var used = await Task.WhenAll(orphans.Select(o => keeping.StillUsing(o.Stack, o.Before, cancel)));
            if (used.All(u => u.IsEmpty))
                return orphans;
            orphans = [.. orphans.Where((_, i) => used[i].IsEmpty)];
        }
    }

    private static PlannedStack Deleted(Orphan orphan, string body)
    {
        var stack = new Stack { Id = orphan.Id, Ref = orphan.Ref, Title = orphan.Id.Name, Enabled = false, Template = new Template() };
        return DeployedStacks.Deleted(new StackNode(stack), orphan.Stack, body) with
        {
            Reason = orphan.Reason,
        };
    }
}
