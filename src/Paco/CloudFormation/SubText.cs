namespace Paco.CloudFormation;

/// <summary>
/// A piece of the text of <c>Fn::Sub</c>, as it is written. <c>${!Name}</c> is the name <c>!Name</c>, and means the text <c>${Name}</c>.
/// </summary>
/// <param name="Name">What stands between the braces; null for a piece of plain text.</param>
internal readonly record struct SubText(string Written, string? Name)
{
    /// <summary>The pieces of a text, in order; a brace that is opened and not closed is plain text.</summary>
    public static IEnumerable<SubText> Pieces(string text)
    {
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is >= 0 and var start && text.IndexOf('}', start) is > 0 and var end)
        {
            if (start > at)
                yield return new(text[at..start], null);
            yield return new(text[start..(end + 1)], text[(start + 2)..end].Trim());
            at = end + 1;
        }
        if (at < text.Length)
            yield return new(text[at..], null);
    }
}
