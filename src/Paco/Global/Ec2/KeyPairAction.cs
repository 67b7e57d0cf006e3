using System.Collections.Immutable;
using System.Security.Cryptography;
using Paco.Clouds;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.Ec2;

/// <summary>
/// Makes a key pair. CloudFormation could, but it would keep the private key in a Systems Manager parameter; here it is shown
/// once and kept nowhere. A key pair of that name that is there already is current, whoever made it; but one whose tag says that
/// its private key was on its way to a person when a run ended is made anew, since nothing uses it yet and nobody could. One that is
/// made says by its tags which project and object it is of.
/// </summary>
public sealed record KeyPairAction(string KeyName) : CloudAction
{
    // An answer that cannot be read is rare; where it comes every time, something else answers.
    private const int Attempts = 3;

    private const string TagName = "Paco-Private-Key";

    /// <summary>On a key pair from the first moment, until somebody has its private key.</summary>
    public static readonly KeyValuePair<string, string> UnclaimedTag = new(TagName, "unclaimed");

    /// <summary>Somebody has its private key.</summary>
    public static readonly KeyValuePair<string, string> ClaimedTag = new(TagName, "claimed");

    /// <summary>The action that makes a pair for an object.</summary>
    internal static KeyPairAction Of(string keyName, Place place, ObjectPath reference, string projectMark) => new(keyName)
    {
        Id = new NodeId(place, $"KeyPair-{keyName}"),
        Ref = reference,
        Title = $"key pair {keyName}",
        ProjectMark = projectMark,
    };

    /// <summary>What pairs of the project are told from others by; empty where it has none.</summary>
    public string ProjectMark { get; init; } = "";

    /// <summary>Deleted, nobody gets a second copy: instances keep the public key, but no new one can be started with it.</summary>
    public override bool HoldsData => true;

    public override string SecretFile => $"{KeyName}.pem";

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel) =>
        StateOf(await cloud.Ec2(Id.Place).DescribeKeyPair(KeyName, cancel));

    /// <summary>How things stand with a pair that is there, or is not.</summary>
    internal static ActionState StateOf(Clouds.KeyPair? pair) =>
        pair switch
        {
            null => ActionState.Absent,
            not null when IsUnclaimed(pair) => new ActionState(Exists: true, IsCurrent: false,
                "the run that made it ended before its private key was safe: it is made anew") { Unclaimed = pair.Fingerprint },
            _ => new ActionState(Exists: true, IsCurrent: true, $"fingerprint {pair.Fingerprint}"),
        };

    public override async Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel)
    {
        var ec2 = cloud.Ec2(Id.Place);
        if (await ec2.DescribeKeyPair(KeyName, cancel) is { } there)
        {
            if (!IsUnclaimed(there))
                return ActionResult.Done;
            if (context.Secrets.Has(SecretFile, secret => FingerprintOf(secret) == there.Fingerprint))
                return await Claim(ec2, there, [], cancel);
            await ec2.DeleteKeyPair(KeyName, cancel);
        }
        var made = await Make(ec2, cancel);
        var reveal = new Reveal($"Private key of {KeyName} ({Id.Place}), fingerprint {made.Pair.Fingerprint}", SecretFile,
            made.PrivateKey);
        try
        {
            context.Secrets.Keep(reveal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await DeleteUnclaimed(ec2, cancel);
            return new ActionResult { Failure = $"its private key could not be kept, so it was deleted again: {e.Message}" };
        }
        return await Claim(ec2, made.Pair, [reveal], cancel);
    }

    /// <summary>EC2's own for the pairs it makes: the SHA-1 of the private key. Source: Amazon EC2 User Guide, "Verify the fingerprint of
    /// your key pair".</summary>
    public override string? FingerprintOf(string secret)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(secret);
#pragma warning disable CA5350 // EC2 prints the SHA-1 of a private key as its fingerprint; nothing relies on its strength.
            var print = Convert.ToHexStringLower(SHA1.HashData(rsa.ExportPkcs8PrivateKey()));
#pragma warning restore CA5350
            return string.Join(':', print.Chunk(2).Select(pair => new string(pair)));
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    public override Task Delete(ICloud cloud, CancellationToken cancel) => cloud.Ec2(Id.Place).DeleteKeyPair(KeyName, cancel);

    private ImmutableArray<KeyValuePair<string, string>> Tags => ProjectMark.Length == 0
        ? [UnclaimedTag]
        : [UnclaimedTag, new(StackTags.Project, ProjectMark), new(StackTags.Reference, Ref.Text)];

    // Where no answer comes at all, the whole action is done again, and finds what this call may have made.
    private async Task<NewKeyPair> Make(IEc2 ec2, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ec2.CreateKeyPair(KeyName, Tags, cancel);
            }
            catch (CloudException e) when (e.Kind == CloudErrorKind.Unreadable)
            {
                await DeleteUnclaimed(ec2, cancel);
                if (attempt == Attempts)
                    throw;
            }
        }
    }

    private async Task<ActionResult> Claim(IEc2 ec2, Clouds.KeyPair pair, ImmutableArray<Reveal> reveals, CancellationToken cancel)
    {
        try
        {
            await ec2.CreateTag(pair.Id, ClaimedTag, cancel);
            return new ActionResult { Reveals = reveals };
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            var words = $"somebody deleted {KeyName} while it was made (another run?): the private key of {pair.Fingerprint} opens nothing";
            return new ActionResult { Failure = words };
        }
    }

    private async Task DeleteUnclaimed(IEc2 ec2, CancellationToken cancel)
    {
        if (await ec2.DescribeKeyPair(KeyName, cancel) is { } there && IsUnclaimed(there))
            await ec2.DeleteKeyPair(KeyName, cancel);
    }

    private static bool IsUnclaimed(Clouds.KeyPair pair) => pair.Tags.GetValueOrDefault(TagName) == UnclaimedTag.Value;
}
