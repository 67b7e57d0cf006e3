using Paco.Aws.Wire;
using Paco.Diagnostics;

namespace Paco.Aws.SignIn;

/// <summary>Keys fetched once for all who ask, and again shortly before they expire or when AWS refuses them.</summary>
internal sealed class KeyCache(Func<CancellationToken, Task<AwsKeys>> fetch, TimeProvider clock, CancellationToken lifetime) : IKeySource
{
    /// <summary>A call signed now may reach AWS some minutes later; SDKs keep the same distance.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private Task<AwsKeys>? _current;

    public Task<AwsKeys> Keys(CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_current is null || _current.IsFaulted || _current.IsCanceled || IsStale(_current))
            {
                // One caller's cancellation must not take the keys from the others, so only the wait is the caller's own.
                _current = Task.Run(() => fetch(lifetime), lifetime);
            }

            return _current.WaitAsync(cancel);
        }
    }

    public void Forget(AwsKeys used)
    {
        lock (_gate)
        {
            if (_current is { IsCompletedSuccessfully: true } done && ReferenceEquals(done.Result, used))
            {
                _current = null;
            }
        }
    }

    private bool IsStale(Task<AwsKeys> task) =>
        task.IsCompletedSuccessfully && task.Result.Expires is { } expires && expires - clock.GetUtcNow() < Margin;
}

/// <summary>Keys just received, before anybody else may use them.</summary>
internal sealed class FixedKeys(AwsKeys keys) : IKeySource
{
    /// <summary>For calls that nobody signs.</summary>
    public static readonly FixedKeys Nobody = new(new AwsKeys("", new Secret("")));

    public Task<AwsKeys> Keys(CancellationToken cancel) => Task.FromResult(keys);

    public void Forget(AwsKeys used)
    {
    }
}
