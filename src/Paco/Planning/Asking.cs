using Paco.Clouds;

namespace Paco.Planning;

/// <summary>Asks again: as long as it takes where the cloud says "too many calls", a few times where the line or the cloud fails.</summary>
/// <param name="pollInterval">The shortest pause between two questions.</param>
internal sealed class Asking(TimeProvider time, TimeSpan pollInterval)
{
    private const int Attempts = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public async Task<T> Ask<T>(Func<Task<T>> question, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await question();
            }
            catch (CloudException e) when (e.Kind == CloudErrorKind.Throttled || (e.IsPassing && attempt < Attempts))
            {
                await Task.Delay(Pause(attempt), time, cancel);
            }
        }
    }

    public Task Wait(CancellationToken cancel) => Task.Delay(pollInterval, time, cancel);

    private TimeSpan Pause(int attempt) => TimeSpan.FromTicks(Math.Min(Longest.Ticks, pollInterval.Ticks << Math.Min(attempt, 10)));
}
