using Paco.Clouds;

namespace Paco.Drifting;

/// <summary>Asks again: as long as it takes where the cloud says "too many calls", a few times where the line or the cloud fails.</summary>
internal sealed class Patience(DriftOptions options)
{
    private const int Attempts = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public async Task<T> Ask<T>(Func<Task<T>> question, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await question().ConfigureAwait(false);
            }
            catch (CloudException e) when (e.Kind == CloudErrorKind.Throttled || (e.IsPassing && attempt < Attempts))
            {
                await Task.Delay(Pause(attempt), options.Time, cancel).ConfigureAwait(false);
            }
        }
    }

    public Task Wait(CancellationToken cancel) => Task.Delay(options.PollInterval, options.Time, cancel);

    private TimeSpan Pause(int attempt) => TimeSpan.FromTicks(Math.Min(Longest.Ticks, options.PollInterval.Ticks << Math.Min(attempt, 10)));
}
