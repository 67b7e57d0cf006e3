using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Which deployed stacks were given a value: their parameters say so, whoever gave it to them and when.</summary>
internal sealed class Uses(ImmutableDictionary<NodeId, DeployedStack> deployed)
{
    private readonly Lazy<ILookup<string, NodeId>> _byPart = new(() => deployed
        .SelectMany(d => d.Value.Parameters.Values.SelectMany(Parts).Distinct(StringComparer.Ordinal).Select(part => (part, d.Key)))
        .ToLookup(u => u.part, u => u.Key, StringComparer.Ordinal));

    /// <summary>The stacks that have the value, or every item of it where it is a list, in one of their parameters.</summary>
    public IEnumerable<NodeId> Of(string value) => Parts(value)
        .Select(part => _byPart.Value[part])
        .Aggregate((IEnumerable<NodeId>?)null, (all, some) => all?.Intersect(some) ?? some.Distinct())!
        .Order();

    /// <summary>True where a parameter with this value, or with this among its items, uses the other.</summary>
    public static bool Holds(string? parameter, string value) => parameter is not null && !Parts(value).Except(Parts(parameter), StringComparer.Ordinal).Any();

    private static string[] Parts(string value) => value.Split(',');
}
