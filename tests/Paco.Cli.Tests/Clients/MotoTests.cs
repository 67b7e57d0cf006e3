using Paco.Aws.Tests;

namespace Paco.Cli.Tests.Clients;

/// <summary>The same calls of boto3 to the sandbox and to moto: the members of the answers, codes and statuses.</summary>
public sealed class MotoTests(MotoServer moto) : IClassFixture<MotoServer>
{
    [BotoAndMotoFact]
    public async Task CloudFormation_answers_as_motos_does_where_nothing_explains_a_difference()
    {
        await using var sandbox = await Served.Start();

        var (ours, motos) = (await Boto.Run("shapes.py", sandbox.Address), await Boto.Run("shapes.py", moto.Address));

        Assert.True(ours.Intersect(motos).Count() > 100, "the two have next to nothing in common");
        string[] differences = [.. ours.Except(motos).Select(line => $"+ {line}"), .. motos.Except(ours).Select(line => $"- {line}")];
        Assert.DoesNotContain(differences, d => !Explained.Covers(d));
        Assert.Empty(Explained.Unused(differences));
    }
}
