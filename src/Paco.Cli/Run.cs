using Paco.Cli.Views;
using Paco.Clouds;

namespace Paco.Cli;

/// <summary>Runs one command line and turns whatever happens into a message and an exit code.</summary>
internal static class Run
{
    public static async Task<int> Command(string[] args, Terminal terminal, Interrupts interrupts)
    {
        try
        {
            // Ctrl-C is ours: the parser's own handler would end the process two seconds after the first.
            return await CommandLine.Build(terminal, interrupts).Parse(args)
                .InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Out, Error = terminal.Error });
        }
        catch (CommandError e)
        {
            return Failed(terminal, e.Message, e.Hint);
        }
        catch (CloudException e)
        {
            return Failed(terminal, e.Message, e.Kind == CloudErrorKind.Unsupported ? "the cloud at this endpoint does not have what is needed" : null);
        }
        catch (OperationCanceledException) when (interrupts.WasHit)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException e) when (IsClosedPipe(e))
        {
            return ExitCode.ClosedPipe;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(terminal, e.Message, null);
        }
#pragma warning disable CA1031 // The last resort: whatever it is, a user sees a sentence and not a stack trace.
        catch (Exception e)
        {
            return InternalError(terminal, e);
        }
#pragma warning restore CA1031
    }

    private static int Failed(Terminal terminal, string message, string? hint)
    {
        var screen = terminal.ErrorScreen;
        screen.Composed($"{screen.Inked("error:", Ink.Red)} {screen.Inked(message, Ink.Plain)}");
        if (hint is not null)
            screen.Line($"  {hint}");
        return ExitCode.Failure;
    }

    private static int InternalError(Terminal terminal, Exception e)
    {
        var file = Path.Combine(Path.GetTempPath(), $"paco-error-{Environment.ProcessId}.txt");
        try
        {
            File.WriteAllText(file, $"paco {CommandLine.Version}\n{e}\n");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            file = "(a file that could not be written)";
        }
        terminal.Error.WriteLine($"internal error: {Screen.Clean(e.Message)}");
        terminal.Error.WriteLine($"  This is a bug in paco. Please report it, with the details in {file}");
        return ExitCode.Internal;
    }

    private static bool IsClosedPipe(IOException e) => e.HResult is 32 or 109 || e.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase);
}
