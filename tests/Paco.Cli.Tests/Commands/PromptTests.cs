namespace Paco.Cli.Tests.Commands;

/// <summary>Whoever leaves at a question leaves everything as it was.</summary>
public sealed class PromptTests
{
    [Theory]
    [InlineData("", "provision", "netenv.mynet.dev.us-west-2.network", "--sandbox")]
    [InlineData("", "delete", "resource.route53", "--sandbox", "--allow-destroy", "resource.route53")]
    [InlineData("A title\n", "init", "project", "shop")]
    [InlineData("qa,ops\nQuality\nus-west-2\nme@example.com\n", "init", "accounts")]
    public async Task The_end_of_a_terminals_input_leaves_at_once_and_changes_nothing(string typed, params string[] args)
    {
        using var project = await Starter.WithGlobals();
        if (args is ["init", "accounts"])
            project.Write("accounts/master.yaml", project.Read("accounts/master.yaml").Split("organization_account_ids:")[0]);
        var before = Files(project);
        using var interrupts = new Interrupts();
        var (output, error) = (new StringWriter(), new StringWriter());

        var exit = await CommandRunner.Command(args, new Terminal
        {
            In = new StringReader(typed),
            Out = output,
            Error = error,
            IsInTerminal = true,
            Environment = _ => null,
            Directory = project.Home,
            Interrupts = interrupts,
        }, interrupts);

        Assert.True(exit == ExitCode.Interrupted, $"{exit}\n{output}\n{error}");
        Assert.Equal(before, Files(project));
    }

    [Fact]
    public async Task The_end_of_what_is_piped_in_is_told_as_a_mistake()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.RunWith("", "delete", "resource.route53", "--sandbox", "--allow-destroy", "resource.route53")).Fails();

        Assert.Contains("nobody answered: nothing was changed", ran.Error, StringComparison.Ordinal);
    }

    private static string[] Files(ProjectFolder project) =>
    [
        .. Directory.GetFiles(project.Home, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains(".paco-work", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(f => $"{f}: {File.ReadAllText(f)}"),
    ];
}
