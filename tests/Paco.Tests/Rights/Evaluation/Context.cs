using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Paco.Tests.Rights.Evaluation;

/// <summary>The condition keys that a call sets, with their values; names in whatever case.</summary>
internal sealed partial class Context(IEnumerable<KeyValuePair<string, string>> keys)
{
    public static readonly Context Empty = new([]);

    private readonly ImmutableArray<KeyValuePair<string, string>> _keys = [.. keys];

    /// <summary>None where the call does not set it.</summary>
    public ImmutableArray<string> this[string key] =>
        [.. _keys.Where(k => k.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(k => k.Value)];

    public Context With(string key, string? value) => value is null ? this : new Context(_keys.Add(new(key, value)));

    /// <summary>
    /// A text with its policy variables filled in; null where one of them has no value, and then the statement does not match.
    /// </summary>
    public string? Fill(string text)
    {
        var isWhole = true;
        var filled = Variable().Replace(text, match =>
        {
            var (name, usual) = (match.Groups["name"].Value, match.Groups["usual"]);
            if (name is "*" or "?" or "$")
                return name;
            var value = this[name] is [var only] ? only : usual.Success ? usual.Value : null;
            isWhole &= value is not null;
            return value ?? "";
        });
        return isWhole ? filled : null;
    }

    [GeneratedRegex(@"\$\{(?<name>[^},]+)(, *'(?<usual>[^']*)')?\}")]
    private static partial Regex Variable();
}
