using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Commands;

/// <summary><c>explain --filter</c>: a filter pattern tried on the lines of a file.</summary>
public sealed class ExplainFilterTests
{
    private const string Access = """
        10.0.0.1 - - [29/Nov/2026:20:00:00 +0000] "GET / HTTP/1.1" 200 512
        10.0.0.2 - - [29/Nov/2026:20:00:01 +0000] "GET /cart HTTP/1.1" 502 150

        """;

    private static ProjectFolder With(string file, string text)
    {
        var folder = new ProjectFolder();
        folder.Write(file, text);
        return folder;
    }

    [Fact]
    public async Task Each_line_says_what_it_adds_or_why_it_does_not_fit()
    {
        using var folder = With("access.log", Access);

        var ran = (await folder.Run("explain", "--filter", "[..., status = 5*, bytes]", "--value", "$bytes", "access.log")).Succeeds();

        Assert.Equal("""
            -    1  10.0.0.1 - - [29/Nov/2026:20:00:00 +0000] "GET / HTTP/1.1" 200 512
                    status is 200, not = 5*
            +    2  10.0.0.2 - - [29/Nov/2026:20:00:01 +0000] "GET /cart HTTP/1.1" 502 150
                    adds 150
            1 of 2 lines fit; the metric adds up to 150

            """, ran.Out);
    }

    [Fact]
    public async Task The_standard_input_does_too_and_programs_read_line_by_line()
    {
        using var folder = With("empty", "");

        var ran = (await folder.RunWith("{\"a\": 1}\nno JSON\n", "explain", "--filter", "{ $.a = * }", "--value", "$.a", "-", "--json"))
            .Succeeds();

        var lines = ran.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(("true", "1", "1"), ($"{lines[0]["fits"]}", $"{lines[0]["value"]}", $"{lines[0]["values"]!["$.a"]}"));
        Assert.Equal("it is no JSON object", $"{lines[1]["why"]}");
        Assert.Equal(("filter-end", "2", "1", "1"),
            ($"{lines[2]["type"]}", $"{lines[2]["lines"]}", $"{lines[2]["fitting"]}", $"{lines[2]["sum"]}"));
    }

    [Fact]
    public async Task A_pattern_that_is_none_is_shown_with_the_place_in_it()
    {
        using var folder = With("access.log", Access);

        var ran = (await folder.Run("explain", "--filter", "Status: timeout", "access.log")).Fails();

        Assert.Contains("PACO3074: a word without quotes cannot hold :", ran.Error, StringComparison.Ordinal);
        Assert.Contains("--filter:1:7", ran.Error, StringComparison.Ordinal);
        Assert.Contains("put it into quotes: \"Status:\"", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.log cannot be read: ", "--filter", "a", "nowhere.log")]
    [InlineData("--filter tries the lines of a file", "--filter", "a")]
    [InlineData("--value and --json go with --filter", "ASG", "--json")]
    [InlineData("only patterns in { } and [ ] take values out of events", "--filter", "a", "--value", "$.b", "access.log")]
    public async Task What_cannot_be_meant_is_said(string message, params string[] arguments)
    {
        using var folder = With("access.log", Access);

        var ran = (await folder.Run(["explain", .. arguments])).Fails();

        Assert.Contains(message, ran.All, StringComparison.Ordinal);
    }
}
