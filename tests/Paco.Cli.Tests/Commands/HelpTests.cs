namespace Paco.Cli.Tests.Commands;

/// <summary>Help ends with examples, and they work as they are printed.</summary>
public sealed class HelpTests
{
    // The starter's questions in their order; where nothing is typed the default is taken.
    private const string Answers = "\nexample.com\n\nadmin@example.com\n\n\n\n\n\n\n\n\n\n111111111111\nroot@example.com\n";

    [Theory]
    [InlineData("")]
    [InlineData("init")]
    [InlineData("init project")]
    [InlineData("demo")]
    [InlineData("help")]
    [InlineData("completion")]
    public async Task Examples_of_a_beginning_work_where_nothing_is(string words)
    {
        using var project = new ProjectFolder();
        project.At = project.Above;

        await RunExamples(project, words, Answers);
    }

    [Theory]
    [InlineData("init accounts")]
    [InlineData("validate")]
    [InlineData("logs")]
    [InlineData("synth")]
    [InlineData("plan")]
    [InlineData("drift")]
    [InlineData("doctor")]
    [InlineData("provision")]
    [InlineData("delete")]
    [InlineData("recover")]
    [InlineData("explain")]
    [InlineData("schema")]
    public async Task Examples_work_in_a_project(string words)
    {
        using var project = await Starter.Provisioned();
        project.Variables["PACO_SANDBOX"] = "1";

        await RunExamples(project, words, "y\n");
    }

    [Fact]
    public async Task The_example_of_credentials_works_where_there_are_none()
    {
        using var project = await Starter.New();
        project.Variables["PACO_SANDBOX"] = "1";

        await RunExamples(project, "init credentials", $"\nAKIAIOSFODNN7EXAMPLE\n{new string('s', 40)}\n");
    }

    [Fact]
    public async Task The_example_of_a_workflow_works_where_a_repository_is_named()
    {
        using var project = await Starter.New();
        project.Write("resource/github.yaml", "repositories: {shop: {enabled: true, repository: acme/infrastructure}}\n");

        await RunExamples(project, "init github", "");
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("secret set")]
    public async Task Examples_of_what_takes_a_value_work_with_one(string words)
    {
        using var project = await Starter.Provisioned();
        project.Variables["PACO_SANDBOX"] = "1";

        await RunExamples(project, words, """{"username": "root", "password": "another one"}""");
    }

    [Theory]
    [InlineData("sandbox")]
    [InlineData("sandbox serve")]
    public async Task Examples_of_what_runs_until_it_is_stopped_are_understood(string words)
    {
        using var project = await Starter.New();
        using var interrupts = new Interrupts();
        interrupts.Drawing = () => { };
        interrupts.Interrupt();

        foreach (var example in await Examples(project, words))
            Assert.Equal(ExitCode.Interrupted, (await project.Run(interrupts, example)).Exit);
    }

    private static async Task RunExamples(ProjectFolder project, string words, string input)
    {
        var examples = await Examples(project, words);
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            var ran = await project.RunWith(input, example);
            Assert.True(ran.Exit is ExitCode.Success or ExitCode.Changes, $"{string.Join(' ', example)}: {ran.Exit}\n{ran.All}");
        }
    }

    // As somebody reads and types them: without the program's name and what the shell leaves out.
    private static async Task<IReadOnlyList<string[]>> Examples(ProjectFolder project, string words)
    {
        var help = (await project.Run([.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).Succeeds().Out;
        var lines = help[help.IndexOf("\nExamples:", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        return [.. lines.Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..])];
    }
}
