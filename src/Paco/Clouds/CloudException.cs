using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>What kind of refusal a cloud gave; decides whether a call is tried again and what a person is told.</summary>
public enum CloudErrorKind
{
    /// <summary>The request was understood and refused; trying again changes nothing.</summary>
    Refused,

    /// <summary>What was asked for does not exist.</summary>
    NotFound,

    /// <summary>What was to be made exists already.</summary>
    AlreadyExists,

    /// <summary>Too many calls: wait and try again.</summary>
    Throttled,

    /// <summary>The session's token has expired or is not valid (any longer).</summary>
    ExpiredToken,

    /// <summary>There are no credentials, or they do not allow the call.</summary>
    AccessDenied,

    /// <summary>No answer came: connection refused, reset, timed out, name not found.</summary>
    Connection,

    /// <summary>The cloud failed (5xx).</summary>
    Server,

    /// <summary>An answer came that cannot be read, so that nobody knows what was done.</summary>
    Unreadable,

    /// <summary>The cloud does not know the operation (a sandbox or emulator says so plainly).</summary>
    Unsupported,
}

/// <summary>
/// A call a cloud refused, or that did not reach it. The only exception <see cref="ICloud"/> and its services throw, besides cancellation.
/// </summary>
/// <param name="kind">What sort of refusal it is.</param>
/// <param name="code">AWS's own error code, such as <c>ValidationError</c>; for <see cref="CloudErrorKind.Connection"/> the socket error's
/// name.</param>
/// <param name="message">AWS's own words.</param>
/// <param name="operation">Service and operation, such as <c>cloudformation:CreateStack</c>.</param>
public sealed class CloudException(CloudErrorKind kind, string code, string message, string operation, Exception? inner = null)
    : Exception(message, inner)
{
    public CloudErrorKind Kind { get; } = kind;

    public string Code { get; } = code;

    public string Operation { get; } = operation;

    /// <summary>Whom the call was for; null until that is known.</summary>
    public CalledPlace? Where { get; private set; }

    /// <summary>What other accounts and regions that were asked at the same time failed with.</summary>
    public ImmutableArray<CloudException> Others { get; private set; } = [];

    /// <summary>Notes whom the call was for, unless somebody nearer to it has.</summary>
    public CloudException At(CalledPlace where)
    {
        Where ??= where;
        return this;
    }

    /// <summary>
    /// Waits for all calls; where some fail, the first of them in the order given is thrown, with the others that say something else.
    /// </summary>
    public static async Task<T[]> WhenAll<T>(IEnumerable<Task<T>> calls)
    {
        var all = calls.ToArray();
        try
        {
            return await Task.WhenAll(all);
        }
        catch (CloudException)
        {
            // WhenAll reports whichever failed first; a person reads the places in the order given.
            var failed = all.Select(t => t.Exception?.InnerException).OfType<CloudException>().DistinctBy(e => (e.Where, e.Code)).ToArray();
            failed[0].Others = [.. failed.Skip(1).Where(e => e != failed[0])];
            throw failed[0];
        }
    }

    /// <summary>True for what passes by itself: throttling, lost connections, server faults.</summary>
    public bool IsPassing => Kind is CloudErrorKind.Throttled or CloudErrorKind.Connection or CloudErrorKind.Server;

    /// <summary>True where signing in failed; its message then says how to.</summary>
    public bool IsSignIn => Operation.Split(':')[0] is "sts" or "aws" or "sso" or "sso-oidc";

    /// <summary>True for a token past its time: it passes once somebody has signed in again.</summary>
    public bool IsExpired => Kind == CloudErrorKind.ExpiredToken || InnerException is CloudException { Kind: CloudErrorKind.ExpiredToken };
}

/// <summary>The account and region a call was for: the account's name in the project, and its id where that is known.</summary>
public sealed record CalledPlace(string Account, string? AccountId, string Region)
{
    public override string ToString() => AccountId is null ? $"{Account} · {Region}" : $"{Account} ({AccountId}) · {Region}";
}
