using System.Collections.Immutable;

namespace Paco.Planning;

/// <summary>
/// What a plan was made for. Elsewhere the same names mean other things, so a plan that is kept is done there or not at all.
/// </summary>
/// <param name="Cloud">The cloud, in words: <c>aws</c>, <c>sandbox 0123456789abcdef</c>, an endpoint's address.</param>
/// <param name="AccountIds">The ids of the accounts it concerns, by name, as far as they are known.</param>
public sealed record PlanTarget(string Cloud, ImmutableSortedDictionary<string, string> AccountIds)
{
    /// <summary>What is another one now, as a sentence that says both; null where it is the same, as far as both are known.</summary>
    public string? Differs(PlanTarget now)
    {
        if (Cloud != now.Cloud)
            return $"the plan was made for {Cloud}, and this is {now.Cloud}";
        var moved = AccountIds.Where(a => now.AccountIds.TryGetValue(a.Key, out var id) && id != a.Value)
            .Select(a => $"{a.Key} = {a.Value}, which is {now.AccountIds[a.Key]} now").ToList();
        return moved.Count == 0 ? null : $"the plan was made for the account {string.Join(", and ", moved)}";
    }
}
