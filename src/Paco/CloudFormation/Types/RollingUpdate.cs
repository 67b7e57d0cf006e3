using System.Globalization;
using System.Xml;

namespace Paco.CloudFormation.Types;

/// <summary>
/// How CloudFormation replaces the instances of a group: batch by batch, each terminated and made anew. Without limits of their own the
/// numbers are CloudFormation's defaults (User Guide, aws-attribute-updatepolicy).
/// </summary>
/// <param name="Instances">How many are replaced; null where that is not known.</param>
/// <param name="BatchSize">How many at a time.</param>
/// <param name="MinInService">How many CloudFormation keeps in service meanwhile, whatever happens.</param>
/// <param name="Max">The most the group may have.</param>
/// <param name="Pause">What is waited for after a batch, or for how long to wait for the signals of new instances.</param>
/// <param name="Waits">New instances signal that they are ready, and the next batch waits for that.</param>
public sealed record RollingUpdate(int? Instances, int BatchSize, int MinInService, int? Max, TimeSpan Pause, bool Waits)
{
    private static readonly TimeSpan SignalTimeout = TimeSpan.FromMinutes(5);

    /// <summary>How many batches there are; one where the number of instances is not known.</summary>
    public int Batches => Instances is { } all ? (all + Batch - 1) / Batch : 1;

    /// <summary>How many are terminated at once: no more than there are, and than the group may have above what stays in service.</summary>
    public int Batch => Math.Max(1, Math.Min(Math.Min(BatchSize, Instances ?? BatchSize), Room > 0 ? Room : BatchSize));

    /// <summary>
    /// The size the group is raised to meanwhile, so that a batch has room above what must stay in service; null where it has room already.
    /// Seen as "Temporarily setting autoscaling group MinSize and DesiredCapacity to 9" (guardian/testing-asg-rolling-update).
    /// </summary>
    public int? RaisedTo => Room > 0 && MinInService + Batch > Instances ? MinInService + Batch : null;

    /// <summary>How many of them serve while a batch is replaced, if nothing fails; null where that is not known.</summary>
    public int? InService => Instances is { } all ? (RaisedTo ?? all) - Batch : null;

    private int Room => (Max ?? int.MaxValue) - MinInService;

    /// <summary>The update of a group by its policy.</summary>
    /// <param name="property">A property of the group as text, or null.</param>
    /// <param name="policy">A value of its <c>AutoScalingRollingUpdate</c> as text, or null.</param>
    public static RollingUpdate Of(Func<string, string?> property, Func<string, string?> policy)
    {
        var waits = policy("WaitOnResourceSignals") == "true";
        return new(Number(property("DesiredCapacity")) ?? Number(property("MinSize")), Number(policy("MaxBatchSize")) ?? 1,
            Number(policy("MinInstancesInService")) ?? 0, Number(property("MaxSize")),
            Duration(policy("PauseTime")) ?? (waits ? SignalTimeout : TimeSpan.Zero), waits);
    }

    /// <summary>How long one batch takes.</summary>
    /// <param name="roll">What the table says of the type.</param>
    public TimeSpan BatchLength(RollFacts roll) => roll.Batch + (Waits ? roll.UntilSignal : Pause);

    /// <summary>How long all of it takes.</summary>
    public TimeSpan Length(RollFacts roll) => BatchLength(roll) * Batches;

    /// <summary>The pause as a policy writes it: <c>PT5M</c>.</summary>
    public string PauseText => XmlConvert.ToString(Pause);

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // PT5M; what nobody can read is refused by CloudFormation and of no length here.
    private static TimeSpan? Duration(string? text)
    {
        try
        {
            return text is { Length: > 0 } ? XmlConvert.ToTimeSpan(text) : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }
}
