namespace Paco.Starters.Tests;

public class TemplateTests
{
    private static readonly Dictionary<string, string> Values = new() { ["one"] = "1", ["list"] = "- a\n- b", ["braces"] = "{{one}}" };

    [Theory]
    [InlineData("a {{one}} b {{one}}{{one}}", "a 1 b 11")]
    [InlineData("nothing to fill }} here {{", "nothing to fill }} here {{")]
    [InlineData("{{braces}}", "{{one}}")]
    [InlineData("keys:\n  {{list}}\nend", "keys:\n  - a\n  - b\nend")]
    [InlineData("id: {{one?}}\nend\n", "id: 1\nend\n")]
    [InlineData("start\n  id: \"{{two?}}\"\nend\n", "start\nend\n")]
    public void Placeholders_become_values(string template, string expected) =>
        Assert.Equal(expected, Template.Fill(template, Values.GetValueOrDefault));

    [Fact]
    public void A_value_that_is_needed_has_to_be_there() =>
        Assert.Throws<ArgumentException>(() => Template.Fill("{{two}}", Values.GetValueOrDefault));
}
