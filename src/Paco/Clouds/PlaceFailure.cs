namespace Paco.Clouds;

/// <summary>
/// Why an account or a region answers nothing, or not this: a cause of the place, and not of what was asked for there. Every call there
/// fails alike, so it is told once. None of them passes by waiting.
/// </summary>
public enum PlaceFailure
{
    /// <summary>The account has not enabled the region.</summary>
    RegionOff,

    /// <summary>The clock of this machine is too far off for signatures.</summary>
    Clock,

    /// <summary>The session was good, and is past its time.</summary>
    Expired,

    /// <summary>Who asks may not.</summary>
    Denied,
}

/// <summary>Tells what kind of cause a refusal has, and the way out.</summary>
public static class PlaceFailures
{
    private static readonly string[] Unknown =
        ["UnrecognizedClientException", "InvalidClientTokenId", "AuthFailure", "InvalidToken", "InvalidAccessKeyId"];

    /// <summary>The cause, or null where the refusal is about what was asked for.</summary>
    public static PlaceFailure? Of(CloudException e) => e switch
    {
        { Code: "RequestExpired" or "RequestTimeTooSkewed" } => PlaceFailure.Clock,
        { Code: "SignatureDoesNotMatch" or "InvalidSignatureException" } when IsLate(e.Message) => PlaceFailure.Clock,
        { Code: "OptInRequired" or "RegionDisabledException" } => PlaceFailure.RegionOff,
        // A session is proved where it was opened before it is used elsewhere: whoever does not know it there does not know the account.
        _ when Unknown.Contains(e.Code) && !e.Operation.StartsWith("sts:", StringComparison.Ordinal) => PlaceFailure.RegionOff,
        { IsExpired: true } => PlaceFailure.Expired,
        { Code: "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "NotAuthorized" } when !e.IsSignIn =>
            PlaceFailure.Denied,
        _ => null,
    };

    /// <summary>What to do about it, or null where the message itself says it.</summary>
    public static string? Remedy(CloudException e) => Of(e) switch
    {
        PlaceFailure.RegionOff =>
            $"most likely the account has not enabled the region {e.Where?.Region}: do so in its settings under AWS Regions, which takes some minutes, or take the region out of the project",
        PlaceFailure.Clock => "set this machine's clock (by network time), then run the same command again",
        PlaceFailure.Expired when !e.IsSignIn =>
            "sign in again (aws sso login, or new keys in the environment), then run the same command again",
        PlaceFailure.Denied when e.Message.Contains("service control policy", StringComparison.OrdinalIgnoreCase) =>
            $"a service control policy of the organization forbids {Denied(e)} there: somebody must change it, or the project leaves this account and region alone",
        PlaceFailure.Denied => $"the role that Paco assumes in the account must be allowed {Denied(e)} there",
        _ => null,
    };

    // "User … is not authorized to perform: iam:PassRole on resource …": a call may need more than its own name.
    private static string Denied(CloudException e) =>
        e.Message.Split("to perform: ") is [_, var rest, ..] ? rest.Split(' ')[0].TrimEnd('.', ',') : e.Operation;

    // AWS's words: "Signature expired: 20261129T170000Z is now earlier than …", "Signature not yet current: …".
    private static bool IsLate(string message) =>
        message.Contains("Signature expired", StringComparison.Ordinal) || message.Contains("not yet current", StringComparison.Ordinal);
}
