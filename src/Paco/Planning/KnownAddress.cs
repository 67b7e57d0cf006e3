using System.Collections.Immutable;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>An address with its value.</summary>
/// <param name="Title">The stack or action that makes it good, as people read it.</param>
public sealed record KnownAddress(Address Address, string Title, string Value)
{
    /// <summary>Those of a part of a graph whose nodes are there and whose values are known, in the order they were stated.</summary>
    internal static async Task<ImmutableArray<KnownAddress>> Of(StackGraph graph, KnownValues values)
    {
        var known = ImmutableArray.CreateBuilder<KnownAddress>();
        foreach (var address in graph.Addresses.Where(a => values.Has(a.Node)))
        {
            if (graph.Find(address.Node) is { } node && await address.Value.Value(values) is { Length: > 0 } value)
                known.Add(new KnownAddress(address, node.Title, value));
        }
        return known.DrainToImmutable();
    }
}
