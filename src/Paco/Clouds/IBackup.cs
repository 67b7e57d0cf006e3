using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>AWS Backup, for what stands in a vault, which CloudFormation knows nothing of.</summary>
public interface IBackup
{
    /// <summary>The recovery points of a vault; null where there is no vault of that name.</summary>
    Task<ImmutableArray<RecoveryPoint>?> ListRecoveryPoints(string vault, CancellationToken cancel);

    /// <summary>Deletes one; one that is gone is no error. AWS may take a while to be done.</summary>
    Task DeleteRecoveryPoint(string vault, string recoveryPointArn, CancellationToken cancel);

    /// <summary>Deletes a vault, which must be empty; one that is gone is no error.</summary>
    Task DeleteVault(string vault, CancellationToken cancel);
}

/// <summary>A backup in a vault.</summary>
/// <param name="ResourceArn">What it was made of.</param>
public sealed record RecoveryPoint(string Arn, string ResourceArn, DateTimeOffset Created);
