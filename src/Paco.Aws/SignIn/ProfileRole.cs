namespace Paco.Aws.SignIn;

/// <summary>The role a profile names, assumed with keys that come from elsewhere, and with an MFA device where it names one.</summary>
internal sealed class ProfileRole(Conversation conversation, string profile, IReadOnlyDictionary<string, string> settings,
    CredentialSource from) : CredentialSource
{
    private readonly string _arn = settings["role_arn"];
    private readonly string? _serial = settings.GetValueOrDefault("mfa_serial");
    private readonly string? _externalId = settings.GetValueOrDefault("external_id");

    public override string Name => $"the profile {profile}";

    public override string? Identity => from.Identity is { } begin ? $"{begin} {_serial} {_arn} {_externalId}" : null;

    public override string? Remedy => from.Remedy;

    public override Task<AwsKeys> Fetch(CancellationToken cancel) => conversation.Kept(
        Identity is { } identity ? $"profile {identity}" : null,
        TimeSpan.FromMinutes(15),
        whose => _arn.Split(':') is [_, _, _, _, var account, ..] && account == whose.Account,
        () => Open(cancel),
        cancel);

    private async Task<AwsKeys> Open(CancellationToken cancel)
    {
        var keys = new FixedKeys(await from.Fetch(cancel));
        return _serial is null
            ? await conversation.Sts.AssumeRole(keys, Request(), cancel)
            : await conversation.MfaCodes.With(conversation, _serial, $"mfa_serial of the profile {profile}",
                code => conversation.Sts.AssumeRole(keys, Request() with { Mfa = (_serial, code) }, cancel), cancel);
    }

    // A role that is assumed from a role has an hour at most; longer ones have to be allowed by the role.
    private RoleRequest Request() => new(
        _arn,
        AccountSession.SessionName(settings.GetValueOrDefault("role_session_name") ?? conversation.Options.SessionName),
        TimeSpan.FromSeconds(int.TryParse(settings.GetValueOrDefault("duration_seconds"), out var given)
            ? Math.Clamp(given, 900, 43_200)
            : 3600))
    {
        ExternalId = _externalId,
    };
}
