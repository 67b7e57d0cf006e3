namespace Paco.Cli.Completion;

/// <summary>
/// What a shell runs to complete our lines: it hands the words over and shows what it is answered. A script for each, beside this file.
/// </summary>
internal static class ShellScript
{
    public static readonly string[] Shells = ["bash", "zsh", "fish"];

    public static string Of(string shell) => EmbeddedText.Read($"Completion/paco.{shell}");
}
