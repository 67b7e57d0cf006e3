using System.Text;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.SignIn;

/// <summary>
/// One account's session. The roles are tried in order; each is proved with GetCallerIdentity before its keys are used.
/// Where none can be assumed but the keys we started from belong to this very account, those are used as they are.
/// </summary>
internal sealed class AccountSession : IKeySource
{
    private readonly AwsOptions _options;
    private readonly AwsAccount _account;
    private readonly Sts _sts;
    private readonly KeyCache _baseKeys;
    private readonly BaseCredentials _credentials;
    private readonly KeyCache _cache;

    public AccountSession(AwsOptions options, AwsAccount account, Sts sts, KeyCache baseKeys, BaseCredentials credentials,
        CancellationToken lifetime)
    {
        (_options, _account, _sts, _baseKeys, _credentials) = (options, account, sts, baseKeys, credentials);
        AccountId = account.Id;
        _cache = new KeyCache(SignIn, options.Clock, lifetime);
    }

    /// <summary>The id the project states, or after signing in the one AWS says; null before that.</summary>
    public string? AccountId { get; private set; }

    public Task<AwsKeys> Keys(CancellationToken cancel) => _cache.Keys(cancel);

    public void Forget(AwsKeys used)
    {
        // Where these are the keys we started from, both caches hold them.
        _baseKeys.Forget(used);
        _cache.Forget(used);
    }

    private async Task<AwsKeys> SignIn(CancellationToken cancel)
    {
        try
        {
            return _account.Id is { } id ? await IntoAccount(id, cancel) : await WithoutId(cancel);
        }
        catch (CloudException e) when (IsAboutTheKeys(e) && PlaceFailures.Of(e) != PlaceFailure.Clock)
        {
            var words = $"AWS does not take the credentials of {_credentials.Source}: {e.Message} ({e.Code})\n{_credentials.Remedy}";
            throw new CloudException(CloudErrorKind.AccessDenied, e.Code, words, e.Operation, e).At(Here);
        }
        catch (CloudException e) when (e.Operation == BaseCredentials.Operation)
        {
            // All accounts share this one, and each says it of itself.
            throw new CloudException(e.Kind, e.Code, e.Message, e.Operation, e).At(Here);
        }
        catch (CloudException e)
        {
            e.At(Here);
            throw;
        }
    }

    private CalledPlace Here => new(_account.Name, AccountId, _options.Region);

    private async Task<AwsKeys> IntoAccount(string id, CancellationToken cancel)
    {
        var refusals = new List<(string Arn, CloudException Error)>();
        foreach (var role in _account.RoleNames)
        {
            var arn = $"arn:{Partition.Of(_options.Region).Name}:iam::{id}:role/{role}";
            try
            {
                var keys = await _sts.AssumeRole(_baseKeys, arn, SessionName(_options.SessionName), cancel);
                Prove(id, await _sts.GetCallerIdentity(new FixedKeys(keys), cancel));
                return keys;
            }
            catch (CloudException e) when (IsAboutTheRole(e))
            {
                refusals.Add((arn, e));
            }
        }

        var identity = await _sts.GetCallerIdentity(_baseKeys, cancel);
        return identity.Account == id
            ? await _baseKeys.Keys(cancel)
            : throw NoWayIn(id, identity, refusals);
    }

    /// <summary>Only the management account may lack an id: nothing else says whose keys these are.</summary>
    private async Task<AwsKeys> WithoutId(CancellationToken cancel)
    {
        if (_account.Name != _options.ManagementAccount)
        {
            throw new CloudException(
                CloudErrorKind.Refused,
                "NoAccountId",
                $"The account {_account.Name} has no id in the project, so nobody can prove that a session belongs to it. Add its account_id.",
                "sts:AssumeRole");
        }

        AccountId = (await _sts.GetCallerIdentity(_baseKeys, cancel)).Account;
        return await _baseKeys.Keys(cancel);
    }

    private void Prove(string id, CallerIdentity identity)
    {
        if (identity.Account != id)
        {
            throw new CloudException(
                CloudErrorKind.Refused,
                "WrongAccount",
                $"The project says that {_account.Name} is account {id}, but the session AWS gave belongs to {identity.Account} ({identity.Arn}). Nothing was done.",
                "sts:GetCallerIdentity");
        }
    }

    private CloudException NoWayIn(string id, CallerIdentity identity, List<(string Arn, CloudException Error)> refusals)
    {
        var text =
            new StringBuilder(
                $"No way into the account {_account.Name} ({id}) from {_credentials.Source}, which is {identity.Arn} of account {identity.Account}.");
        foreach (var (arn, error) in refusals)
        {
            text.Append($"\n  tried {arn}\n    {error.Code}: {error.Message}");
        }

        text.Append(refusals.Count == 0
            ? "\nThe project names no role to assume there."
            : $"\nOne of these roles must exist in {id} and trust {identity.Arn}, which in turn must be allowed sts:AssumeRole; or sign in to {id} itself.");
        return new CloudException(CloudErrorKind.AccessDenied, refusals is [.., var last] ? last.Error.Code : "NoRole", text.ToString(),
            "sts:AssumeRole");
    }

    /// <summary>Refused for this role; another role or no role at all may still do.</summary>
    private static bool IsAboutTheRole(CloudException e) =>
        e.Code != "WrongAccount" && !IsAboutTheKeys(e)
        && e.Kind is CloudErrorKind.AccessDenied or CloudErrorKind.NotFound or CloudErrorKind.Refused;

    private static bool IsAboutTheKeys(CloudException e) => e.Kind == CloudErrorKind.ExpiredToken
        || (e.Operation.StartsWith("sts:", StringComparison.Ordinal) && e.Code is "InvalidClientTokenId" or "UnrecognizedClientException"
            or "SignatureDoesNotMatch" or "InvalidAccessKeyId" or "IncompleteSignature" or "MissingAuthenticationToken" or "AuthFailure");

    /// <summary>STS takes 2 to 64 letters, digits and <c>=,.@-_+</c>.</summary>
    internal static string SessionName(string name)
    {
        var clean = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || "=,.@-_+".Contains(c, StringComparison.Ordinal)
            ? c
            : '-'));
        return clean.Length switch
        {
            < 2 => $"paco-{clean}".TrimEnd('-'),
            > 64 => clean[..64],
            _ => clean,
        };
    }
}
