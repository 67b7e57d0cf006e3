using System.Collections.Immutable;

namespace Paco.CloudFormation.Schemas;

/// <summary>A list of property paths of a schema: <c>Endpoint/Address</c>, <c>Rules/*/Id</c>.</summary>
internal sealed record SchemaPaths(ImmutableArray<string> All)
{
    /// <summary>True where one of the paths is this one or lies above it.</summary>
    public bool Covers(string path)
    {
        foreach (var known in All)
        {
            if (Covers(known, path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where one of the paths ends in a name.</summary>
    public bool EndIn(string name)
    {
        foreach (var known in All)
        {
            if (known.EndsWith(name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Covers(ReadOnlySpan<char> known, ReadOnlySpan<char> path)
    {
        while (!known.IsEmpty)
        {
            if (path.IsEmpty || !Same(Take(ref known), Take(ref path)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(ReadOnlySpan<char> known, ReadOnlySpan<char> name) =>
        known.SequenceEqual(name) || (known is "*" && !name.ContainsAnyExceptInRange('0', '9'));

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> path)
    {
        var end = path.IndexOf('/');
        var first = end < 0 ? path : path[..end];
        path = end < 0 ? [] : path[(end + 1)..];
        return first;
    }
}
