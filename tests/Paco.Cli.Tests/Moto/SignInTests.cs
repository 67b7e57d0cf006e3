using Paco.Aws.Tests;

namespace Paco.Cli.Tests.Moto;

/// <summary>A moto that looks at keys, as AWS does.</summary>
public sealed class SignInTests(StrictMotoServer moto) : IClassFixture<StrictMotoServer>
{
    [MotoFact]
    public async Task Keys_nobody_has_are_refused_before_anything_is_made()
    {
        await using var wire = await Wire.To(moto.Address);
        using var project = new MotoProject(wire.Address);

        var ran = await project.Run("provision", "resource.route53", "--yes");

        Assert.Equal((ExitCode.Failure, ""), (ran.ExitCode, ran.Out));
        Assert.Contains("the environment (AWS_ACCESS_KEY_ID)", ran.Error, StringComparison.Ordinal);
        Assert.Contains("Sign in in one of these ways", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(wire.Requests, r => r.Contains("Action=CreateStack", StringComparison.Ordinal));
    }
}
