using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>
/// The environments of a file and the account of each, by the file alone: who has a name that an account has only once (a dashboard)
/// depends on all of them, also where only one is read.
/// </summary>
public sealed class AccountNeighbours(MapNode file, MapNode environments)
{
    private readonly ImmutableArray<EnvironmentPlace> _places =
    [
        .. from environment in environments.Entries
           where environment.Value is MapNode
           from region in ((MapNode)environment.Value).Entries
           where Regions.IsKnown(region.Key)
           select new EnvironmentPlace(environment.Key, region.Key, AccountOf(file, (MapNode)environment.Value, region.Value)),
    ];

    /// <summary>
    /// What follows a name in an environment's region, so that an account has it once: nothing in the first of the account, then the
    /// environment, and the region where it has several.
    /// </summary>
    /// <param name="accountName">The name that stands for an account's others.</param>
    public string SuffixOf(string environment, string region, Func<string, string> accountName)
    {
        var at = _places.FirstOrDefault(p => p.Environment == environment && p.Region == region);
        if (at?.Account is not { } account)
            return "";
        var before = _places.TakeWhile(p => p != at).Where(p => p.Account is { } other && accountName(other) == accountName(account))
            .ToList();
        if (before.Count == 0)
            return "";
        var ofEnvironment = before[0].Environment == environment ? "" : $"-{environment}";
        return before.Exists(p => p.Environment == environment) ? $"{ofEnvironment}-{Regions.ShortName(region)}" : ofEnvironment;
    }

    private static string? AccountOf(MapNode file, MapNode environment, Node region)
    {
        const string Network = "network";
        const string Account = "aws_account";
        var written = Rewriter.At(region, Network, Account) ?? Rewriter.At(environment, "default", Network, Account)
            ?? Rewriter.At(file, Network, Account);
        return written is ScalarNode { Value: var text } ? text[(text.LastIndexOf('.') + 1)..] : null;
    }

    private sealed record EnvironmentPlace(string Environment, string Region, string? Account);
}
