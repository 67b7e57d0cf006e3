using System.CommandLine;
using Paco.Cli.Views;
using Paco.Cli.Views.Markdown;
using Paco.Clouds;
using Paco.Sandbox;

namespace Paco.Cli;

/// <summary>Runs one command line and turns whatever happens into a message and an exit code.</summary>
internal static class CommandRunner
{
    public static async Task<int> Command(string[] args, Terminal terminal, Interrupts interrupts)
    {
        var code = await Ended(args, terminal, interrupts);
        return terminal.Out is OutputWriter output ? output.Ended(code, terminal.Error) : code;
    }

    private static async Task<int> Ended(string[] args, Terminal terminal, Interrupts interrupts)
    {
        terminal = terminal with { Interrupts = interrupts };
        var line = CommandLine.Build(terminal, interrupts).Parse(args);
        terminal = CommandLine.Of(terminal, line);
        try
        {
            return await Invoke(line, terminal);
        }
        catch (CommandError e)
        {
            return Failed(terminal, e.Kind, e.Message, e.Hint, e.IsTold);
        }
        catch (CloudException e)
        {
            terminal.Tell(output => CloudErrorView.Write(output, e), scope => DiagnosticMarkdown.Page(scope, e));
            CloudErrorView.Show(terminal.ErrorScreen, e);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (interrupts.WasHit)
        {
            Tell(terminal, ErrorKind.Stopped, "stopped before anything was done", null);
            return interrupts.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(terminal, ErrorKind.Files, e.Message, null);
        }
        catch (SandboxFileException e)
        {
            return Failed(terminal, ErrorKind.Files, e.Message, null);
        }
        catch (InvalidDataException e)
        {
            return Failed(terminal, ErrorKind.Files, e.Message, "build or install paco anew");
        }
#pragma warning disable CA1031 // The last resort: whatever it is, a user sees a sentence and not a stack trace.
        catch (Exception e)
        {
            return InternalError(terminal, e);
        }
#pragma warning restore CA1031
    }

    private static async Task<int> Invoke(ParseResult line, Terminal terminal)
    {
        if (line.Errors.Count > 0)
        {
            return Failed(terminal, ErrorKind.CommandLine, CommandLineMistake.Message(line),
                CommandLineMistake.Hint(line, terminal.Command));
        }
        if (line.Action is not CommandExamples.HelpWithExamples && OpenSsl.IsUsedBy(line.CommandResult.Command))
            OpenSsl.Require(terminal);
        return await line.InvokeAsync(Invocation(terminal));
    }

    /// <summary>How the parser runs a command: what goes wrong and what stops it are our own.</summary>
    public static InvocationConfiguration Invocation(Terminal terminal) => new()
    {
        EnableDefaultExceptionHandler = false,
        // Ctrl-C is ours: the parser's own handler would end the process two seconds after the first.
        ProcessTerminationTimeout = null,
        Output = terminal.Out,
        Error = terminal.Error,
    };

    // A program reads too why it gets no more.
    private static void Tell(Terminal terminal, ErrorKind kind, string message, string? hint) => terminal.Tell(
        output => ErrorJson.Write(output, kind, message, hint),
        scope => DiagnosticMarkdown.Page(scope, message, hint));

    private static int Failed(Terminal terminal, ErrorKind kind, string message, string? hint, bool isTold = false)
    {
        if (!isTold)
            Tell(terminal, kind, message, hint);
        var screen = terminal.ErrorScreen;
        screen.Composed($"{screen.Styled("error:", TextStyle.Red)} {screen.Styled(message, TextStyle.Plain)}");
        if (hint is not null)
            screen.Line($"  {hint}");
        return ExitCode.Failure;
    }

    private static int InternalError(Terminal terminal, Exception e)
    {
        var file = CrashFile.Write(Path.GetTempPath(), $"paco {ProgramVersion.Own}\n{e}\n") ?? "(a file that could not be written)";
        Tell(terminal, ErrorKind.Internal, e.Message, $"this is a bug in paco; please report it, with the details in {file}");
        terminal.Error.WriteLine($"internal error: {Screen.Clean(e.Message)}");
        terminal.Error.WriteLine($"  This is a bug in paco. Please report it, with the details in {file}");
        return ExitCode.Internal;
    }
}
