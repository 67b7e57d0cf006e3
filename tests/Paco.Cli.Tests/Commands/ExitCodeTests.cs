namespace Paco.Cli.Tests.Commands;

/// <summary>What a command ends with, and that a no is a no.</summary>
public class ExitCodeTests
{
    [Fact]
    public async Task Plan_ends_with_0_where_nothing_is_to_be_done_and_with_2_where_something_is()
    {
        using var project = await Starter.Provisioned();

        (await project.Run("plan", "netenv.mynet.dev", "--sandbox")).Ends(ExitCode.Success);
        project.EditEnvironment("dev", "                  multi_az: false\n", "                  multi_az: true\n");
        (await project.Run("plan", "netenv.mynet.dev", "--sandbox")).Ends(ExitCode.Changes);
        (await project.Run("plan", "netenv.mynet.staging", "--sandbox")).Ends(ExitCode.Success);
    }

    [Fact]
    public async Task Plan_ends_with_1_where_the_project_has_mistakes()
    {
        using var project = await Starter.New();
        project.EditEnvironment("dev", "multi_az: false", "multi_as: false");

        Assert.Contains("did you mean \"multi_az\"", (await project.Run("plan", "netenv.mynet.dev", "--sandbox")).Fails().Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n\n")]
    [InlineData("\n")]
    [InlineData("perhaps\nno\n")]
    public async Task Provision_declined_ends_with_1_and_changes_nothing(string answer)
    {
        using var project = await Starter.New();

        Assert.Contains("Nothing was changed.", (await project.RunWith(answer, "provision", "resource.route53", "--sandbox")).Fails().Out,
            StringComparison.Ordinal);
        (await project.Run("plan", "resource.route53", "--sandbox")).Ends(ExitCode.Changes);
    }

    [Fact]
    public async Task Provision_with_nobody_to_ask_ends_with_1_and_says_what_to_add()
    {
        using var project = await Starter.New();

        Assert.Contains("--yes", (await project.Run("provision", "resource.route53", "--sandbox")).Fails().Error, StringComparison.Ordinal);
        (await project.Run("plan", "resource.route53", "--sandbox")).Ends(ExitCode.Changes);
    }

    [Fact]
    public async Task Delete_declined_ends_with_0_and_changes_nothing()
    {
        using var project = await Starter.Provisioned();

        (await project.RunWith("n\n", "delete", "resource.ec2.keypairs", "--sandbox", "--allow-destroy", "resource.ec2"))
            .Ends(ExitCode.Success);
        (await project.Run("plan", "resource.ec2.keypairs", "--sandbox")).Ends(ExitCode.Success);
    }

    [Theory]
    [InlineData("provision")]
    [InlineData("nonsense")]
    [InlineData("plan netenv.mynet.dev --sandboks")]
    [InlineData("synth netenv.mynet.dev")]
    public async Task A_wrong_command_line_ends_with_1(string line)
    {
        using var project = await Starter.New();

        var ran = (await project.Run(line.Split(' '))).Fails();

        Assert.NotEmpty(ran.Error);
    }
}
