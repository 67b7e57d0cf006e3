using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox;

/// <summary>
/// The built-in local cloud: AWS's wire protocols in front of a CloudFormation engine driven by Amazon's resource schemas.
/// Safe to use from many threads; several processes may open the same file. <c>docs/sandbox.md</c> says what it does not emulate.
/// </summary>
public sealed class LocalCloud : IAsyncDisposable
{
    private readonly Store store;
    private readonly SandboxContext world;
    private readonly RequestDispatcher front;
    private readonly CancellationTokenSource stopped = new();

    private LocalCloud(SandboxOptions options)
    {
        world = new SandboxContext(options);
        store = new Store(Database.Open(options.DatabasePath));
        front = new RequestDispatcher(world, store, options.DatabasePath ?? ":memory:");
    }

    /// <summary>Cancelled when a <see cref="Fault.StopAt"/> strikes.</summary>
    public CancellationToken Stopped => stopped.Token;

    /// <summary>Opens a cloud, making its file where there is none.</summary>
    /// <exception cref="SandboxFileException">The file is not a sandbox's, is damaged, or cannot be opened.</exception>
    public static LocalCloud Open(SandboxOptions options) => new(options);

    /// <summary>Answers requests in process, whatever host they are for. A lost connection is an <see
    /// cref="HttpRequestException"/>.</summary>
    public HttpMessageHandler CreateHandler() => new CloudHandler(this);

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        stopped.Dispose();
        return ValueTask.CompletedTask;
    }

    internal WireResponse Answer(WireRequest request)
    {
        try
        {
            return front.Answer(request);
        }
        finally
        {
            if (world.Faults.Stopped && !stopped.IsCancellationRequested)
            {
                stopped.Cancel();
            }
        }
    }
}
