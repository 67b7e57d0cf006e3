using System.Collections.Concurrent;

namespace Paco.Aws.Tests.SignIn;

/// <summary>
/// The services sessions are opened with, as far as a test says what they know: STS, with accounts, keys and MFA codes. It answers in this
/// process, or on a loopback port.
/// </summary>
internal sealed class StubAws(TimeProvider clock)
{
    public const string Master = "111111111111";
    public const string UserKey = "AKIAIOSFODNN7EXAMPLE";

    private readonly ConcurrentDictionary<string, string> _accountOfKey = new() { [UserKey] = Master };
    private int _sessions;

    public ConcurrentQueue<Sent> Requests { get; } = new();

    /// <summary>Codes the MFA device shows.</summary>
    public HashSet<string> Codes { get; } = ["123456"];

    /// <summary>ARNs of roles that nobody may assume.</summary>
    public HashSet<string> Closed { get; } = [];

    /// <summary>What else is answered; null for what STS answers.</summary>
    public Func<Sent, (int, string)?> Else { get; set; } = _ => null;

    public IEnumerable<string> Actions => Requests.Select(r => r.Action);

    public int Count(string action) => Actions.Count(a => a == action);

    /// <summary>A key somebody has, and the account it is of.</summary>
    public void Knows(string keyId, string account) => _accountOfKey[keyId] = account;

    public (int, string) Answer(Sent sent)
    {
        Requests.Enqueue(sent);
        return Else(sent) ?? sent.Action switch
        {
            "GetCallerIdentity" => _accountOfKey.TryGetValue(sent.KeyId, out var account) ? Canned.Identity(account)
                : Canned.Error(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
            "GetSessionToken" => Codes.Remove(sent.Field("TokenCode"))
                ? Session(_accountOfKey[sent.KeyId], int.Parse(sent.Field("DurationSeconds")))
                : WrongCode,
            "AssumeRole" when Closed.Contains(sent.Field("RoleArn")) => Canned.Error(403, "AccessDenied", "User is not authorized"),
            "AssumeRole" when sent.Field("TokenCode") is { Length: > 0 } code && !Codes.Remove(code) => WrongCode,
            "AssumeRole" or "AssumeRoleWithWebIdentity" => Session(sent.Field("RoleArn").Split(':')[4], 3600),
            "ListAccounts" => Canned.Error(403, "AccessDenied", "no"),
            _ => Canned.NoStacks,
        };
    }

    private static (int, string) WrongCode =>
        Canned.Error(403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.");

    private (int, string) Session(string account, int seconds)
    {
        var key = $"ASIA{account}{Interlocked.Increment(ref _sessions):0000}";
        Knows(key, account);
        return Canned.Session(key, clock.GetUtcNow().AddSeconds(seconds));
    }
}

internal static class SentFields
{
    /// <summary>A field of a form, or nothing.</summary>
    public static string Field(this Sent sent, string name) => sent.Body.Split('&').Select(p => p.Split('=', 2))
        .FirstOrDefault(p => p[0] == name) is [_, var value] ? Uri.UnescapeDataString(value) : "";
}

/// <summary>A person at the terminal who types what a test says.</summary>
internal sealed class Person(params string[] codes) : ISignInDialog, IDisposable
{
    private readonly Queue<string> _codes = new(codes);

    public ConcurrentQueue<MfaQuestion> Questions { get; } = new();

    public ConcurrentQueue<DeviceSignIn> Devices { get; } = new();

    public bool IsListening { get; set; } = true;

    public string AskMfaCode(MfaQuestion question)
    {
        Questions.Enqueue(question);
        return _codes.Dequeue();
    }

    public IDisposable ShowDevice(DeviceSignIn device)
    {
        Devices.Enqueue(device);
        return this;
    }

    public void Dispose()
    {
    }
}
