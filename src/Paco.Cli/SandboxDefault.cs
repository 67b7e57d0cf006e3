namespace Paco.Cli;

/// <summary>What a project or an environment variable says of the cloud to work on where the command line says nothing.</summary>
/// <param name="IsSandbox">The sandbox, or AWS.</param>
/// <param name="Source">Who says so: <c>PACO_SANDBOX</c> or <c>.pacoconfig</c>.</param>
internal sealed record SandboxDefault(bool IsSandbox, string Source)
{
    private const string Variable = "PACO_SANDBOX";

    /// <summary>The variable's word, else the file's; null where neither has one.</summary>
    public static SandboxDefault? Of(Terminal terminal, bool? config) => terminal.Environment(Variable) switch
    {
        "1" or "true" => new(true, Variable),
        "0" or "false" => new(false, Variable),
        null or "" => config is { } inFile ? new(inFile, ".pacoconfig") : null,
        var other => throw new CommandError($"{Variable} takes 1 or 0, got \"{other}\""),
    };
}
