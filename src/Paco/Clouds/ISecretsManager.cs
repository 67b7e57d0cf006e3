using System.Collections.Immutable;
using Paco.Diagnostics;

namespace Paco.Clouds;

/// <summary>Secrets Manager: which secrets there are, and a value for one. No value is ever read.</summary>
public interface ISecretsManager
{
    /// <summary>The secrets whose names begin so; those about to be deleted are left out.</summary>
    Task<ImmutableArray<StoredSecret>> ListSecrets(string namePrefix, CancellationToken cancel);

    /// <summary>The secret of that name, also one about to be deleted, or null.</summary>
    Task<StoredSecret?> DescribeSecret(string name, CancellationToken cancel);

    /// <summary>Puts in a value of 1 to 65,536 bytes, which is the current one from then on.</summary>
    Task PutSecretValue(string name, Secret value, CancellationToken cancel);
}

/// <summary>A secret and how many of its versions have a stage: one that never got another value than its first has one.</summary>
public sealed record StoredSecret(string Arn, string Name, int Versions)
{
    /// <summary>Somebody deleted it, and it can still be brought back.</summary>
    public bool IsBeingDeleted { get; init; }
}
