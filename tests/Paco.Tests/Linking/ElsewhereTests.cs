using Paco.Binding;
using Paco.Clouds;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Tests;

public sealed class ElsewhereTests
{
    private static readonly Ref KeyName = new("resource.ec2.keypairs.app.keypair_name", "resource.ec2.keypairs.app", default);

    private static readonly NodeId KeyPair = new(new Place("dev", "us-west-2"), "KeyPair-app-dev");

    private readonly DiagnosticBag _bag = new();

    [Fact]
    public void A_key_pair_of_the_stack_s_own_account_and_region_is_fine()
    {
        Link(new Place("dev", "us-west-2"));
        Assert.Empty(_bag.ToSorted());
    }

    [Theory]
    [InlineData("prod", "us-west-2")]
    [InlineData("dev", "us-east-1")]
    public void One_of_another_place_is_warned_of(string account, string region)
    {
        Link(new Place(account, region));
        var warning = Assert.Single(_bag.ToSorted());
        Assert.Equal("PACO3020", warning.Code.Id);
        Assert.Equal($"resource.ec2.keypairs.app is in dev · us-west-2, and web is in {account} · {region}", warning.Message);
    }

    [Fact]
    public void A_disabled_stack_is_left_alone()
    {
        Link(new Place("prod", "us-west-2"), enabled: false);
        Assert.Empty(_bag.ToSorted());
    }

    [Fact]
    public void Who_uses_a_key_pair_waits_until_it_is_made()
    {
        var web = Link(new Place("dev", "us-west-2")).Nodes.Single();
        Assert.Equal(KeyPair, Assert.Single(web.DependsOn));
    }

    private StackGraph Link(Place place, bool enabled = true)
    {
        var build = new BuildContext("", _bag, new ObjectIndex());
        build.Offers.Add(KeyName.Path, new LiteralOffer("app-dev") { OnlyIn = KeyPair.Place, MadeBy = KeyPair });
        var stack = build.Stack(new NodeId(place, "web"), "netenv.mynet.dev", "web", enabled, default);
        stack.Resource("Instance", "AWS::EC2::Instance", new MapValue { ["KeyName"] = stack.Input("KeyName", KeyName) });
        stack.Done();
        return Linker.Link(build);
    }
}
