using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Paco.Aws.Tests;

/// <summary>One moto_server on a free loopback port, stopped with everything it started.</summary>
public class MotoServer : IAsyncLifetime
{
    private readonly Dictionary<string, string> _environment;
    private Process? _process;

    public MotoServer()
        : this([])
    {
    }

    private protected MotoServer(Dictionary<string, string> environment) => _environment = environment;

    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "moto_server"))
        .FirstOrDefault(File.Exists);

    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Program is null)
        {
            return;
        }

        var port = FreePort();
        Address = $"http://127.0.0.1:{port}";
        var start = new ProcessStartInfo(Program, ["-H", "127.0.0.1", "-p", $"{port}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Answering(port);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task Answering(int port)
    {
        for (var waited = 0; waited < 600; waited++)
        {
            Assert.False(_process!.HasExited, "moto_server ended before it answered");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }

        Assert.Fail("moto_server did not answer within a minute");
    }
}

/// <summary>A moto that looks at credentials, as AWS does.</summary>
public sealed class StrictMotoServer() : MotoServer(new() { ["INITIAL_NO_AUTH_ACTION_COUNT"] = "0" });

[CollectionDefinition(Name)]
public sealed class MotoCollection : ICollectionFixture<MotoServer>
{
    public const string Name = "moto";
}
