using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Tests.Syntax;

/// <summary>JSON with the place of everything in it.</summary>
public sealed class JsonTextTests
{
    [Fact]
    public void Everything_knows_its_line_and_its_column_in_characters()
    {
        var root = (MapNode)Read("{\n  \"é\": \"ü\", \"list\": [1,\n\ttrue, null]\n}\n", out _)!;

        var list = (ListNode)root["list"]!;
        Assert.Equal(["1:1", "2:8", "2:21", "2:22", "3:2", "3:8"],
            new[] { root, root["é"]!, list, list.Items[0], list.Items[1], list.Items[2] }
                .Select(n => $"{n.Location.Line}:{n.Location.Column}"));
        Assert.Equal(2, root.Find("list")!.Value.KeyLocation.Line);
        Assert.True(list.Items[2] is ScalarNode { IsNull: true });
        Assert.False(root["é"] is ScalarNode { Plain: true });
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{", 1)]
    [InlineData("{\n \"a\": 1,\n}", 3)]
    [InlineData("{}\n{}", 2)]
    [InlineData("[1 // no\n]", 1)]
    [InlineData("{\n\"a\": \"\\ud800\"}", 2)]
    [InlineData("widgets: []", 1)]
    public void What_is_none_is_refused_with_its_line(string text, int line)
    {
        Assert.Null(Read(text, out var problem));
        Assert.Equal(line, problem!.Value.Place.Line);
        Assert.DoesNotContain("LineNumber", problem.Value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_has_an_end() => Assert.Null(Read(new string('[', 1000) + new string(']', 1000), out _));

    private static Node? Read(string text, out (Location Place, string Message)? problem) =>
        JsonText.Read(new SourceFile("board.json", text), out problem);
}
