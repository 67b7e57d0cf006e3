using Paco.Cli.Views;
using Paco.Diagnostics;

namespace Paco.Cli.Tests.Views;

/// <summary>Foreign text starts no line and turns none, whichever way it comes to a screen.</summary>
public class HiddenCharactersTests
{
    [Theory]
    [InlineData("two\nlines\r", "two\\nlines\\r")]
    [InlineData("a\tb", "a\\tb")]
    [InlineData("\u001b[2J\u001b]0;title\u0007", "\\u001b[2J\\u001b]0;title\\u0007")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("nimda\u202e", "nimda\\u202e")]
    [InlineData("\u202a\u202b\u202c\u202d", "\\u202a\\u202b\\u202c\\u202d")]
    [InlineData("\u2066\u2067\u2068\u2069", "\\u2066\\u2067\\u2068\\u2069")]
    [InlineData("\u200e\u200f\u061c", "\\u200e\\u200f\\u061c")]
    [InlineData("a\u200bb\ufeff\u2028\u2029", "a\\u200bb\\ufeff\\u2028\\u2029")]
    [InlineData("\U000e0041", "\\u{e0041}")]
    [InlineData("grün 数 👩‍💻 ~", "grün 数 👩‍💻 ~")]
    public void What_is_hidden_is_spelt_out_and_all_else_stays(string text, string shown) => Assert.Equal(shown, Screen.Clean(text));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_way_to_a_screen_leads_past_it(bool hasColour)
    {
        const string Foreign = "x\nerror: all is lost\u001b[2J\u202e\r";
        var written = new StringWriter { NewLine = "\n" };
        var screen = new Screen(written, hasColour, () => (100, 24), canRedraw: false);

        screen.Line(Foreign);
        screen.Line(Foreign, TextStyle.Red);
        screen.Composed($"{screen.Styled(Foreign, TextStyle.Bold)} {Foreign}");
        screen.Write(Foreign);

        var lines = written.ToString().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.Contains("x\\nerror: all is lost\\u001b[2J\\u202e\\r", line, StringComparison.Ordinal));
        Assert.Equal(hasColour ? 4 : 0, written.ToString().Count(c => c == '\u001b'));
        Assert.DoesNotContain('\u202e', written.ToString());
    }

    [Fact]
    public void A_key_to_be_copied_keeps_its_lines_and_nothing_else()
    {
        var written = new StringWriter { NewLine = "\n" };

        new Screen(written, hasColour: false, () => (100, 24), canRedraw: false).Lines("-----BEGIN\r\nab\u001b[1m\n-----END");

        Assert.Equal("-----BEGIN\nab\\u001b[1m\n-----END\n", written.ToString());
    }

    [Fact]
    public void A_mark_stands_below_what_it_means_however_the_line_is_spelt()
    {
        var file = new SourceFile("netenv/\u202emynet.yaml", "a: \u202eb  c");
        var written = new StringWriter { NewLine = "\n" };
        var place = new Location(file, 1, 8, 1);
        var mistake = new Diagnostic(Syntax.SyntaxCodes.NotYaml, "fake\nerror PACO0: \u2066", place) { Hint = "no\nhint" };

        DiagnosticView.Show(new Screen(written, hasColour: false, () => (100, 24), canRedraw: false), [mistake], 0);

        Assert.Equal("""
            error PACO1001: fake\nerror PACO0: \u2066
              ╭─ netenv/\u202emynet.yaml:1:8
            1 │ a: \u202eb  c
              │             ^ no\nhint


            """.ReplaceLineEndings("\n"), written.ToString()[..written.ToString().IndexOf("1 error", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task A_reason_of_the_cloud_stays_within_its_line()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes", "--fault",
            "fail:NE-mynet-dev-Net-VPC/*:no\n✓ Provision netenv.mynet.dev: 34 created\u001b[2J\u202e")).Fails();

        // XML, in which reasons come, has no way to write the control character.
        Assert.Contains("no\\n✓ Provision netenv.mynet.dev: 34 created\ufffd[2J\\u202e", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(ran.Out.Split('\n'), line => line.StartsWith('✓'));
        Assert.DoesNotContain('\u001b', ran.Out);
    }
}
