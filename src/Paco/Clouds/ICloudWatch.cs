using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>CloudWatch, for how alarms stand.</summary>
public interface ICloudWatch
{
    /// <summary>All alarms of the account and region whose names begin so, those on metrics and those on other alarms.</summary>
    Task<ImmutableArray<AlarmStatus>> DescribeAlarms(string namePrefix, CancellationToken cancel);
}

/// <summary>How an alarm stands.</summary>
/// <param name="Name">As AWS has it: <c>NE-mynet-prod-App-app-site-web-ASG-Alarms-AlarmcoreCPU-1ABCDEFGHIJKL</c>.</param>
/// <param name="State">What it found.</param>
/// <param name="Since">Since when it is in that state.</param>
/// <param name="Reason">Why, in CloudWatch's words.</param>
public sealed record AlarmStatus(string Name, AlarmState State, DateTimeOffset Since, string Reason)
{
    /// <summary>The value that brought it into its state, where CloudWatch tells it.</summary>
    public double? Value { get; init; }

    /// <summary>False where somebody switched off what it does.</summary>
    public bool TellsAnybody { get; init; } = true;
}

/// <summary>What an alarm found.</summary>
public enum AlarmState
{
    /// <summary>Beyond its threshold.</summary>
    Alarm,

    /// <summary>No values to judge by.</summary>
    InsufficientData,

    Ok,
}
