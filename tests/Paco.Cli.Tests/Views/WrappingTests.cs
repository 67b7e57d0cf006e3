using Paco.Cli.Views;

namespace Paco.Cli.Tests.Views;

/// <summary>Where lines break that are wider than their screen.</summary>
public sealed class WrappingTests
{
    private const string Address = "NE-mynet-dev-App-app-site-alb-0123456789.us-west-2.elb.amazonaws.com";

    [Fact]
    public void A_sentence_breaks_at_words_and_goes_on_a_little_further_in() => Holds(30,
        "  AWS goes on with app/site/database; the same command attaches to it.", """
          AWS goes on with
            app/site/database; the
            same command attaches to
            it.
        """);

    [Fact]
    public void What_stands_in_a_column_of_its_own_goes_as_a_whole() => Holds(50,
        "Plan  netenv.mynet.dev    31 stacks · 2 accounts · about 11 min on AWS", """
        Plan  netenv.mynet.dev
          31 stacks · 2 accounts · about 11 min on AWS
        """);

    [Fact]
    public void An_address_that_fits_on_no_line_has_one_of_its_own() => Holds(40, $"  app/site/alb  load balancer  {Address} is there", $"""
          app/site/alb  load balancer
        {Address}
            is there
        """);

    [Fact]
    public void A_word_that_is_the_whole_line_stays_whole() => Holds(20, Address, Address);

    [Fact]
    public void Colours_take_no_room_and_go_on_over_the_break() => Holds(20, "  \u001b[31mone two three four five\u001b[0m", """
          \u001b[31mone two three four
            five\u001b[0m
        """.Replace(@"\u001b", "\u001b", StringComparison.Ordinal));

    [Fact]
    public void Colours_that_end_among_blanks_are_no_words() => Assert.Equal(["  \u001b[1mone\u001b[0m", "    two three"],
        Wrapping.Of("  \u001b[1mone   \u001b[0m two three", 14));

    [Fact]
    public void The_rest_of_a_frame_stands_beside_its_bar() => Assert.Equal(["  │ did you mean", "  │ \"private\"?"],
        Wrapping.Of("  │ did you mean \"private\"?", 20, "  │ "));

    [Theory]
    [InlineData("  │ a word-that-is-longer-than-the-line", "  │ ")]
    [InlineData("        far-in-and-longer-than-the-line and more", null)]
    [InlineData("数据库 数据库 数据库 数据库", null)]
    [InlineData("   ", null)]
    [InlineData("", null)]
    [InlineData("a                                            b", null)]
    public void Nothing_is_lost_and_nothing_that_could_break_is_too_wide(string line, string? hang)
    {
        var lines = Wrapping.Of(line, 12, hang);

        Assert.Equal(Words(line), Words(string.Join(' ', lines)));
        Assert.All(lines, part => Assert.True(Live.Width(part) <= 12 || Words(part).Length == 1, part));
    }

    // A template in a plan may be one line.
    [Fact]
    public void A_line_of_a_hundred_thousand_words_is_broken_as_quickly_as_it_is_read() =>
        Assert.Equal(25000, Wrapping.Of(string.Join(' ', Enumerable.Repeat("word", 100000)), 24, "    ").Count);

    [Fact]
    public void Only_where_a_person_looks_lines_are_broken()
    {
        var log = new StringWriter { NewLine = "\n" };
        var glass = new Glass(20, 24);

        new Screen(log, hasColour: false, () => (20, 24), canRedraw: false).Line("one two three four five");
        glass.Screen.Line("one two three four five");
        glass.Screen.Lines("-----BEGIN RSA PRIVATE KEY-----");

        Assert.Equal("one two three four five\n", log.ToString());
        Assert.Equal("one two three four\n  five\n-----BEGIN RSA PRIVA\nTE KEY-----", glass.Text);
    }

    private static void Holds(int width, string line, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', Wrapping.Of(line, width)));

    private static string[] Words(string text) =>
        text.Replace("│", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static class Live
    {
        public static int Width(string text) => Paco.Cli.Views.Live.Columns.Of(text);
    }
}
