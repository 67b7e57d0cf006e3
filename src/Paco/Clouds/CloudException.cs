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

    /// <summary>True for what passes by itself: throttling, lost connections, server faults.</summary>
    public bool IsPassing => Kind is CloudErrorKind.Throttled or CloudErrorKind.Connection or CloudErrorKind.Server;

    /// <summary>True for a token past its time: it passes once somebody has signed in again.</summary>
    public bool IsExpired => Kind == CloudErrorKind.ExpiredToken || InnerException is CloudException { Kind: CloudErrorKind.ExpiredToken };
}
