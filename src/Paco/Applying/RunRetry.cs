using Paco.Clouds;

namespace Paco.Applying;

/// <summary>
/// Asks a cloud while a run goes on, telling each time it fails: how things stand in the cloud does not change because nobody
/// could be asked. Only a cloud that goes without any answer for <see cref="ApplyOptions.SilenceLimit"/> is asked no longer.
/// </summary>
internal sealed class RunRetry(ApplyOptions options, Action<ApplyEvent> tell)
{
    private readonly RetryPolicy _policy = RetryPolicy.Patient(options.SilenceLimit);

    /// <summary>
    /// Asks until there is an answer, or one that will not change. A token past its time passes when somebody signs in again in another
    /// window.
    /// </summary>
    public Task<T> Read<T>(Place place, Func<Task<T>> read, CancellationToken leave) =>
        Ask(place, read, e => e.IsPassing || e.IsExpired, leave);

    /// <summary>The same for what answers nothing.</summary>
    public Task Do(Place place, Func<Task> call, CancellationToken leave) => Read(place, () => Done(call), leave);

    /// <summary>Looks until it was seen; a look fails nothing, whatever the reason.</summary>
    public Task Look(Place place, Func<Task> look, CancellationToken leave) => Ask(place, () => Done(look), _ => true, leave);

    private async Task<T> Ask<T>(Place place, Func<Task<T>> call, Func<CloudException, bool> mayRepeat, CancellationToken leave)
    {
        var retry = new Retry(options.Time, _policy) { Failed = e => tell(new PollLost(options.Time.GetUtcNow(), place, Reason(e))) };
        try
        {
            return await retry.Call(call, mayRepeat, leave);
        }
        catch (CloudException e) when (mayRepeat(e))
        {
            var message = $"{place} {FailureCause.Lost} {options.SilenceLimit.TotalMinutes:0} minutes: {e.Message}";
            throw new CloudException(e.Kind, e.Code, message, e.Operation, e);
        }
    }

    // It waits for somebody to act, who then has to know how.
    private static string Reason(CloudException e) => PlaceFailures.Remedy(e) is { } way ? $"{e.Message}; {way}" : e.Message;

    private static async Task<bool> Done(Func<Task> call)
    {
        await call();
        return true;
    }
}
