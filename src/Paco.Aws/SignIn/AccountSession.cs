using System.Collections.Immutable;
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
    private static readonly TimeSpan AtLeastLeft = TimeSpan.FromMinutes(15);

    private readonly AwsOptions _options;
    private readonly AwsAccount _account;
    private readonly Conversation _conversation;
    private readonly Sts _sts;
    private readonly KeyCache _baseKeys;
    private readonly BaseCredentials _credentials;
    private readonly KeyCache _cache;

    public AccountSession(Conversation conversation, AwsAccount account, KeyCache baseKeys, BaseCredentials credentials,
        CancellationToken lifetime)
    {
        var options = conversation.Options;
        (_conversation, _options, _account, _baseKeys, _credentials) = (conversation, options, account, baseKeys, credentials);
        _sts = conversation.Sts;
        AccountId = account.Id;
        _cache = new KeyCache(SignIn, options.Clock, lifetime);
    }

    /// <summary>The id the project states, or after signing in the one AWS says; null before that.</summary>
    public string? AccountId { get; private set; }

    /// <summary>Whose keys were proved last, and how they were come by; null before that.</summary>
    public AccountIdentity? Identity { get; private set; }

    public Task<AwsKeys> Keys(CancellationToken cancel) => _cache.Keys(cancel);

    public void Forget(AwsKeys used)
    {
        _conversation.Refuse(used);
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
        catch (CloudException e) when (e.Operation == BaseCredentials.Operation)
        {
            // All accounts share this one, and each says it of itself.
            throw new CloudException(e.Kind, e.Code, e.Message, e.Operation, e).At(Here);
        }
        catch (CloudException e) when (IsAboutTheKeys(e) && PlaceFailures.Of(e) != PlaceFailure.Clock)
        {
            var words = $"AWS does not take the credentials of {_credentials.Source}: {e.Message} ({e.Code})\n{_credentials.Remedy}";
            throw new CloudException(CloudErrorKind.AccessDenied, e.Code, words, e.Operation, e).At(Here);
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
        foreach (var role in _account.RoleNames.Union(_account.RolesOfCallers.Values.OfType<string>()))
        {
            if (await Kept(Arn(role, id), id, cancel) is { } kept)
                return kept;
        }

        // That there are no keys to begin with is no role's fault, and no other role mends it.
        var keys = await _baseKeys.Keys(cancel);
        ImmutableArray<string> roles = [.. (await RoleNames(cancel)).Select(role => Arn(role, id))];
        var refusals = new List<(string Arn, CloudException Error)>();
        foreach (var arn in roles)
        {
            try
            {
                return await Assume(arn, id, cancel);
            }
            catch (CloudException e) when (IsAboutTheRole(e))
            {
                refusals.Add((arn, e));
            }
        }

        var identity = await _sts.GetCallerIdentity(_baseKeys, cancel);
        if (identity.Account != id)
            throw NoWayIn(id, identity, refusals);
        Identity = Proved(identity, role: null);
        return keys;
    }

    private string Arn(string role, string id) => $"arn:{Partition.Of(_options.Region).Name}:iam::{id}:role/{role}";

    // A session of CI takes on what is meant for it and asks for nothing else: refusals of that would look like an attack.
    private async Task<ImmutableArray<string>> RoleNames(CancellationToken cancel)
    {
        if (_account.RolesOfCallers.IsEmpty)
            return _account.RoleNames;
        var caller = (await _sts.GetCallerIdentity(_baseKeys, cancel)).Arn.Split(':', 6);
        return caller is [_, _, "sts", _, _, var session] && session.Split('/') is ["assumed-role", var name, ..]
            && _account.RolesOfCallers.TryGetValue(name, out var own)
            ? own is null ? [] : [own]
            : _account.RoleNames;
    }

    /// <summary>The role's session that an earlier command opened with the same keys, where it is proved to be of this account.</summary>
    private Task<AwsKeys?> Kept(string arn, string id, CancellationToken cancel) => _conversation.Find(
        NameOf(arn),
        AtLeastLeft,
        identity =>
        {
            Identity = Proved(identity, arn);
            return identity.Account == id;
        },
        cancel);

    private async Task<AwsKeys> Assume(string arn, string id, CancellationToken cancel)
    {
        var request = new RoleRequest(arn, SessionName(_options.SessionName), _options.RoleSession);
        var keys = await _sts.AssumeRole(_baseKeys, request, cancel);
        var identity = await _sts.GetCallerIdentity(new FixedKeys(keys), cancel);
        Prove(id, identity);
        Identity = Proved(identity, arn);
        _conversation.Keep(NameOf(arn), keys);
        return keys;
    }

    private string? NameOf(string arn) => _credentials.Identity is { } begin ? $"role {begin} {arn}" : null;

    private AccountIdentity Proved(CallerIdentity identity, string? role) =>
        new(identity.Account, identity.Arn, _credentials.Source, role, identity.ClockAhead);

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

        var identity = await _sts.GetCallerIdentity(_baseKeys, cancel);
        (AccountId, Identity) = (identity.Account, Proved(identity, role: null));
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
