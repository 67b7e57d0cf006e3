using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Paco.Architecture.Tests;

/// <summary>What no rule of .editorconfig holds in the build.</summary>
public sealed class StyleTests
{
    // The page.
    private const int Columns = 140;

    private static readonly string[] Files =
    [
        .. new[] { "src", "tests", "bench" }.SelectMany(folder => SourceFiles.Below(Repository.Path(folder))),
    ];

    // What may stand before the string that a line begins with.
    private static readonly SyntaxKind[] Leading =
    [
        SyntaxKind.PlusToken, SyntaxKind.QuestionToken, SyntaxKind.ColonToken, SyntaxKind.QuestionQuestionToken, SyntaxKind.ReturnKeyword,
        SyntaxKind.YieldKeyword,
    ];

    [Fact]
    public void No_line_is_longer_than_the_page()
    {
        var longer = string.Join('\n', Files.AsParallel().AsOrdered().SelectMany(file => TooLong(file, File.ReadAllText(file))));
        Assert.True(longer.Length == 0, longer);
    }

    [Fact]
    public void Usings_stand_in_order() =>
        Assert.Equal("", string.Join('\n', Files.Where(file => !InOrder(File.ReadAllText(file)))));

    [Theory]
    [InlineData("class A { int b = 1 +\n        2; }")]
    [InlineData("class A { string b =\n        \"TEXT\"; }")]
    [InlineData("class A { string b = \"\"\"\n    TEXT\n    \"\"\"; }")]
    [InlineData("class A { string b = c\n        ? \"TEXT\"\n        : $\"TEXT\"; }")]
    [InlineData("// https://example.com/TEXT")]
    public void A_long_line_is_one_that_could_be_broken(string text) =>
        Assert.Empty(TooLong("", text.Replace("TEXT", new string('x', 800), StringComparison.Ordinal)));

    [Theory]
    [InlineData("class A { string b = \"TEXT\"; }")]
    [InlineData("class TEXT;")]
    [InlineData("// a TEXT")]
    public void A_line_that_could_be_broken_is_seen(string text) =>
        Assert.Equal([":1"], TooLong("", text.Replace("TEXT", new string('x', 800), StringComparison.Ordinal)));

    /// <summary>
    /// Longer may be: a line of a raw string, one that begins with its string (behind an operator or return), an address.
    /// </summary>
    private static IEnumerable<string> TooLong(string file, string text)
    {
        var over = text.Split('\n').Select((line, i) => (line, number: i + 1)).Where(l => l.line.Length > Columns).ToList();
        if (over.Count == 0)
            return [];
        var tree = CSharpSyntaxTree.ParseText(text);
        var lines = tree.GetText().Lines;
        return from l in over
               let start = lines[l.number - 1].Start + l.line.TakeWhile(char.IsWhiteSpace).Count()
               where !IsText(tree.GetRoot().FindToken(start), start) && !IsAddress(l.line)
               select $"{file}:{l.number}";
    }

    private static bool IsText(SyntaxToken token, int start) =>
        token.SpanStart < start && token.Span.End > start
        || Leading.Contains(token.Kind()) && IsText(token.GetNextToken(), start)
        || token.Parent is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression
            or (int)SyntaxKind.Utf8StringLiteralExpression }
        || token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() is not null;

    private static bool IsAddress(string line) =>
        line.Trim().Split(' ') is ["//" or "///", var word] && Uri.IsWellFormedUriString(word, UriKind.Absolute);

    /// <summary>Namespaces of System first, then all by name; aliases and static ones behind them.</summary>
    private static bool InOrder(string text)
    {
        var usings = CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot().Usings
            .Select(u => (Last: u.Alias is not null || u.StaticKeyword != default,
                Mine: !$"{u.NamespaceOrType}.".StartsWith("System.", StringComparison.Ordinal), Name: $"{u.NamespaceOrType}"))
            .ToList();
        return usings.SequenceEqual(usings.OrderBy(u => u.Last).ThenBy(u => u.Mine).ThenBy(u => u.Name, StringComparer.Ordinal));
    }
}
