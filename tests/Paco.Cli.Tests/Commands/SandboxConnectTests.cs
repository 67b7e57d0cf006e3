using Paco.Cli.Tests.Drift;

namespace Paco.Cli.Tests.Commands;

/// <summary><c>sandbox connect</c>: who plays the person that agrees to a connection.</summary>
public sealed class SandboxConnectTests
{
    [Fact]
    public async Task Nobody_waits_in_a_new_sandbox()
    {
        using var project = await Starter.New();

        var ran = (await project.Run("sandbox", "connect")).Succeeds();

        Assert.Contains("No connection of the sandbox waits for a person.", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_waits_is_listed_with_what_to_say_and_can_be_used_then()
    {
        using var project = await Starter.New();
        await new Behind(project.Home).Create("tools", "AWS::CodeConnections::Connection",
            new() { ["ConnectionName"] = "shop", ["ProviderType"] = "GitHub" });
        string arn;
        await using (var sandbox = new Sandbox(project.Home))
            arn = Assert.Single(sandbox.Local.Connections()).Arn;

        var listed = (await project.Run("sandbox", "connect")).Succeeds();
        var connected = (await project.Run("sandbox", "connect", arn)).Succeeds();
        var after = (await project.Run("sandbox", "connect")).Succeeds();

        Assert.Contains($"sandbox connect {arn}    # shop, GitHub", listed.Out, StringComparison.Ordinal);
        Assert.Contains($"{arn} is AVAILABLE", connected.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("shop", after.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_not_there_is_refused_with_the_way_to_find_it()
    {
        using var project = await Starter.New();

        var ran = (await project.Run("sandbox", "connect", "arn:aws:codeconnections:us-west-2:111111111111:connection/1")).Fails();

        Assert.Contains("the sandbox has no connection", ran.Error, StringComparison.Ordinal);
        Assert.Contains("sandbox connect lists those that wait", ran.Error, StringComparison.Ordinal);
    }
}
