using Paco.Aws.Tests;

namespace Paco.Cli.Tests.Moto;

/// <summary>The endpoint is not there, goes away for a while, or dies in the middle.</summary>
[Collection(MotoCollection.Name)]
public sealed class LostCloudTests(MotoServer moto)
{
    [Fact]
    public async Task An_endpoint_where_nobody_listens_is_named()
    {
        var address = $"http://127.0.0.1:{MotoServer.FreePort()}";
        using var project = new MotoProject(address);
        var ran = await project.Run("plan", MotoProject.Environment);

        Assert.Equal(ExitCode.Failure, ran.ExitCode);
        Assert.Contains($"sts:AssumeRole: {address} did not answer", ran.Error, StringComparison.Ordinal);
    }

    [MotoFact]
    public async Task A_cloud_that_does_not_answer_for_a_while_fails_nothing()
    {
        await using var wire = await Wire.To(moto.Address);
        using var project = new MotoProject(wire.Address) { Hurry = 20 };
        var (started, lost) = (false, 0);
        wire.Answered = request => Task.FromResult(started |= request.Contains("Action=CreateStack", StringComparison.Ordinal));

        // More than a single look tries by itself.
        wire.Cuts = request => started && request.Contains("Action=DescribeStack", StringComparison.Ordinal)
            && Interlocked.Increment(ref lost) <= 12;

        var output = await project.Succeed("provision", "resource.route53", "--yes");

        Assert.True(lost > 12);
        Assert.Contains("does not answer", output, StringComparison.Ordinal);
        Assert.Contains("1 created", output, StringComparison.Ordinal);
    }

    [MotoFact(Timeout = 60_000)]
    public async Task A_cloud_that_dies_in_the_middle_ends_the_run_with_a_way_out()
    {
        var mortal = new MotoServer();
        await mortal.InitializeAsync();
        await using var wire = await Wire.To(mortal.Address);
        using var project = new MotoProject(wire.Address);
        Task? death = null;
        wire.Answered = request => request.Contains("Action=CreateStack", StringComparison.Ordinal)
            ? death ??= mortal.DisposeAsync()
            : Task.CompletedTask;

        var ran = await project.Run("provision", $"{MotoProject.Environment}.us-west-2.network", "--yes");
        await (death ?? mortal.DisposeAsync());

        Assert.Equal(ExitCode.Failure, ran.ExitCode);
        Assert.Contains("dev · us-west-2 does not answer", ran.Out, StringComparison.Ordinal);
        Assert.Contains("First failure: network/vpc", ran.Out, StringComparison.Ordinal);
        Assert.Contains($"dev · us-west-2 has not said how its stacks stand for 10 minutes: {wire.Address} did not answer", ran.Out,
            StringComparison.Ordinal);
        Assert.Contains("once it answers, the same command attaches to it", ran.Out, StringComparison.Ordinal);
        Assert.Contains("skipped: needs network/vpc", ran.Out, StringComparison.Ordinal);
    }
}
