namespace Paco.Sandbox.Wire;

/// <summary>A refusal in AWS's words; each protocol writes it in its own shape.</summary>
internal sealed class AwsError(string code, string message, int status = 400) : Exception(message)
{
    /// <summary>The code that docs/sandbox.md names.</summary>
    public const string NotImplemented = "NotImplementedBySandbox";

    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>True for what AWS would do and the sandbox does not.</summary>
    public bool IsNotEmulated => Code == NotImplemented;

    public static AwsError Validation(string message) => new("ValidationError", message);

    /// <summary>For a request that nobody signed.</summary>
    public static AwsError Unsigned() => new("MissingAuthenticationToken", "Request is missing Authentication Token", 403);

    /// <summary>What the sandbox does not emulate it says, and never pretends.</summary>
    public static AwsError NotEmulated(string operation) =>
        new(NotImplemented, $"The sandbox does not emulate {operation}. docs/sandbox.md lists what it does.", 501);
}

/// <summary>The connection is lost: the caller gets no answer at all.</summary>
internal sealed class LostConnectionException() : Exception("The sandbox lost this connection on purpose.");
