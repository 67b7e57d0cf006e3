using Paco.Clouds;

namespace Paco.Aws.SignIn;

/// <summary>
/// Codes of MFA devices, asked of a person one question at a time. A code that was wrong is asked for again; after three the run has no
/// more of it, whoever else would have to ask.
/// </summary>
internal sealed class MfaCodes : IDisposable
{
    private const int Tries = 3;

    private readonly SemaphoreSlim _one = new(1);
    private readonly HashSet<(string Serial, string Code)> _used = [];
    private CloudException? _gaveUp;

    /// <summary>Asks for codes until the call takes one.</summary>
    /// <param name="conversation">Who can be asked.</param>
    /// <param name="serial">The device.</param>
    /// <param name="whose">Where its name is written, for whoever has to mend that.</param>
    /// <param name="call">What the code is for. It must not be repeated with the same one.</param>
    /// <param name="cancel">Ends the wait for other questions.</param>
    public async Task<AwsKeys> With(Conversation conversation, string serial, string whose, Func<string, Task<AwsKeys>> call,
        CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            return _gaveUp is null ? await Asking(conversation, serial, whose, call) : throw _gaveUp;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<AwsKeys> Asking(Conversation conversation, string serial, string whose, Func<string, Task<AwsKeys>> call)
    {
        string? before = null;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var person = conversation.Person("NoMfaCode", Needed(serial, whose));
            var code = person.AskMfaCode(new MfaQuestion(serial, before));
            if (!_used.Add((serial, code)))
            {
                before = "That code was used already: wait for the next one.";
                continue;
            }
            try
            {
                return await call(code);
            }
            catch (CloudException e) when (IsAboutTheCode(e) || e.IsPassing || e.Kind == CloudErrorKind.Unreadable)
            {
                // AWS takes a code once, and whether it took this one nobody knows.
                before = IsAboutTheCode(e) ? $"AWS did not take that code: {e.Message}"
                    : $"No answer came ({e.Message}), and a code counts once.";
            }
        }
        throw _gaveUp = Conversation.Blocked(
            $"Three codes of the MFA device {serial} led to no session. {before}\nRun the command again with the device at hand: its clock must be right, and each code counts once. {whose} names that device: is it yours, and registered with the user whose keys these are?",
            "WrongMfaCode");
    }

    private static string Needed(string serial, string whose) =>
        $"A code of the MFA device {serial} is needed ({whose}), and nobody could be asked.\nRun paco doctor in a terminal: the session it opens is kept and used by the next command. In CI sign in without MFA, with a role for OIDC (AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE).";

    // "MultiFactorAuthentication failed with invalid MFA one time pass code", "… unable to validate MFA code"; a code of another form
    // than six digits is a ValidationError about tokenCode.
    private static bool IsAboutTheCode(CloudException e) => e.Message.Contains("MultiFactorAuthentication", StringComparison.Ordinal)
        || (e.Code == "ValidationError" && e.Message.Contains("tokenCode", StringComparison.Ordinal));
}
