using Paco.Cli.Help;

namespace Paco.Cli.Tests.Help;

/// <summary><c>paco help</c>: the pages of <c>docs/</c> that concern somebody at a terminal.</summary>
public sealed class HelpTopicTests
{
    public static TheoryData<string> Topics => [.. HelpTopic.All.Select(topic => topic.Name)];

    [Theory]
    [MemberData(nameof(Topics))]
    public async Task A_topic_is_a_page_of_eighty_columns(string topic)
    {
        using var project = new ProjectFolder();

        var lines = (await project.Run("help", topic)).Succeeds().Out.TrimEnd('\n').Split('\n');

        Assert.StartsWith($"{topic}: ", lines[0], StringComparison.Ordinal);
        Assert.True(lines.Length > 4, $"{topic} says nothing");
        // What is to be copied is not broken, nor is a word that is too long for any line.
        Assert.All(lines, line => Assert.True(
            line.Length <= 80 || line.StartsWith("  ", StringComparison.Ordinal) || !line.Trim().Contains(' '), line));
        Assert.DoesNotContain(lines, line => line.Contains("](", StringComparison.Ordinal) || line.Contains('`'));
    }

    [Fact]
    public async Task A_topic_is_what_its_page_says()
    {
        using var project = new ProjectFolder();

        var codes = (await project.Run("help", "exit-codes")).Succeeds().Out;
        var guard = (await project.Run("help", "guard")).Succeeds().Out;

        Assert.Contains("\n  143  stopped by SIGTERM\n", codes, StringComparison.Ordinal);
        Assert.Contains("\n--yes answers the question of a run, and no more.", guard, StringComparison.Ordinal);
        Assert.Contains("\n* giving back an elastic IP;\n", guard, StringComparison.Ordinal);
        Assert.DoesNotContain("(why)", guard, StringComparison.Ordinal);
    }

    [Fact]
    public void No_topic_is_called_like_a_command()
    {
        using var interrupts = new Interrupts();
        var root = CommandLine.Build(Terminal, interrupts);

        Assert.Empty(HelpTopic.All.Where(topic => CommandTree.Find(root, [topic.Name]) is not null).Select(topic => topic.Name));
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("init project")]
    [InlineData("help")]
    public async Task Help_on_a_command_is_what_it_says_itself(string words)
    {
        using var project = new ProjectFolder();

        Assert.Equal((await project.Run([.. words.Split(' '), "--help"])).Succeeds().Out,
            (await project.Run(["help", .. words.Split(' ')])).Succeeds().Out);
    }

    [Fact]
    public async Task Help_alone_adds_the_topics()
    {
        using var project = new ProjectFolder();

        var (help, page) = ((await project.Run("help")).Succeeds().Out, (await project.Run("--help")).Succeeds().Out);

        Assert.StartsWith(page, help, StringComparison.Ordinal);
        Assert.All(HelpTopic.All, topic => Assert.Contains($"\n  paco help {topic.Name} ", help[page.Length..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gard", "did you mean \"guard\"?")]
    [InlineData("plna", "did you mean \"plan\"?")]
    [InlineData("deploy", "did you mean \"provision\"?")]
    [InlineData("init proiect", "did you mean \"init project\"?")]
    [InlineData("scopes guard", "there is no help on scopes guard")]
    public async Task A_topic_that_is_none_is_answered_with_the_nearest_and_all(string words, string sentence)
    {
        using var project = new ProjectFolder();

        var ran = (await project.Run(["help", .. words.Split(' ')])).Fails();

        Assert.Contains(sentence, ran.Error, StringComparison.Ordinal);
        Assert.Contains("topics are scopes, references, ", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set")]
    [InlineData("complete")]
    public async Task Help_on_what_is_not_listed_is_no_mistake(string command)
    {
        using var project = new ProjectFolder();

        Assert.Equal("", (await project.Run(command, "--help")).Succeeds().Error);
    }

    internal static Terminal Terminal => new()
    {
        In = TextReader.Null, Out = TextWriter.Null, Error = TextWriter.Null, Environment = _ => null, Directory = Path.GetTempPath(),
    };
}
