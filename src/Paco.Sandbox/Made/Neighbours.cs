using System.Text.Json.Nodes;
using Paco.CloudFormation.Types;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>What there can be one of among its neighbours, names apart: a port of a load balancer, a range of a network.</summary>
internal static class Neighbours
{
    /// <summary>Throws <see cref="ResourceFailure"/> where another has already what it would get.</summary>
    /// <param name="before">What it is so far; null for a new one.</param>
    public static void Refuse(ResourceRequest m, LiveResource? before)
    {
        if (m.Facts.IsMerged)
        {
            return;
        }

        foreach (var unique in Lines(m.Facts).Where(u => before is null || IsMoved(u, before.Properties, m.Properties)))
        {
            if (Scope(unique, m.Account, m.Home, m.Type, m.Text) is { } scope
                && m.Store.Claiming(scope).FirstOrDefault(other => other.Physical != before?.Physical
                    && m.Facts.Meet(unique, m.Text, property => Text(other.Properties, property))) is { } other)
            {
                throw Words(m, other);
            }
        }
    }

    /// <summary>Among whom a resource has what there can be one of, for finding those quickly.</summary>
    public static IEnumerable<string> Claims(LiveResource it) =>
        from unique in Lines(ResourceFacts.Of(it.Type))
        let scope = Scope(unique, it.Account, it.Region, it.Type, property => Text(it.Properties, property))
        where scope is not null
        select scope;

    private static IEnumerable<Uniqueness> Lines(ResourceFacts facts) =>
        facts.Unique.Where(u => facts.NameProperty is not { } name || !u.Keys.Contains(name));

    private static bool IsMoved(Uniqueness unique, JsonObject before, JsonObject after) =>
        unique.Within.Concat(unique.Keys).Any(property => !Json.Same(before[property], after[property]));

    // Where it is not within something, what it takes is the shorter way to those that have it, too.
    private static string? Scope(Uniqueness unique, string account, string home, string type, Func<string, string?> text)
    {
        if (!unique.IsTaken(text))
        {
            return null;
        }

        var alike = unique.Within.IsEmpty ? unique.Keys : unique.Within;
        return string.Join('\n', alike.Select(property => $"{property}={text(property)}").Prepend($"{unique.Among(account, home)} {type}"));
    }

    private static string? Text(JsonObject properties, string property) => properties[property] switch
    {
        null => null,
        JsonValue value => Json.Scalar(value),
        var other => Json.Canonical(other),
    };

    private static ResourceFailure Words(ResourceRequest m, LiveResource other) => m.Facts.Taken is { } words
        ? ServiceRefusal.Taken(m, Arns.Fill(m, words, other.Physical))
        : ServiceRefusal.Exists(m, other.Physical);
}
