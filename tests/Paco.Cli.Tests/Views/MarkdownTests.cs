using Paco.Cli.Views;
using Paco.Cli.Views.Markdown;

namespace Paco.Cli.Tests.Views;

/// <summary>Whatever a name or a value holds, it stays text in a comment on GitHub; and a page is never longer than one may be.</summary>
public class MarkdownTests
{
    [Theory]
    [InlineData("plain words, 4 → 8", "plain words, 4 → 8")]
    [InlineData("<img src=x> & </details>", "&lt;img src\\=x&gt; &amp; &lt;/details&gt;")]
    [InlineData("@team see #12", "@&#8203;team see #&#8203;12")]
    [InlineData("[click](https://evil.example)", "\\[click\\]\\(https\\://evil\\.example\\)")]
    [InlineData("a|b `c` *d* ~e~", "a\\|b \\`c\\` \\*d\\* \\~e\\~")]
    [InlineData("two\nlines\u202e", "two\\\\nlines\\\\u202e")]
    [InlineData("$a$", "<span>$</span>a<span>$</span>")]
    public void A_sentence_stays_a_sentence(string text, string written) => Assert.Equal(written, MarkdownText.Sentence(text));

    [Theory]
    [InlineData("app/site/web", "`app/site/web`")]
    [InlineData("a`b``c", "```a`b``c```")]
    [InlineData("`", "`` ` ``")]
    [InlineData("", "`  `")]
    [InlineData("<b>\n@x", "`<b>\\n@x`")]
    public void A_name_is_code_that_nothing_in_it_ends(string text, string written) => Assert.Equal(written, MarkdownText.Code(text));

    [Fact]
    public void A_block_is_fenced_by_more_than_stands_in_it() =>
        Assert.Equal("````diff\n```\n</details>\n````\n", MarkdownText.Block("```\n</details>", "diff"));

    [Fact]
    public void In_a_summary_a_name_is_no_tag() =>
        Assert.Equal("<code>&lt;/summary&gt; \"x\" @team</code>", MarkdownText.HtmlCode("</summary> \"x\" @team"));

    [Theory]
    [InlineData("netenv.mynet.dev-2", "<!-- paco-plan: netenv.mynet.dev-2 -->\n")]
    [InlineData("x --> <b>\ny", "<!-- paco-plan: x?-????b??y -->\n")]
    public void Nothing_in_a_scope_ends_the_marker(string scope, string marker) => Assert.Equal(marker, MarkdownText.Marker(scope));

    [Fact]
    public void What_a_screen_shows_keeps_its_shape_within_a_block() => Assert.Equal("~ a\n    b",
        MarkdownText.Shown(screen =>
        {
            screen.Line("      ~ a", TextStyle.Red);
            screen.Line("          b");
        }));

    [Fact]
    public void Of_too_long_a_page_the_least_important_is_left_out_and_counted()
    {
        var page = new MarkdownPage("head\n", "paco plan");
        page.Add("danger", 0, "! a port is opened\n");
        for (var i = 0; i < 100; i++)
            page.Add("stack", 3 + i % 2, $"stack {i}\n", $"stack {i} {new string('x', 1_000)}\n");
        page.Add("section", 5, "a section\n", new string('y', 30_000));

        var text = page.Text(20_000);

        Assert.True(text.Length <= 20_000, $"{text.Length}");
        Assert.StartsWith(
            "head\n**Not all of it is here**, since GitHub takes no longer comments. Left out: ", text, StringComparison.Ordinal);
        Assert.Matches("details of [0-9]+ stacks, .*`paco plan` shows everything", text);
        Assert.Contains("! a port is opened", text, StringComparison.Ordinal);
        Assert.Contains("stack 99\n", text, StringComparison.Ordinal);
        // Those of the lower rank have their details first.
        Assert.Contains("stack 0 xxx", text, StringComparison.Ordinal);
        Assert.DoesNotContain("stack 1 xxx", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Dangers_that_do_not_fit_are_counted()
    {
        var page = new MarkdownPage("head\n", "paco plan");
        page.Add("stack", 3, "a stack that would fit well\n");
        for (var i = 0; i < 1_000; i++)
            page.Add("danger", 0, $"danger {i} {new string('!', 100)}\n");

        var text = page.Text(MarkdownPage.Longest);

        Assert.True(text.Length <= MarkdownPage.Longest, $"{text.Length}");
        Assert.Matches("Left out: (1 stack, )?[0-9]+ dangers", text);
        Assert.Contains("danger 0 !", text, StringComparison.Ordinal);
    }
}
