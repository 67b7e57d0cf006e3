namespace Paco.Cli.Tests.Commands;

/// <summary>Which cloud a command is about where its line says nothing: the option wins, then the variable, then the project.</summary>
public sealed class SandboxDefaultTests
{
    private const string Environment = "netenv.mynet.dev";

    [Theory]
    [InlineData("1", null, "PACO_SANDBOX")]
    [InlineData("true", "sandbox: false", "PACO_SANDBOX")]
    [InlineData(null, "sandbox: true", ".pacoconfig")]
    public async Task It_is_the_sandbox_and_the_screen_says_who_says_so(string? variable, string? config, string source)
    {
        using var project = await Starter.Provisioned();
        Set(project, variable, config);

        var ran = (await project.Run("plan", Environment)).Succeeds();

        Assert.Contains($"In the sandbox, because {source} says so (--no-sandbox goes to AWS).", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", null, "--no-sandbox")]
    [InlineData(null, "sandbox: true", "--no-sandbox")]
    [InlineData("0", "sandbox: true", "")]
    [InlineData(null, "sandbox: false", "")]
    public async Task It_is_AWS(string? variable, string? config, string option)
    {
        using var project = await Starter.Provisioned();
        project.Variables["AWS_EC2_METADATA_DISABLED"] = "true";
        Set(project, variable, config);

        var ran = (await project.Run(["plan", Environment, .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).Fails();

        Assert.Contains("credentials", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("In the sandbox", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "", "paco plan netenv.mynet.dev shows")]
    [InlineData(null, "--sandbox", "paco plan netenv.mynet.dev --sandbox shows")]
    public async Task What_to_run_next_needs_no_more_than_this_command_did(string? variable, string option, string next)
    {
        using var project = await Starter.Provisioned();
        Set(project, variable, null);

        var ran = (await project.Run(["provision", Environment, "--yes", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]))
            .Succeeds();

        Assert.Contains(next, ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_word_in_the_variable_is_told()
    {
        using var project = await Starter.Provisioned();
        project.Variables["PACO_SANDBOX"] = "perhaps";

        Assert.Contains("PACO_SANDBOX takes 1 or 0, got \"perhaps\"", (await project.Run("plan", Environment)).Fails().Error,
            StringComparison.Ordinal);
    }

    private static void Set(ProjectFolder project, string? variable, string? config)
    {
        if (variable is not null)
            project.Variables["PACO_SANDBOX"] = variable;
        if (config is not null)
            project.Write(".pacoconfig", config + "\n");
    }
}
