using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>How a plan is applied.</summary>
public sealed record ApplyOptions
{
    public required PlanOptions Planning { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>
    /// The longest between two looks at the stacks of an account and region, and what the shorter ones are shares of.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What things take here beside what they take on AWS: 0 where everything is done at once.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>
    /// How long a cloud may go without an answer to how its stacks stand, until the run stops asking. Stacks go on without it.
    /// </summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many stacks of one account and region are worked on at once.</summary>
    public int MaxPerPlace { get; init; } = 20;

    /// <summary>What the user permits to lose.</summary>
    public DestroyPermissions Permissions { get; init; } = DestroyPermissions.None;

    /// <summary>Where what is shown once goes.</summary>
    public ISecretSink Secrets { get; init; } = NoSecretSink.Instance;

    /// <summary>Begins the names of the buckets that hold templates too large to send inline.</summary>
    public required string BucketPrefix { get; init; }
}

/// <summary>How a run is stopped: once, and nothing new starts; twice, and it is left at once.</summary>
public readonly record struct Cancellation(CancellationToken StartNothing, CancellationToken Leave);
