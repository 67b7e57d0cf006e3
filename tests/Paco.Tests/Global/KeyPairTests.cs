using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Global.Ec2;
using Paco.Stacks;
using KeyPair = Paco.Clouds.KeyPair;

namespace Paco.Tests.Global;

public sealed class KeyPairTests
{
    private static readonly ImmutableDictionary<string, string> NoInputs = [];

    private static readonly KeyPairAction Action = new("app-dev")
    {
        Id = new NodeId(new Place("dev", "us-west-2"), "KeyPair-app-dev"),
        Ref = "resource.ec2.keypairs.app_dev",
        Title = "key pair app-dev",
    };

    private readonly SmallCloud _cloud = new();

    [Fact]
    public async Task A_key_pair_is_made_in_its_place_and_its_private_key_shown_once()
    {
        Assert.Equal(ActionState.Absent, await Action.Read(_cloud, NoInputs, default));
        var reveal = Assert.Single((await Action.Apply(_cloud, NoInputs, TimeProvider.System, default)).Reveals);
        Assert.Equal("app-dev.pem", reveal.FileName);
        Assert.Equal("Private key of app-dev (dev · us-west-2), fingerprint aa:bb", reveal.Title);
        Assert.Equal("-----BEGIN", reveal.Value.Reveal());
        Assert.Equal(["CreateKeyPair app-dev in dev · us-west-2"], _cloud.Calls);
    }

    [Fact]
    public async Task A_key_pair_that_is_there_is_taken_as_it_is()
    {
        _cloud.KeyPairs["app-dev"] = new KeyPair("cc:dd");
        Assert.Equal(new ActionState(true, true, "fingerprint cc:dd"), await Action.Read(_cloud, NoInputs, default));
        Assert.Empty((await Action.Apply(_cloud, NoInputs, TimeProvider.System, default)).Reveals);
        Assert.Empty(_cloud.Calls);
    }

    [Fact]
    public async Task Deleting_it_needs_permission_of_its_own()
    {
        Assert.True(Action.HoldsData);
        await Action.Delete(_cloud, default);
        Assert.Equal(["DeleteKeyPair app-dev in dev · us-west-2"], _cloud.Calls);
    }
}
