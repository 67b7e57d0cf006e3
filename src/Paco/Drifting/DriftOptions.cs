namespace Paco.Drifting;

/// <summary>How drift is looked for.</summary>
public sealed record DriftOptions
{
    public required TimeProvider Time { get; init; }

    /// <summary>The longest between two questions whether a detection or a change set is ready.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many stacks of one account and region are looked at once: each detection reads every resource of its stack.</summary>
    public int MaxPerPlace { get; init; } = 5;
}
