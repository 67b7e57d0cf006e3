using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Paco.CloudFormation.Schemas;

/// <summary>
/// A schema's regular expressions, searched for as JSON Schema says. They are written for several engines: one that .NET
/// cannot read, or that takes too long, allows everything.
/// </summary>
internal static class SchemaPattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private static readonly ConcurrentDictionary<string, Regex?> Known = new(StringComparer.Ordinal);

    public static bool Matches(string pattern, string text)
    {
        // The commonest ones need no engine.
        if (pattern is ".*" or "" or "^.*$" or "[\\s\\S]*" or "^[\\s\\S]*$")
        {
            return true;
        }

        try
        {
            return Known.GetOrAdd(pattern, Read) is not { } regex || regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    /// <summary>
    /// The expression, or null for one .NET cannot read. In ECMAScript mode <c>\w</c> and <c>\d</c> are ASCII, as the services mean them.
    /// </summary>
    public static Regex? Read(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.ECMAScript, Patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
