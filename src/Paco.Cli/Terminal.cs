using System.Text;
using Paco.Cli.Views;

// The process is taken in here; everything else is given a Terminal.
#pragma warning disable RS0030

namespace Paco.Cli;

/// <summary>
/// Everything a command knows of the process around it: its streams, whether people sit at them, the environment, the current
/// directory. A test makes its own and runs commands side by side.
/// </summary>
internal sealed record Terminal
{
    public required TextReader In { get; init; }

    /// <summary>Reads a line that nobody sees; null where what is read is not typed.</summary>
    public Func<string?>? ReadHidden { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public bool IsInTerminal { get; init; }

    public bool IsOutTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>What it shows may be coloured and drawn over, by the codes that terminals have in common.</summary>
    public bool UnderstandsCodes { get; init; } = true;

    /// <summary>Columns, as far as somebody says.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Lines, as far as somebody says.</summary>
    public int Height { get; init; } = 24;

    /// <summary>The size at this moment, where that can change.</summary>
    public Func<(int Width, int Height)>? Measure { get; init; }

    public required Func<string, string?> Environment { get; init; }

    /// <summary>What relative paths on the command line are relative to.</summary>
    public required string Directory { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Ctrl-C, where the process listens for it.</summary>
    public Interrupts? Interrupts { get; init; }

    /// <summary>The output belongs to a program: what people read, questions too, goes to the error stream.</summary>
    public bool IsForPrograms { get; init; }

    /// <summary>
    /// The output is one page of Markdown about this scope, as it was typed; null where it is none. For programs then: people read the
    /// error stream.
    /// </summary>
    public string? MarkdownScope { get; init; }

    /// <summary>Where people read.</summary>
    public Screen Screen => IsForPrograms ? ErrorScreen : ScreenOf(Out, IsOutTerminal);

    public Screen ErrorScreen => ScreenOf(Error, IsErrorTerminal);

    /// <summary>The process's own.</summary>
    public static Terminal OfProcess(Interrupts interrupts) => OfProcess(interrupts, WindowsConsole.Prepare());

    private static Terminal OfProcess(Interrupts interrupts, bool understandsCodes) => new()
    {
        Interrupts = interrupts,
        In = Console.In,
        Out = OutputWriter.Of(() => Console.Out),
        Error = OutputWriter.Of(() => Console.Error),
        UnderstandsCodes = understandsCodes,
        IsInTerminal = !Console.IsInputRedirected,
        ReadHidden = Console.IsInputRedirected ? null : () => HiddenLine.Read(() => Console.ReadKey(intercept: true)),
        IsOutTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        Measure = Console.IsOutputRedirected ? null : Window,
        Environment = System.Environment.GetEnvironmentVariable,
        Directory = System.Environment.CurrentDirectory,
    };

    /// <summary>How the user called us, for hints that can be copied.</summary>
    public string Command => Environment("PACO_COMMAND") is { Length: > 0 } called ? called : "paco";

    /// <summary>A path of the command line, absolute.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Directory);

    /// <summary>Writes the JSON that a writer of bytes makes, as text.</summary>
    public void Write(Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        var json = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length).TrimEnd('\n');
        Out.WriteLine(HiddenCharacters.EscapedInJson(json));
        Out.Flush();
    }

    /// <summary>Writes a page that is text already.</summary>
    public void Write(string page)
    {
        Out.Write(page);
        Out.Flush();
    }

    /// <summary>Why there is nothing more, to the program that asked, in its format. It may have stopped reading; people go on.</summary>
    public void Tell(Action<Stream> json, Func<string, string> markdown)
    {
        if (!IsForPrograms)
            return;
        if (MarkdownScope is { } scope)
            Write(markdown(scope));
        else
            Write(json);
    }

    private Screen ScreenOf(TextWriter output, bool isTerminal) =>
        new(output, isTerminal && !IsDumb && string.IsNullOrEmpty(Environment("NO_COLOR")), Measure ?? (() => (Width, Height)),
            isTerminal && !IsDumb);

    private bool IsDumb => !UnderstandsCodes || Environment("TERM") == "dumb";

    // Some pseudo terminals say zero: nobody told them.
    private static (int Width, int Height) Window()
    {
        try
        {
            var (width, height) = (Console.WindowWidth, Console.WindowHeight);
            return (width <= 0 ? 80 : Math.Clamp(width, 20, 160), height <= 0 ? 24 : height);
        }
        catch (IOException)
        {
            return (80, 24);
        }
    }
}
