using Paco.Cli;
using Paco.Cli.Views;
using Paco.Clouds;

if (args is ["--version"])
{
    Console.Out.WriteLine($"paco {CommandLine.Version}");
    return ExitCode.Success;
}

using var interrupts = Interrupts.Listen();
try
{
    Console.OutputEncoding = System.Text.Encoding.UTF8;
    return await CommandLine.Build(interrupts).Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (CommandError e)
{
    return Failed(e.Message, e.Hint);
}
catch (CloudException e)
{
    return Failed(e.Message, e.Kind == CloudErrorKind.Unsupported ? "the cloud at this endpoint does not have what is needed" : null);
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
    return Failed(e.Message, null);
}
#pragma warning disable CA1031 // The last resort: whatever it is, a user sees a sentence and not a stack trace.
catch (Exception e)
{
    return InternalError(e);
}
#pragma warning restore CA1031

static int Failed(string message, string? hint)
{
    var screen = Screen.Standard(toError: true);
    screen.Composed($"{screen.Inked("error:", Ink.Red)} {screen.Inked(message, Ink.Plain)}");
    if (hint is not null)
        screen.Line($"  {hint}");
    return ExitCode.Failure;
}

static int InternalError(Exception e)
{
    var file = Path.Combine(Path.GetTempPath(), $"paco-error-{Environment.ProcessId}.txt");
    try
    {
        File.WriteAllText(file, $"paco {CommandLine.Version}\n{e}\n");
    }
    catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
    {
        file = "(could not be written)";
    }
    Console.Error.WriteLine($"internal error: {Screen.Clean(e.Message)}");
    Console.Error.WriteLine($"  This is a bug in paco. Please report it, with the details in {file}");
    return ExitCode.Internal;
}

static bool IsClosedPipe(IOException e) => e.HResult is 32 or 109 || e.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase);
