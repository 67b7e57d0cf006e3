namespace Paco.Aws.SignIn;

/// <summary>A way to come by the keys everything starts from.</summary>
internal abstract class CredentialSource
{
    /// <summary>For a person, as in "AWS does not take the credentials of …".</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Tells whom it gives keys of from all others, for as long as sessions are kept; null where that cannot be told, and then nothing that
    /// was opened with its keys is kept for the next command.
    /// </summary>
    public virtual string? Identity => null;

    /// <summary>What to do when its keys are missing or refused; null where only the general advice is known.</summary>
    public virtual string? Remedy => null;

    /// <summary>
    /// Keys that are good now. What AWS refuses is thrown as it says it; what keeps this way from being gone is an error of
    /// <see cref="BaseCredentials.Operation"/>.
    /// </summary>
    public abstract Task<AwsKeys> Fetch(CancellationToken cancel);
}

/// <summary>Keys that are written somewhere.</summary>
/// <param name="isKept">What they open is good for the next command too.</param>
internal sealed class WrittenKeys(string name, AwsKeys keys, bool isKept = true) : CredentialSource
{
    public override string Name => name;

    public override string? Identity => isKept ? keys.AccessKeyId : null;

    public override Task<AwsKeys> Fetch(CancellationToken cancel) => Task.FromResult(keys);
}
