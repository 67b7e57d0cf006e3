using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Global.Ec2;

/// <summary>
/// Makes a key pair. CloudFormation could, but it would keep the private key in a Systems Manager parameter; here it is shown
/// once and kept nowhere. A key pair of that name that is there already is current, whoever made it.
/// </summary>
public sealed record KeyPairAction(string KeyName) : CloudAction
{
    /// <summary>Deleted, nobody gets a second copy: instances keep the public key, but no new one can be started with it.</summary>
    public override bool HoldsData => true;

    public override bool RevealsSecret => true;

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel) =>
        await cloud.Ec2(Id.Place).DescribeKeyPair(KeyName, cancel) is { } pair
            ? new ActionState(Exists: true, IsCurrent: true, $"fingerprint {pair.Fingerprint}")
            : ActionState.Absent;

    public override async Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, TimeProvider time,
        CancellationToken cancel)
    {
        var ec2 = cloud.Ec2(Id.Place);
        if (await ec2.DescribeKeyPair(KeyName, cancel) is not null)
            return ActionResult.Done;
        var made = await Make(ec2, cancel);
        return new ActionResult
        {
            Reveals =
            [
                new Reveal($"Private key of {KeyName} ({Id.Place}), fingerprint {made.Pair.Fingerprint}", $"{KeyName}.pem",
                    made.PrivateKey),
            ],
        };
    }

    // Where the answer is lost so is the private key: a pair that nobody can use is removed before another is made.
    private async Task<NewKeyPair> Make(IEc2 ec2, CancellationToken cancel)
    {
        try
        {
            return await ec2.CreateKeyPair(KeyName, cancel);
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.Connection or CloudErrorKind.Server)
        {
            await ec2.DeleteKeyPair(KeyName, cancel);
            throw;
        }
    }

    public override Task Delete(ICloud cloud, CancellationToken cancel) => cloud.Ec2(Id.Place).DeleteKeyPair(KeyName, cancel);
}
