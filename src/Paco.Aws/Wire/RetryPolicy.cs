using System.Security.Cryptography;
using Paco.Clouds;

namespace Paco.Aws.Wire;

/// <summary>
/// Whether and when a call is tried again: exponential back-off with full jitter. What was throttled was not done, so it may
/// always be repeated; after a server fault or a lost connection nobody knows, so only what is repeatable is.
/// </summary>
internal sealed class RetryPolicy(TimeProvider clock, int? seed)
{
    private const int ThrottledAttempts = 10;
    private const int FaultAttempts = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly Random jitter = new(seed ?? RandomNumberGenerator.GetInt32(int.MaxValue));

    public static bool Again(CloudException error, WireRequest request, int attempt) => error.Kind switch
    {
        CloudErrorKind.Throttled => attempt < ThrottledAttempts,
        CloudErrorKind.Connection => attempt < FaultAttempts && (request.Repeatable || NeverArrived(error)),
        CloudErrorKind.Server => attempt < FaultAttempts && request.Repeatable,
        _ => false,
    };

    /// <summary>Waits before attempt number <paramref name="attempt"/> + 1.</summary>
    public Task Wait(CloudException error, int attempt, CancellationToken cancel)
    {
        var first = TimeSpan.FromMilliseconds(error.Kind == CloudErrorKind.Throttled ? 500 : 100);
        var most = Math.Min(Longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, attempt - 1));
        double share;
        lock (gate)
        {
            share = jitter.NextDouble();
        }

        return Task.Delay(TimeSpan.FromMilliseconds(most * share), clock, cancel);
    }

    private static bool NeverArrived(CloudException error) => error.Code is "ConnectionRefused" or "HostNotFound" or "NameResolutionError" or "TryAgain";
}
