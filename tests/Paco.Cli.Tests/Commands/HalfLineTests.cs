namespace Paco.Cli.Tests.Commands;

/// <summary>A line that is half there, or names what is not there, gets one sentence that says what there is.</summary>
public sealed class HalfLineTests
{
    [Theory]
    [InlineData("", "error: paco needs a command: init, validate, synth, ", "paco --help says")]
    [InlineData("init", "error: init needs a command: project, credentials, accounts, github\n", "paco init --help says")]
    [InlineData("sandbox", "error: sandbox needs a command: serve, connect\n", "paco sandbox --help says")]
    public async Task Half_a_command_is_told_what_can_follow_and_no_page_of_help(string words, string sentence, string look)
    {
        using var project = new ProjectFolder();
        project.At = project.Above;

        var ran = (await project.Run(words.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Fails();

        Assert.StartsWith(sentence, ran.Error, StringComparison.Ordinal);
        Assert.Contains(look, ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Usage:", ran.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("outputs")]
    [InlineData("plan")]
    [InlineData("drift")]
    [InlineData("doctor")]
    public async Task What_applies_nothing_says_nothing_of_lines(string command)
    {
        using var project = await Starter.New();

        var help = (await project.Run(command, "--help")).Succeeds().Out;

        Assert.Contains("one JSON document", help, StringComparison.Ordinal);
        Assert.DoesNotContain("object a line", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("provision")]
    [InlineData("delete")]
    [InlineData("recover")]
    public async Task What_runs_says_that_it_writes_line_by_line(string command)
    {
        using var project = await Starter.New();

        Assert.Contains("one object a line", (await project.Run(command, "--help")).Succeeds().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prune_speaks_of_the_scope()
    {
        using var project = await Starter.New();

        Assert.Contains("stacks of the scope", (await project.Run("plan", "--help")).Succeeds().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_is_not_there_is_named_beside_the_scope_that_it_is_not()
    {
        using var project = await Starter.New();

        var ran = (await project.Run("provision", "nope.plan", "--sandbox")).Fails();

        Assert.Contains("a scope begins with", ran.Error, StringComparison.Ordinal);
        Assert.Contains("nor is there a file nope.plan", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("a file", (await project.Run("plan", "nope.plan", "--sandbox")).Fails().Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere/deep/x.plan", "cannot be written: there is no directory ", "/nowhere")]
    [InlineData("netenv", "cannot be written: permission is denied (it is a directory)", "")]
    [InlineData("project.yaml/x.plan", "cannot be written: ", "project.yaml is a file")]
    public async Task A_plan_that_cannot_be_kept_says_why(string file, string sentence, string why)
    {
        using var project = await Starter.New();

        var ran = (await project.Run("plan", "accounts", "--sandbox", "-o", file)).Fails();

        Assert.Contains(sentence, ran.Error, StringComparison.Ordinal);
        Assert.Contains(why, ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Could not find", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refuse:DescribeStacks:AccessDenied", "DescribeStacks")]
    [InlineData("throttle:Create*@222222222222/us-west-2:2", "Create*@222222222222/us-west-2")]
    [InlineData("refuse:cloudformation:DescribeStacks", "cloudformation")]
    public async Task A_fault_that_could_never_strike_is_refused(string fault, string named)
    {
        using var project = await Starter.New();

        var ran = (await project.Run("plan", "accounts", "--sandbox", "--fault", fault)).Fails();

        Assert.Contains($"no call is named \"{named}\"", ran.Error, StringComparison.Ordinal);
        Assert.Contains("write SERVICE:OPERATION", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refuse:*:AccessDenied")]
    [InlineData("refuse:*@*/*:AccessDenied")]
    public async Task A_star_is_every_call(string fault)
    {
        using var project = await Starter.New();

        var ran = (await project.Run("plan", "accounts", "--sandbox", "--fault", fault)).Fails();

        Assert.Contains("is not authorized to perform", ran.Error, StringComparison.Ordinal);
    }
}
