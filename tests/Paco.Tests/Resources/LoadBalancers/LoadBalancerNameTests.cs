using Paco.Resources.LoadBalancers;
using Paco.Stacks;

namespace Paco.Tests.Resources.LoadBalancers;

public sealed class LoadBalancerNameTests
{
    [Theory]
    [InlineData("mynet", "prod", "alb", "MynetProdAppSiteAlb")]
    [InlineData("mynet", "prod", "my_alb", "MynetProdAppSiteMy-alb")]
    [InlineData("ms", "dev", "nlb", "MsDevAppSiteNlb")]
    public void The_names_of_everything_above_it_make_its_name(string netenv, string environment, string resource, string expected) =>
        Assert.Equal(expected, Names.Physical("", "", [netenv, environment, "app", "site", resource]));

    [Fact]
    public void Exactly_32_characters_stay() => Assert.Equal(new string('a', 32), LoadBalancerName.Shortened(new string('a', 32)));

    [Fact]
    public void A_longer_name_is_a_hash_and_its_last_23_characters()
    {
        var name = LoadBalancerName.Shortened("MynetProductionStorefrontSiteLoadbalancer");
        Assert.Equal(32, name.Length);
        Assert.Equal($"{Names.Md5("MynetProductionStorefrontSiteLoadbalancer")[..8].ToUpperInvariant()}-refrontSiteLoadbalancer", name);
    }

    [Fact]
    public void The_hash_is_the_original_s() =>
        Assert.Equal("8DC9FC50", Names.ShortHash("NE-mynet-production-App-Storefront-Deploy-Pipeline-CodeDeploy-Tools-Delegate"));
}
