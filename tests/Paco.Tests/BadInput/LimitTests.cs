using System.Text;
using Paco.Syntax;

namespace Paco.Tests.BadInput;

/// <summary>Hostile sizes are refused at once: by the limits, not by running out of time, stack or memory.</summary>
public sealed class LimitTests
{
    private const string File = BadProject.Netenv;

    [Fact]
    public void A_file_of_100_MB_is_too_large()
    {
        using var project = new BadProject();
        using (var file = System.IO.File.OpenWrite(project.PathOf(File)))
            file.SetLength(100 * 1024 * 1024);
        Assert.Contains("larger than 8 MiB", project.Only(SyntaxCodes.TooLarge).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_file_of_100_MB_is_too_large_as_well()
    {
        using var project = new BadProject().Without(File);
        using (var file = System.IO.File.OpenWrite(project.PathOf("large")))
            file.SetLength(100 * 1024 * 1024);
        System.IO.File.CreateSymbolicLink(project.PathOf(File), project.PathOf("large"));
        project.Only(SyntaxCodes.TooLarge);
    }

    [Fact]
    public void A_billion_laughs_are_counted_not_laughed()
    {
        var bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i <= 9; i++)
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        using var project = new BadProject().With(File, bomb.ToString());
        Assert.Contains("more than 200,000 values", project.Only(SyntaxCodes.TooLarge).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_keys_make_no_bomb_either()
    {
        var bomb = new StringBuilder("a0: &a0\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"  k{i}: x\n")));
        for (var i = 1; i <= 9; i++)
            bomb.Append($"a{i}: &a{i}\n" + string.Concat(Enumerable.Range(0, 50).Select(n => $"  k{n}:\n    <<: *a{i - 1}\n")));
        using var project = new BadProject().With(File, bomb.ToString());
        project.Only(SyntaxCodes.TooLarge);
    }

    [Fact]
    public void One_long_text_a_thousand_times_is_too_much()
    {
        var text = $"a: &a \"{new string('x', 1_000_000)}\"\nb: [{string.Join(", ", Enumerable.Repeat("*a", 1000))}]\n";
        using var project = new BadProject().With(File, text);
        project.Only(SyntaxCodes.TooLarge);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void Ten_thousand_levels_in_a_line_are_too_deep(string open, string close)
    {
        var text = "network: " + string.Concat(Enumerable.Repeat(open, 10_000)) + string.Concat(Enumerable.Repeat(close, 10_000));
        using var project = new BadProject().With(File, text);
        Assert.Contains("nested more than 128 levels", project.Only(SyntaxCodes.TooLarge).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a:\n")]
    public void Ten_thousand_levels_in_blocks_are_too_deep(string level)
    {
        var text = new StringBuilder();
        for (var i = 0; i < (level == "a:\n" ? 2_000 : 10_000); i++)
            text.Append(level == "a:\n" ? new string(' ', i) : "").Append(level);
        using var project = new BadProject().With(File, text.ToString());
        Assert.Contains(project.Compile().Diagnostics, d => d.Code == SyntaxCodes.TooLarge || d.Code == SyntaxCodes.NotYaml);
    }

    [Fact]
    public void Ten_thousand_mistakes_are_counted_and_the_first_thousand_shown()
    {
        var fields = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"  unknown{i}: x\n"));
        using var project = new BadProject();
        var compilation = project.Replace(File, "  title: My network\n", fields).Compile();
        Assert.Equal(Diagnostics.DiagnosticBag.Limit, compilation.Diagnostics.Length);
        Assert.Equal(10_000, compilation.MistakeCount);
    }

    [Fact]
    public void An_error_is_shown_however_many_warnings_there_are()
    {
        var sections = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"section{i}: x\n"));
        using var project = new BadProject();
        var compilation = project.With(File, sections + project.Text(File)).Replace(File, "cidr: 10.0.0.0/16", "cidr: ten").Compile();
        Assert.True(compilation.HasErrors);
        Assert.Single(compilation.Diagnostics, d => d.Severity == Diagnostics.Severity.Error);
    }

    [Fact]
    public void Many_environments_of_many_values_are_too_much()
    {
        var groups = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"      g{i}:\n        title: x\n        enabled: true\n"));
        var environments = string.Concat(Enumerable.Range(0, 3_000).Select(i =>
            $"  e{i}:\n    us-west-2:\n      enabled: true\n    default:\n      network:\n        aws_account: paco.ref accounts.dev\n      applications:\n        app:\n"));
        using var project = new BadProject().With(File,
            $"network:\n  vpc:\n    cidr: 10.0.0.0/16\napplications:\n  app:\n    groups:\n{groups}environments:\n{environments}");
        Assert.Contains("environments written out", project.Only(SyntaxCodes.TooLarge).Message, StringComparison.Ordinal);
    }
}
