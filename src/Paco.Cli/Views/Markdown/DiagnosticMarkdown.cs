using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Cli.Views.Markdown;

/// <summary>Why there is no plan, as a page of Markdown: found by the same marker, so that it takes the plan's place.</summary>
internal static class DiagnosticMarkdown
{
    private const int Errors = 0;
    private const int Others = 1;

    /// <summary>A project with mistakes.</summary>
    public static string Page(string scope, ImmutableArray<Diagnostic> diagnostics, string command)
    {
        var counts = DiagnosticView.Counted(diagnostics);
        var page = new MarkdownPage(Head(scope, $"the project has {counts}; nothing was asked of AWS"), $"{command} validate");
        foreach (var one in diagnostics.OrderByDescending(d => d.Severity))
        {
            page.Add(one.Severity == Severity.Error ? "error" : "remark", one.Severity == Severity.Error ? Errors : Others, Line(one),
                MarkdownText.Block(MarkdownText.Shown(screen => DiagnosticView.ShowOne(screen, one)), "text") + "\n");
        }
        return page.Text();
    }

    /// <summary>A sentence of ours.</summary>
    public static string Page(string scope, string message, string? hint) => Head(scope, message)
        + (hint is null ? "" : $"{MarkdownText.Sentence(hint)}\n");

    /// <summary>What the cloud answered.</summary>
    public static string Page(string scope, CloudException e) => Head(scope, "AWS could not be asked")
        + MarkdownText.Block(MarkdownText.Shown(screen => CloudErrorView.Show(screen, e)), "text");

    /// <summary>A mistake or a remark in one line.</summary>
    public static string Line(Diagnostic d)
    {
        var place = d.Location.File is null ? "" : $" {MarkdownText.Code(d.Location.ToString())}";
        var words = MarkdownText.Sentence(PlanMarkdown.WithHint(d.Message, d.Hint));
        return $"- {JsonWords.Of(d.Severity)} {MarkdownText.Code(d.Code.Id)} {words}{place}\n";
    }

    private static string Head(string scope, string why) =>
        $"{MarkdownText.Marker(scope)}### No plan of {MarkdownText.Code(scope)}\n\n> [!CAUTION]\n> {MarkdownText.Sentence(why)}\n\n";
}
