using System.Collections.Immutable;
using System.Security.Cryptography;
using Paco.Clouds;
using Paco.Diagnostics;
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
    private readonly Desk _desk;

    public KeyPairTests() => _desk = new Desk(_cloud.Calls);

    [Fact]
    public async Task A_private_key_is_kept_before_anything_else_is_done_and_only_then_the_pair_is_somebodys()
    {
        Assert.Equal(ActionState.Absent, await Action.Read(_cloud, NoInputs, default));
        var reveal = Assert.Single((await Apply()).Reveals);
        Assert.Equal("app-dev.pem", reveal.FileName);
        Assert.Equal("Private key of app-dev (dev · us-west-2), fingerprint aa:bb", reveal.Title);
        Assert.Equal("-----BEGIN", reveal.Value.Reveal());
        Assert.Equal(
            [
                "CreateKeyPair app-dev unclaimed in dev · us-west-2", "keep app-dev.pem", "CreateTag claimed of key-app-dev in dev · us-west-2",
            ],
            _cloud.Calls);
    }

    [Fact]
    public async Task A_key_pair_that_is_there_is_taken_as_it_is()
    {
        _cloud.KeyPairs["app-dev"] = new KeyPair("key-app-dev", "cc:dd");
        Assert.Equal(new ActionState(true, true, "fingerprint cc:dd"), await Action.Read(_cloud, NoInputs, default));
        Assert.Empty((await Apply()).Reveals);
        Assert.Empty(_cloud.Calls);
    }

    [Fact]
    public async Task A_key_pair_whose_private_key_nobody_got_is_made_anew()
    {
        _cloud.KeyPairs["app-dev"] = Unclaimed;
        var state = await Action.Read(_cloud, NoInputs, default);
        Assert.Equal((true, false, "cc:dd"), (state.Exists, state.IsCurrent, state.Unclaimed));
        Assert.Single((await Apply()).Reveals);
        Assert.Equal("DeleteKeyPair app-dev in dev · us-west-2", _cloud.Calls[0]);
        Assert.Equal("claimed", _cloud.KeyPairs["app-dev"].Tags["Paco-Private-Key"]);
    }

    [Fact]
    public async Task A_key_pair_whose_private_key_was_kept_at_the_last_moment_only_gets_its_tag()
    {
        _cloud.KeyPairs["app-dev"] = Unclaimed;
        _desk.Holds = true;
        Assert.Empty((await Apply()).Reveals);
        Assert.Equal(["CreateTag claimed of key-app-dev in dev · us-west-2"], _cloud.Calls);
    }

    [Fact]
    public async Task Where_the_private_key_cannot_be_kept_there_is_no_key_pair()
    {
        _desk.IsFull = true;
        var failed = await Apply();
        Assert.Equal("its private key could not be kept, so it was deleted again: no space left", failed.Failure);
        Assert.Empty(_cloud.KeyPairs);
    }

    [Fact]
    public void The_fingerprint_of_a_private_key_is_the_one_that_EC2_prints()
    {
        // openssl pkcs8 -in key.pem -topk8 -nocrypt -outform DER | openssl sha1 -c
        using var rsa = RSA.Create(1024);
        var der = Convert.FromBase64String(string.Concat(rsa.ExportPkcs8PrivateKeyPem().Split('\n')[1..^1]));
#pragma warning disable CA5350 // EC2 prints the SHA-1 of a private key as its fingerprint; nothing relies on its strength.
        var print = Convert.ToHexStringLower(SHA1.HashData(der));
#pragma warning restore CA5350

        Assert.Equal(print, Action.FingerprintOf(rsa.ExportRSAPrivateKeyPem())!.Replace(":", "", StringComparison.Ordinal));
        Assert.Matches("^[0-9a-f]{2}(:[0-9a-f]{2}){19}$", Action.FingerprintOf(rsa.ExportRSAPrivateKeyPem()));
        Assert.Null(Action.FingerprintOf("something else"));
        Assert.Null(Action.FingerprintOf("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n"));
    }

    [Fact]
    public async Task Deleting_it_needs_permission_of_its_own()
    {
        Assert.True(Action.HoldsData);
        await Action.Delete(_cloud, default);
        Assert.Equal(["DeleteKeyPair app-dev in dev · us-west-2"], _cloud.Calls);
    }

    private static KeyPair Unclaimed =>
        new("key-app-dev", "cc:dd") { Tags = ImmutableSortedDictionary.CreateRange([KeyPairAction.UnclaimedTag]) };

    private Task<ActionResult> Apply() => Action.Apply(_cloud, NoInputs, new ActionContext(TimeProvider.System, _desk), default);

    /// <summary>Where keys are put down.</summary>
    private sealed class Desk(List<string> calls) : ISecretSink
    {
        public bool Holds { get; set; }

        public bool IsFull { get; set; }

        public void Keep(Reveal reveal)
        {
            if (IsFull)
                throw new IOException("no space left");
            calls.Add($"keep {reveal.FileName}");
        }

        public Secret? Find(string fileName, Func<string, bool> isIt) => Holds ? new Secret("a key") : null;
    }
}
