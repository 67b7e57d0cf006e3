namespace Paco.Cli.Tests.Commands;

/// <summary>
/// Who asked for JSON reads JSON and nothing else, whatever happens; people read the error stream. That the documents are of
/// docs/schemas and alone on the output is held for every command (<see cref="Schemas"/>).
/// </summary>
public sealed class ForProgramsTests
{
    private const string Environment = "netenv.mynet.dev";

    [Theory]
    [InlineData("delete --json", "command-line", "--all")]
    [InlineData("recover netenv.mynet.dev --all --json", "command-line", "--all")]
    [InlineData("recover netenv.mynet.dev --json --nonsense", "command-line", "--nonsense")]
    [InlineData("validate --format json --nonsense", "command-line", "--nonsense")]
    [InlineData("plan netenv.mynet.dve --json --sandbox", "refused", "did you mean \"dev\"")]
    [InlineData("drift netenv.mynet.dve --json --sandbox", "refused", "did you mean \"dev\"")]
    [InlineData("provision netenv.mynet.dve --json --sandbox", "refused", "did you mean \"dev\"")]
    [InlineData("delete netenv.mynet.dve --json --sandbox", "refused", "did you mean \"dev\"")]
    [InlineData("recover netenv.mynet.dve --json --sandbox", "refused", "did you mean \"dev\"")]
    [InlineData("validate netenv.mynet.dve --format json", "refused", "did you mean \"dev\"")]
    [InlineData("recover netenv.mynet.dev --json --sandbox --pace slow", "refused", "--pace")]
    [InlineData("plan netenv.mynet.dev --json", "cloud", "credentials")]
    [InlineData("plan netenv.mynet.dev --json --sandbox --out .", "refused", "cannot be written")]
    public async Task What_stops_a_command_is_one_document_and_the_same_sentence_for_people(string line, string kind, string word)
    {
        using var project = await Starter.WithGlobals();
        project.Variables["AWS_EC2_METADATA_DISABLED"] = "true";

        var ran = (await project.Run(line.Split(' '))).Fails();

        var error = Assert.Single(ran.Lines);
        Assert.Equal(("error", kind), (error["type"]!.ToString(), error["kind"]!.ToString()));
        Assert.Contains(word, $"{error["message"]} {error["hint"]}", StringComparison.OrdinalIgnoreCase);
        Assert.Contains(error["message"]!.ToString().Split('.')[0], ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("drift")]
    [InlineData("doctor")]
    [InlineData("provision")]
    [InlineData("delete")]
    [InlineData("recover")]
    public async Task Mistakes_are_told_as_diagnostics(string command)
    {
        using var project = await Starter.New();
        project.EditEnvironment("dev", "multi_az: false", "multi_as: false");

        var ran = (await project.Run(command, Environment, "--sandbox", "--json")).Fails();

        var found = Assert.Single(Assert.Single(ran.Lines)["diagnostics"]!.AsArray())!;
        Assert.Equal(("PACO2001", "error"), (found["code"]!.ToString(), found["severity"]!.ToString()));
        Assert.Equal(Starter.Netenv, found["location"]!["file"]!.ToString());
        Assert.Contains("did you mean \"multi_az\"", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan netenv.mynet.dev --json=perhaps")]
    [InlineData("validate netenv.mynet.dev --format jsn")]
    [InlineData("nonsense --json")]
    [InlineData("explain --nonsense")]
    [InlineData("sandbox")]
    public async Task The_answer_to_a_line_that_is_not_understood_is_no_output(string line)
    {
        using var project = await Starter.New();

        var ran = await project.Run(line.Split(' '));

        Assert.Equal(ExitCode.Failure, ran.Exit);
        Assert.DoesNotContain("--help", ran.Out.Split("\"hint\"")[0], StringComparison.Ordinal);
        Assert.Contains("--help", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("provision")]
    [InlineData("delete")]
    public async Task Nobody_is_asked_and_without_yes_nothing_is_done(string command)
    {
        using var project = await Starter.Provisioned();
        project.EditEnvironment("dev", "                  multi_az: false\n", "                  multi_az: true\n");

        var ran = (await project.RunWith("y\n", command, Environment, "--sandbox", "--json", "--allow-destroy", Environment)).Fails();

        Assert.Equal(["plan", "error"], ran.Lines.Select(l => l["type"]!.ToString()));
        Assert.Contains("--yes", ran.Lines[^1]["hint"]!.ToString(), StringComparison.Ordinal);
        (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Changes);
    }

    [Fact]
    public async Task What_would_lose_data_ends_with_what_to_name()
    {
        using var project = await Starter.Provisioned();

        var ran = (await project.Run("delete", Environment, "--sandbox", "--json", "--yes")).Fails();

        Assert.Equal(["plan", "error"], ran.Lines.Select(l => l["type"]!.ToString()));
        Assert.NotEmpty(ran.Lines[0]["needsAllowDestroy"]!.AsArray());
        Assert.Contains("--allow-destroy", ran.Lines[1]["hint"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deletion_is_told_like_any_run()
    {
        using var project = await Starter.Provisioned();

        var ran = (await project.Run("delete", Environment, "--sandbox", "--json", "--yes", "--allow-destroy", Environment)).Succeeds();

        Assert.True(ran.Lines[0]["delete"]!.GetValue<bool>());
        Assert.Equal(ran.Lines.Count(l => l["outcome"]?.ToString() == "deleted"), ran.Lines[^1]["outcomes"]!["deleted"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("drift")]
    [InlineData("doctor")]
    [InlineData("provision")]
    [InlineData("recover")]
    public async Task An_interrupt_before_anything_was_done_is_told_too(string command)
    {
        using var project = await Starter.Provisioned();
        using var interrupts = new Interrupts();
        interrupts.Drawing = () => { };
        interrupts.Interrupt();

        var ran = await project.Run(interrupts, command, Environment, "--sandbox", "--json");

        Assert.Equal((ExitCode.Interrupted, "stopped"), (ran.Exit, Assert.Single(ran.Lines)["kind"]!.ToString()));
    }

    [Fact]
    public async Task Without_json_people_read_the_output_as_before()
    {
        using var project = await Starter.Provisioned();

        var ran = (await project.Run("recover", Environment, "--sandbox", "--json=false")).Succeeds();

        Assert.Contains("in order", ran.Out, StringComparison.Ordinal);
    }
}
