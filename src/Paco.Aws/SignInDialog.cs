namespace Paco.Aws;

/// <summary>What only a person can do while somebody signs in. Called from any thread, one question at a time.</summary>
public interface ISignInDialog
{
    /// <summary>Somebody reads questions at this moment: nothing else is on the screen.</summary>
    bool IsListening { get; }

    /// <summary>The six digits an MFA device shows.</summary>
    string AskMfaCode(MfaQuestion question);

    /// <summary>
    /// Shows where to confirm a sign-in, and opens that page where there is a browser. Disposed once it is confirmed, or will not be any
    /// more.
    /// </summary>
    IDisposable ShowDevice(DeviceSignIn device);
}

/// <summary>A question for a code.</summary>
/// <param name="Serial">The device's ARN or serial number.</param>
/// <param name="Before">What was wrong with the code before this one, as a sentence; null at first.</param>
public sealed record MfaQuestion(string Serial, string? Before);

/// <summary>A sign-in that waits to be confirmed in a browser.</summary>
/// <param name="Name">What is signed in to: the name of an sso-session, or its start address.</param>
/// <param name="UserCode">What the page asks for, or shows for comparison.</param>
/// <param name="Address">The page, for typing.</param>
/// <param name="AddressWithCode">The page with the code filled in.</param>
/// <param name="GoodFor">How long the code lasts.</param>
public sealed record DeviceSignIn(string Name, string UserCode, Uri Address, Uri AddressWithCode, TimeSpan GoodFor);
