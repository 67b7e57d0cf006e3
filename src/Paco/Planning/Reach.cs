using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Linking;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>An account and region that could not be looked into, and AWS's reason in a line.</summary>
public sealed record UnseenPlace(Place Place, string Reason);

/// <summary>What is deployed where a project's stacks may be, one listing an account and region.</summary>
/// <param name="Unseen">Where nobody could look though the project may have something there.</param>
internal sealed record Listing(ImmutableDictionary<NodeId, DeployedStack> Stacks, ImmutableArray<UnseenPlace> Unseen);

/// <summary>
/// How far a project reaches: where its configuration has stacks, and where others of it may have been left. What a command needs
/// must answer; what it looks at besides may refuse, and is then named.
/// </summary>
/// <param name="needed">Where the nodes of the scope are, and those that give them values.</param>
/// <param name="accountIds">The ids of the project's accounts by name.</param>
internal sealed class Reach(StackGraph all, ImmutableArray<Place> needed, IReadOnlyDictionary<string, string> accountIds)
{
    // From the moment everything needed has answered: a region whose addresses a firewall swallows never answers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>How many regions a command looks into.</summary>
    public enum Width
    {
        /// <summary>Those the project uses, and that of the scope.</summary>
        Active,

        /// <summary>Those, and every other one in the accounts that the scope has something in: a region may have left it.</summary>
        Own,

        /// <summary>Every one that an account has without asking: a region that left <c>active_regions</c> may hold a database.</summary>
        Everywhere,
    }

    /// <summary>How far to look for what left: everywhere where the scope is wider than an environment.</summary>
    public static Width Of(Scope scope) => scope switch
    {
        _ when scope == Scope.All => Width.Everywhere,
        { Path: { First: "netenv", Environment: null } } => Width.Everywhere,
        { Path.Environment: { Region: null } } => Width.Own,
        _ => Width.Active,
    };

    /// <summary>The regions that the project uses.</summary>
    private ImmutableHashSet<string> Active =>
        [.. (all.Objects?.Find("project") as ProjectSettings)?.ActiveRegions ?? [], .. needed.Select(p => p.Region)];

    /// <summary>Lists the stacks. Throws <see cref="CloudException"/> where a place that is needed cannot be read.</summary>
    public async Task<Listing> Read(Scope scope, Width width, ICloud cloud, TimeProvider time, CancellationToken cancel)
    {
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var besides = Besides(scope, width).Select(p => Look(p, Stacks, looking.Token)).ToArray();
        try
        {
            var stacks = await DeployedStacks.Read(cloud, needed, cancel);
            await using var patience = time.CreateTimer(_ => looking.Cancel(), null, Patience, Timeout.InfiniteTimeSpan);
            var seen = await Task.WhenAll(besides);
            cancel.ThrowIfCancellationRequested();
            return new Listing(stacks.AddRange(seen.SelectMany(s => s.Found)), Unseen(scope, seen));
        }
        finally
        {
            await looking.CancelAsync();
            await Task.WhenAll(besides);
        }

        async Task<ImmutableArray<KeyValuePair<NodeId, DeployedStack>>> Stacks(Place place, CancellationToken until) =>
            [.. await DeployedStacks.Read(cloud, [place], until)];
    }

    /// <summary>
    /// Asks each account and region for something that is no stack; whoever refuses is unseen, needed or not.
    /// </summary>
    public async Task<(ImmutableArray<T> Found, ImmutableArray<UnseenPlace> Unseen)> Ask<T>(
        Scope scope, Width width, Func<Place, CancellationToken, Task<ImmutableArray<T>>> ask, TimeProvider time, CancellationToken cancel)
    {
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var patience = time.CreateTimer(_ => looking.Cancel(), null, Patience, Timeout.InfiniteTimeSpan);
        var places = needed.Concat(Besides(scope, width)).DistinctBy(Key);
        var looked = await Task.WhenAll(places.Select(p => Look(p, ask, looking.Token)));
        cancel.ThrowIfCancellationRequested();
        return ([.. looked.SelectMany(l => l.Found)], Unseen(scope, looked));
    }

    /// <summary>Where stacks of the project may be besides, each account and region once, whatever its accounts are called.</summary>
    private IEnumerable<Place> Besides(Scope scope, Width width)
    {
        if (all.Objects is not { } objects || scope.Path.First == "accounts")
            return [];
        var regions = Active;
        if (scope.Path.Environment?.Region is { } asked && Regions.IsKnown(asked))
            regions = regions.Add(asked);
        var others = regions.Union(regions.Select(Partition.Of).Distinct().SelectMany(Regions.EnabledByDefault));
        var own = needed.Select(p => p.Account).ToHashSet(StringComparer.Ordinal);
        var known = needed.Select(Key).ToHashSet();
        // Of several names of one account that which its stacks have: by another they would look like what left.
        var used = all.Nodes.Select(n => n.Id.Place.Account).ToHashSet(StringComparer.Ordinal);
        return
            from account in objects.Children("accounts").OrderBy(a => !used.Contains(a)).ThenBy(a => a, StringComparer.Ordinal)
            where account == "master" || accountIds.ContainsKey(account)
            from region in (IsWide(account) ? others : regions).Order(StringComparer.Ordinal)
            let place = new Place(account, region)
            where known.Add(Key(place))
            select place;

        bool IsWide(string account) => width == Width.Everywhere || (width == Width.Own && own.Contains(account));
    }

    private (string, string) Key(Place place) => (accountIds.GetValueOrDefault(place.Account, place.Account), place.Region);

    private static async Task<Looked<T>> Look<T>(Place place, Func<Place, CancellationToken, Task<ImmutableArray<T>>> ask,
        CancellationToken cancel)
    {
        try
        {
            return new Looked<T>(place, await ask(place, cancel), null);
        }
        catch (CloudException e)
        {
            return new Looked<T>(place, [], e.Message);
        }
        catch (OperationCanceledException)
        {
            return new Looked<T>(place, [], "no answer in time");
        }
    }

    // A region that nothing of the project is in may be disabled or denied by the organization, and mostly is: nothing is missed there.
    private ImmutableArray<UnseenPlace> Unseen<T>(Scope scope, IEnumerable<Looked<T>> looked) =>
    [
        .. from one in looked
           where one.Failure is not null && (Active.Contains(one.Place.Region) || scope.Path.Environment?.Region == one.Place.Region)
           select new UnseenPlace(one.Place, one.Failure!.Split('\n')[0]),
    ];

    private sealed record Looked<T>(Place Place, ImmutableArray<T> Found, string? Failure);
}
