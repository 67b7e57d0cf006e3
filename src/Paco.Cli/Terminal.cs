using System.Text;
using Paco.Cli.Views;

namespace Paco.Cli;

/// <summary>
/// Everything a command knows of the process around it: its streams, whether people sit at them, the environment, the current
/// directory. A test makes its own and runs commands side by side.
/// </summary>
internal sealed record Terminal
{
    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public bool IsInTerminal { get; init; }

    public bool IsOutTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>Columns, as far as somebody says.</summary>
    public int Width { get; init; } = 100;

    public required Func<string, string?> Environment { get; init; }

    /// <summary>What relative paths on the command line are relative to.</summary>
    public required string Directory { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Screen Screen => new(Out, HasColour(IsOutTerminal), Width, IsOutTerminal);

    public Screen ErrorScreen => new(Error, HasColour(IsErrorTerminal), Width, IsErrorTerminal);

    /// <summary>The process's own.</summary>
    public static Terminal OfProcess() => new()
    {
        In = Console.In,
        Out = Console.Out,
        Error = Console.Error,
        IsInTerminal = !Console.IsInputRedirected,
        IsOutTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected ? 100 : Columns(),
        Environment = System.Environment.GetEnvironmentVariable,
        Directory = System.Environment.CurrentDirectory,
    };

    /// <summary>How the user called us, for hints that can be copied.</summary>
    public string Command => Environment("PACO_COMMAND") is { Length: > 0 } called ? called : "paco";

    /// <summary>A path of the command line, absolute.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Directory);

    /// <summary>Writes what a writer of bytes makes, as text.</summary>
    public void Write(Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        Out.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length).TrimEnd('\n'));
        Out.Flush();
    }

    private bool HasColour(bool isTerminal) =>
        isTerminal && string.IsNullOrEmpty(Environment("NO_COLOR")) && Environment("TERM") != "dumb";

    private static int Columns()
    {
        try
        {
            return Math.Clamp(Console.WindowWidth, 40, 160);
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
