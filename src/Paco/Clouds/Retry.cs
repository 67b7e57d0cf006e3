namespace Paco.Clouds;

/// <summary>How long calls that fail in passing are made again, and how fast: each pause twice the one before.</summary>
/// <param name="Throttled">How many attempts a call has that is answered with "too many calls".</param>
/// <param name="Failed">How many it has where the cloud or the line fails.</param>
/// <param name="Silence">For how long there may be no answer at all.</param>
/// <param name="First">The pause after the first failure.</param>
/// <param name="FirstThrottled">The same after "too many calls".</param>
/// <param name="Longest">No pause is longer.</param>
/// <param name="Jitter">The share of a pause that varies, so that those that failed together do not come back together.</param>
public sealed record RetryPolicy(int Throttled, int Failed, TimeSpan Silence, TimeSpan First, TimeSpan FirstThrottled, TimeSpan Longest,
    double Jitter)
{
    /// <summary>A single request.</summary>
    public static readonly RetryPolicy Request =
        new(10, 5, TimeSpan.MaxValue, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(20), 1);

    /// <summary>A question whose answer a plan cannot do without, above what its requests repeat themselves.</summary>
    public static readonly RetryPolicy Question = Patient(TimeSpan.FromMinutes(2));

    /// <summary>As long as it takes, unless there is no answer at all for so long.</summary>
    public static RetryPolicy Patient(TimeSpan silence) =>
        new(int.MaxValue, int.MaxValue, silence, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), 0.25);
}

/// <summary>
/// Makes calls again that fail in passing. What was throttled was not done, so it may always be made again; after a fault or a
/// lost connection nobody knows, so whoever calls says what may be.
/// </summary>
/// <param name="chance">Where the jitter comes from; null takes it from what failed, so that a run can be repeated.</param>
public sealed class Retry(TimeProvider time, RetryPolicy policy, Random? chance = null)
{
    /// <summary>Told of each failure after which the call is made again.</summary>
    public Action<CloudException>? Failed { get; init; }

    /// <summary>Calls until there is an answer, or one that will not change.</summary>
    public Task<T> Call<T>(Func<Task<T>> call, CancellationToken cancel) => Call(call, e => e.IsPassing, cancel);

    /// <summary>
    /// Calls until it succeeds, fails with what may not be repeated, or has failed too often or too long: the last failure is thrown.
    /// </summary>
    public async Task<T> Call<T>(Func<Task<T>> call, Func<CloudException, bool> mayRepeat, CancellationToken cancel)
    {
        var answered = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (CloudException e) when (mayRepeat(e) && IsWorthwhile(e, attempt, answered))
            {
                if (IsAnswer(e))
                    answered = time.GetTimestamp();
                Failed?.Invoke(e);
                await Task.Delay(Pause(e, attempt), time, cancel);
            }
        }
    }

    private bool IsWorthwhile(CloudException e, int attempt, long answered) => e.Kind == CloudErrorKind.Throttled
        ? attempt < policy.Throttled
        : attempt < policy.Failed && (IsAnswer(e) || time.GetElapsedTime(answered) < policy.Silence);

    // Who is throttled, or has to sign in again, is answered.
    private static bool IsAnswer(CloudException e) => e.Kind == CloudErrorKind.Throttled || e.IsExpired;

    private TimeSpan Pause(CloudException e, int attempt)
    {
        var first = e.Kind == CloudErrorKind.Throttled ? policy.FirstThrottled : policy.First;
        return Shortest(first * Math.Pow(2, Math.Min(attempt - 1, 20)), policy.Longest) * (1 - (policy.Jitter * Draw(e, attempt)));
    }

    private static TimeSpan Shortest(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // 0 to 1.
    private double Draw(CloudException e, int attempt)
    {
        if (chance is null)
            return (e.Operation.Length + attempt) % 5 / 5.0;
        lock (chance)
            return chance.NextDouble();
    }
}
