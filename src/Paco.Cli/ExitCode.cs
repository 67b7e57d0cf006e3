using Paco.Applying;

namespace Paco.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A mistake, a failure, or a change the user declined.</summary>
    public const int Failure = 1;

    /// <summary><c>paco plan</c>: there are changes.</summary>
    public const int Changes = 2;

    /// <summary>An internal error: a bug of ours.</summary>
    public const int Internal = 70;

    /// <summary>Stopped with Ctrl-C, or with Ctrl-D at a question.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by a signal that ends programs (SIGTERM).</summary>
    public const int Terminated = 143;

    /// <summary>What a run ends with.</summary>
    public static int Of(RunReport report, Interrupts interrupts) =>
        report.Succeeded ? Success : interrupts.WasHit ? interrupts.ExitCode : Failure;
}
