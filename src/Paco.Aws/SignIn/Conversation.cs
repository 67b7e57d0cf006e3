using System.Collections.Concurrent;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.SignIn;

/// <summary>What the ways to come by keys share in one run: whom they ask, and what they keep.</summary>
internal sealed class Conversation(AwsOptions options, Lazy<AwsConfig> config, Transport transport, SessionCache cache,
    Func<IKeySource, string, ServiceCaller> callerIn) : IDisposable
{
    private readonly ConcurrentDictionary<string, AwsKeys> _refused = new(StringComparer.Ordinal);

    public AwsOptions Options => options;

    public AwsConfig Config => config.Value;

    public Transport Transport => transport;

    public MfaCodes MfaCodes { get; } = new();

    public Sts Sts { get; } = new(keys => callerIn(keys, options.Region));

    /// <summary>A caller of services in another region than sessions are opened in.</summary>
    public ServiceCaller CallerIn(IKeySource keys, string region) => callerIn(keys, region);

    /// <summary>A variable of the environment that says something.</summary>
    public string? Variable(string name) => options.Environment(name) is { Length: > 0 } value ? value : null;

    /// <summary>
    /// A session that was opened before and is still good, else one just opened, which is kept. What is kept is asked whose it is, each
    /// time: anybody may have written there.
    /// </summary>
    /// <param name="what">Names the session among all of this user's; null keeps nothing.</param>
    /// <param name="left">How long a kept one must be good for.</param>
    /// <param name="isIt">Whether it is of the account that is meant.</param>
    /// <param name="open">Opens one anew.</param>
    public async Task<AwsKeys> Kept(string? what, TimeSpan left, Func<CallerIdentity, bool> isIt, Func<Task<AwsKeys>> open,
        CancellationToken cancel)
    {
        if (await Find(what, left, isIt, cancel) is { } found)
            return found;
        var keys = await open();
        Keep(what, keys);
        return keys;
    }

    /// <summary>One that was kept, is still good, and is what it should be; else null.</summary>
    public async Task<AwsKeys?> Find(string? what, TimeSpan left, Func<CallerIdentity, bool> isIt, CancellationToken cancel)
    {
        if (what is null || cache.Find(what, left) is not { } found || _refused.ContainsKey(found.AccessKeyId))
            return null;
        try
        {
            return isIt(await Sts.GetCallerIdentity(new FixedKeys(found), cancel)) ? found : null;
        }
        catch (CloudException e) when (!e.IsPassing && PlaceFailures.Of(e) != PlaceFailure.Clock)
        {
            return null;
        }
    }

    /// <summary>Keeps a session for the next command, where it has a name.</summary>
    public void Keep(string? what, AwsKeys keys)
    {
        if (what is not null)
            cache.Keep(what, keys);
    }

    /// <summary>Notes that AWS did not take these any longer: they are not found again.</summary>
    public void Refuse(AwsKeys keys) => _refused.TryAdd(keys.AccessKeyId, keys);

    public void Dispose() => MfaCodes.Dispose();

    /// <summary>Whoever can be asked now, or an error that tells what this needs, as a sentence, and how to come by it otherwise.</summary>
    public ISignInDialog Person(string code, string message) => options.Dialog is { IsListening: true } dialog ? dialog
        // In the middle of a run somebody can still sign in beside it; what that opens is kept where the run finds it.
        : throw new CloudException(options.Dialog is null ? CloudErrorKind.AccessDenied : CloudErrorKind.ExpiredToken, code, message,
            BaseCredentials.Operation);

    /// <summary>A sentence of ours about why this way does not lead to keys.</summary>
    public static CloudException Blocked(string message, string code = "NoCredentials", Exception? inner = null) =>
        new(CloudErrorKind.AccessDenied, code, message, BaseCredentials.Operation, inner);
}
