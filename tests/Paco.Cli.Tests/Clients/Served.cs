using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Clients;

/// <summary><c>paco sandbox serve</c> as a process of its own, in a folder with an empty project.</summary>
internal sealed partial class Served : IAsyncDisposable
{
    private readonly ProjectFolder _project = new();
    private Process? _process;

    private Served() => _project.Write("project.yaml", "name: shop\nversion: 9.0.0\n");

    public string Address { get; private set; } = "";

    /// <summary>A folder for what clients leave behind.</summary>
    public string Folder => _project.Above;

    public static async Task<Served> Start()
    {
        var served = new Served();
        string[] line = [.. PacoProgram.Line, "sandbox", "serve", "--port", "0"];
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = served._project.Home, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Remove("PACO_HOME");
        served._process = Process.Start(start)!;
        var said = await served._process.StandardOutput.ReadLineAsync() ?? await served._process.StandardError.ReadToEndAsync();
        served.Address = Loopback().Match(said).Value;
        Assert.True(served.Address.Length > 0, said);
        return served;
    }

    public async ValueTask DisposeAsync()
    {
        _process?.Kill(entireProcessTree: true);
        await (_process?.WaitForExitAsync() ?? Task.CompletedTask);
        _process?.Dispose();
        _project.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Loopback();
}
