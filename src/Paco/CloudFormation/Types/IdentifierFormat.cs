using System.Text;

namespace Paco.CloudFormation.Types;

/// <summary>
/// The form of an id or ARN, with parts in braces: <c>{Name}</c> a property or a word such as <c>{region}</c>, <c>{A,B}</c> the first
/// there is, <c>{Path:/}</c> with a default, <c>{Arn|old|new}</c> with one text put for another.
/// </summary>
public sealed record IdentifierFormat(string Text)
{
    private static readonly char[] Digits = [.. "0123456789"];
    private static readonly string[] Chosen = ["hex", "mixed", "capitals"];

    /// <summary>It is the ARN, whatever that looks like.</summary>
    public bool IsArn => Text == "{arn}";

    /// <summary>It follows from a name of one's own.</summary>
    public bool IsNamed => Text.Contains("{name}", StringComparison.Ordinal);

    /// <summary>An ARN that follows from properties and the place alone.</summary>
    public bool IsOfProperties => Text.StartsWith("arn:", StringComparison.Ordinal) && !IsNamed && !IsChosenByAws;

    /// <summary>AWS chooses it, or puts the account before the name: nothing else in the world has it.</summary>
    public bool IsChosenByAws => Parts.Any(part => part is "arn" or "uuid" or "ip" || Chosen.Contains(part.TrimEnd(Digits)))
        || (IsNamed && Parts.Contains("account"));

    /// <summary>The parts it is made of, without their braces.</summary>
    internal IEnumerable<string> Parts =>
        from piece in Text.Split('{').Skip(1)
        let inner = piece[..piece.IndexOf('}', StringComparison.Ordinal)]
        from name in inner.Split('|', ':')[0].Split(',')
        select name;

    /// <summary>The whole, or null where a part has no value.</summary>
    /// <param name="part">The value of a property or word.</param>
    public string? Fill(Func<string, string?> part)
    {
        var filled = new StringBuilder();
        var at = 0;
        while (Text.IndexOf('{', at) is >= 0 and var start)
        {
            var end = Text.IndexOf('}', start);
            if (Value(Text[(start + 1)..end], part) is not { } value)
                return null;
            filled.Append(Text, at, start - at).Append(value);
            at = end + 1;
        }
        return filled.Append(Text, at, Text.Length - at).ToString();
    }

    private static string? Value(string inner, Func<string, string?> part)
    {
        if (inner.Split('|') is [var changed, var old, var now])
            return part(changed)?.Replace(old, now, StringComparison.Ordinal);
        var (names, usual) = inner.Split(':') is [var left, var right] ? (left, right) : (inner, null);
        return names.Split(',').Select(part).FirstOrDefault(value => value is not null) ?? usual;
    }
}
