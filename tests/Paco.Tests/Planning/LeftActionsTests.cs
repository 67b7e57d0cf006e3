using Paco.Planning;
using Paco.Stacks;

namespace Paco.Tests.Planning;

/// <summary>Where is looked for what actions made and what left since (tests/projects/customers).</summary>
public sealed class LeftActionsTests
{
    private static readonly Dictionary<string, string> Ids =
        new() { ["master"] = "111111111111", ["dev"] = "222222222222", ["prod"] = "444444444444" };

    [Theory]
    [InlineData("")]
    [InlineData("resource")]
    [InlineData("resource.ec2")]
    [InlineData("resource.ec2.keypairs.one")]
    public async Task Scopes_that_meet_the_key_pairs_ask_each_account_and_active_region_once(string scope)
    {
        var cloud = await Asked(scope);

        Assert.Equal(
            from account in (string[])["dev", "master", "prod"]
            from region in (string[])["us-east-1", "us-west-2"]
            select $"DescribeKeyPairs customers in {account} · {region}",
            cloud.Calls.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("accounts")]
    [InlineData("netenv")]
    [InlineData("netenv.acme.dev")]
    [InlineData("resource.route53")]
    public async Task Other_scopes_ask_nothing(string scope) => Assert.Empty((await Asked(scope)).Calls);

    private static async Task<SmallCloud> Asked(string text)
    {
        var (cloud, scope) = (new SmallCloud(), text.Length == 0 ? Scope.All : new Scope(text));
        var graph = Toolkit.Compile(Repository.Path("tests", "projects", "customers"), scope).Graph!;
        var left = await LeftActions.Find(graph, graph.Within(scope), scope, Reach.Width.Active, cloud, new PlanOptions(Ids), default);
        Assert.Empty(left.Ids);
        return cloud;
    }
}
