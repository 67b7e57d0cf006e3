using Paco.Cli.Help;

namespace Paco.Cli.Tests.Help;

/// <summary>The manual page, <c>paco help --man</c>.</summary>
public sealed class ManPageTests
{
    [Fact]
    public void Every_command_option_example_and_topic_is_in_it()
    {
        using var interrupts = new Interrupts();
        var root = CommandLine.Build(HelpTopicTests.Terminal, interrupts);
        var page = ManPage.Of(root);
        var commands = CommandTree.Commands(root).ToList();

        Assert.NotEmpty(commands);
        foreach (var (words, command) in commands.Where(c => c.Command.Subcommands.Count == 0))
        {
            var section = Section(page, words);
            var missing = CommandTree.Options(command).Where(o => !section.Contains(RoffText.Typed(o.Name), StringComparison.Ordinal));
            Assert.Equal("", string.Join(' ', missing.Select(o => $"{words} {o.Name}")));
            foreach (var (line, _) in CommandExamples.Of(words))
                Assert.Contains(RoffText.Verbatim($"paco {line}"), section, StringComparison.Ordinal);
        }
        foreach (var option in commands.SelectMany(c => CommandTree.Options(c.Command)).DistinctBy(o => o.Description))
            Assert.Contains(RoffText.Of(option.Description!), page, StringComparison.Ordinal);
        foreach (var topic in HelpTopic.All)
            Assert.Contains($"\n.SH {topic.Name.Replace('-', ' ').ToUpperInvariant()}\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".bar", @"\&.bar")]
    [InlineData("it's a\\b", @"it\(aqs a\eb")]
    [InlineData("`--out` of **all**", @"\fB\-\-out\fR of \fBall\fR")]
    [InlineData("'quoted", @"\(aqquoted")]
    public void Text_is_no_command_of_the_typesetter(string text, string roff) => Assert.Equal(roff, RoffText.Of(text));

    [ManFact]
    public async Task The_readers_of_manual_pages_have_nothing_to_say_about_it()
    {
        using var project = new ProjectFolder();
        project.Write("paco.1", (await project.Run("help", "--man")).Succeeds().Out);

        var width = new Dictionary<string, string> { ["MANWIDTH"] = "80" };
        var man = await Programs.Run("man", ["--warnings", "-l", "paco.1"], width, project.Home);
        var mandoc = await Programs.Run("mandoc", ["-T", "lint", "-W", "warning", "paco.1"], directory: project.Home);

        Assert.Equal((0, ""), (man.Exit, man.Error));
        // The same program writes the same page, on whatever day.
        Assert.Equal("mandoc: paco.1:1:12: WARNING: missing date, using \"\": TH\n", mandoc.All);
        Assert.Contains("what --yes never covers", man.Out.Replace('\u2010', '-'), StringComparison.OrdinalIgnoreCase);
    }

    // Its own part of the page, up to the next heading.
    private static string Section(string page, string words)
    {
        var begin = page.IndexOf($"\n.SS {RoffText.Typed($"paco {words}")}", StringComparison.Ordinal);
        Assert.True(begin >= 0, $"{words} is not in the page");
        return page[begin..page.IndexOf("\n.S", begin + 1, StringComparison.Ordinal)];
    }
}

/// <summary>A fact about manual pages; skipped where those who read them are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ManFactAttribute : FactAttribute
{
    public ManFactAttribute()
    {
        if (Programs.Find("man") is null || Programs.Find("mandoc") is null)
            Skip = "man or mandoc is not on PATH";
    }
}
