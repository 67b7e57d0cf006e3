using Paco.Cli.Views;

namespace Paco.Cli;

/// <summary>A command cannot go on for a reason the user can mend: a sentence, a way out, exit code 1.</summary>
internal sealed class CommandError(string message, string? hint = null) : Exception(message)
{
    public string? Hint { get; } = hint;

    public ErrorKind Kind { get; init; } = ErrorKind.Refused;

    /// <summary>A program has read more than this sentence already: the mistakes themselves.</summary>
    public bool IsTold { get; init; }
}
