using System.Collections.Immutable;

namespace Paco.Sandbox;

/// <summary>How a <see cref="LocalCloud"/> is opened.</summary>
public sealed record SandboxOptions
{
    /// <summary>The SQLite file that holds everything, or null for a cloud that lives in memory and ends with the object.</summary>
    public string? DatabasePath { get; init; }

    /// <summary>The only clock the cloud knows. Operations go on as this clock does.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Twelve digits. Any access key that AssumeRole did not hand out belongs to this account.</summary>
    public string ManagementAccountId { get; init; } = "111111111111";

    /// <summary>How long resources take.</summary>
    public Pace Pace { get; init; } = Pace.Instant;

    /// <summary>What goes wrong on purpose.</summary>
    public ImmutableArray<Fault> Faults { get; init; } = [];
}
