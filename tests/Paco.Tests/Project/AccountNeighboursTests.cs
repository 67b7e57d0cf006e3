using Paco.Diagnostics;
using Paco.Project;
using Paco.Syntax;

namespace Paco.Tests.Project;

/// <summary>What tells names apart that an account has once.</summary>
public sealed class AccountNeighboursTests
{
    private const string File = """
        network: {aws_account: paco.ref accounts.base}
        environments:
          dev:
            us-west-2: {enabled: true}
            us-east-1:
            default: {network: {aws_account: paco.ref accounts.one}}
          staging:
            us-west-2:
            eu-central-1: {network: {aws_account: paco.ref accounts.far}}
            default: {network: {aws_account: paco.ref accounts.uno}}
          prod:
            title: Production
            us-west-2:
            eu-central-1:
            default: {network: {aws_account: paco.ref accounts.far}}
          bare:
            us-west-2:
            default: {}
        """;

    [Theory]
    [InlineData("dev", "us-west-2", "")]
    [InlineData("dev", "us-east-1", "-use1")]
    [InlineData("staging", "us-west-2", "-staging")]
    [InlineData("staging", "eu-central-1", "")]
    [InlineData("prod", "us-west-2", "-prod")]
    [InlineData("prod", "eu-central-1", "-prod-euc1")]
    [InlineData("bare", "us-west-2", "")]
    [InlineData("nobody", "us-west-2", "")]
    public void The_first_of_an_account_has_nothing_behind_its_name(string environment, string region, string suffix)
    {
        var file = (MapNode)YamlReader.Read(new SourceFile("netenv/mynet.yaml", File), new DiagnosticBag())!;

        var neighbours = new AccountNeighbours(file, (MapNode)file["environments"]!);

        // The accounts one and uno have the same id.
        Assert.Equal(suffix, neighbours.SuffixOf(environment, region, name => name == "uno" ? "one" : name));
    }
}
