using System.Collections.Immutable;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox;

/// <summary>
/// The built-in local cloud: AWS's wire protocols in front of a CloudFormation engine driven by Amazon's resource schemas.
/// Safe to use from many threads; several processes may open the same file. <c>docs/sandbox.md</c> says what it does not emulate.
/// </summary>
public sealed class LocalCloud : IAsyncDisposable
{
    private readonly Store _store;
    private readonly SandboxContext _world;
    private readonly RequestDispatcher _dispatcher;
    private readonly CancellationTokenSource _stopped = new();

    private LocalCloud(SandboxOptions options)
    {
        _world = new SandboxContext(options);
        _store = new Store(Database.Open(options.DatabasePath));
        Identity = _store.Rows("SELECT id FROM identity", row => row.GetString(0))[0];
        _dispatcher = new RequestDispatcher(_world, _store, options.DatabasePath ?? ":memory:");
    }

    /// <summary>16 hex digits that no other cloud has; they stay with its file.</summary>
    public string Identity { get; }

    /// <summary>Cancelled when a <see cref="Fault.StopAt"/> strikes.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>Opens a cloud, making its file where there is none.</summary>
    /// <exception cref="SandboxFileException">The file is not a sandbox's, is damaged, or cannot be opened.</exception>
    public static LocalCloud Open(SandboxOptions options) => new(options);

    /// <summary>Answers requests in process, whatever host they are for. A lost connection is an <see
    /// cref="HttpRequestException"/>.</summary>
    public HttpMessageHandler CreateHandler() => new CloudHandler(this);

    /// <summary>The connections of all accounts and regions to where others keep their source.</summary>
    /// <exception cref="SandboxFileException">The file cannot be used.</exception>
    public ImmutableArray<SandboxConnection> Connections() => _dispatcher.Within(store => Made.Connections.All(store));

    /// <summary>Does what a person does in AWS's console and at the provider, and no API does: agrees to a connection.</summary>
    /// <returns>False where there is no connection of that ARN.</returns>
    /// <exception cref="SandboxFileException">The file cannot be used.</exception>
    public bool Connect(string arn) => _dispatcher.Within(store => Made.Connections.Finish(store, arn));

    public ValueTask DisposeAsync()
    {
        _dispatcher.Close();
        _stopped.Dispose();
        return ValueTask.CompletedTask;
    }

    internal WireResponse Answer(WireRequest request)
    {
        try
        {
            return _dispatcher.Answer(request);
        }
        finally
        {
            if (_world.Faults.Stopped && !_stopped.IsCancellationRequested)
            {
                _stopped.Cancel();
            }
        }
    }

    internal WireResponse Refuse(WireRequest head, AwsError error) => _dispatcher.Refuse(head, error);
}
