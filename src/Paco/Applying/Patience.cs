using Paco.Clouds;

namespace Paco.Applying;

/// <summary>
/// Repeats what fails in passing: throttling, lost connections, server faults, a token past its time; later and
/// later, and telling each time: how things stand in the cloud does not change because nobody could be asked. Only a cloud that
/// goes without any answer for <see cref="ApplyOptions.Patience"/> is asked no longer.
/// </summary>
internal sealed class Patience(ApplyOptions options, Action<ApplyEvent> tell)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>True for what passes by itself, or when somebody signs in again in another window.</summary>
    public static bool IsPassing(CloudException e) =>
        e.IsPassing || e.Kind == CloudErrorKind.ExpiredToken || e.InnerException is CloudException { Kind: CloudErrorKind.ExpiredToken };

    /// <summary>True for no answer at all: who is throttled, or has to sign in again, is answered.</summary>
    public static bool IsSilence(CloudException e) => e.Kind != CloudErrorKind.Throttled && (e.IsPassing || !IsPassing(e));

    /// <summary>Asks until there is an answer, or one that will not change.</summary>
    public async Task<T> Read<T>(Place place, Func<Task<T>> read, CancellationToken leave)
    {
        var began = options.Time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await read();
            }
            catch (CloudException e) when (IsPassing(e))
            {
                IfOver(place, e, began);
                await Wait(place, e, failures, leave);
            }
        }
    }

    /// <summary>Throws where there has been no answer since <paramref name="began"/> for too long.</summary>
    public void IfOver(Place place, CloudException last, long began)
    {
        if (IsSilence(last) && options.Time.GetElapsedTime(began) >= options.Patience)
            throw new CloudException(CloudErrorKind.Refused, last.Code, $"{place} {Failures.Lost} {options.Patience.TotalMinutes:0} minutes: {last.Message}", last.Operation);
    }

    /// <summary>Tells of the failure and waits before the next attempt.</summary>
    public Task Wait(Place place, CloudException e, int failures, CancellationToken leave)
    {
        tell(new PollLost(options.Time.GetUtcNow(), place, e.Message));
        return Task.Delay(Pause(failures, e), options.Time, leave);
    }

    // Up to a quarter less, by what failed: those that failed together do not come back together.
    private static TimeSpan Pause(int failures, CloudException e)
    {
        var most = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 10)));
        return TimeSpan.FromSeconds(most * (1 - (Math.Abs(e.Operation.Length + failures) % 5 / 20.0)));
    }
}
