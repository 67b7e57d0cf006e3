using System.CommandLine;
using System.Text;
using Paco.Cli.Completion;
using Paco.Cli.Views;

namespace Paco.Cli.Commands;

/// <summary><c>paco completion SHELL</c>: the script; and the hidden <c>paco complete</c>, which the script asks at every key.</summary>
internal static class CompletionCommand
{
    public static Command Line(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = $"{string.Join(", ", ShellScript.Shells)}." };
        shell.AcceptOnlyFromAmong(ShellScript.Shells);
        var command = new Command("completion", "Print a script that completes commands, options and scopes in a shell.") { shell };
        command.SetAction(r => terminal.Write(ShellScript.Of(r.GetValue(shell)!)));
        return command;
    }

    /// <summary>
    /// <c>paco complete -- WORDS…</c>: the words of a line up to the cursor, the program's name first. It answers a candidate a line,
    /// what it is behind a tab; or, with nothing before the tab, that files or directories may follow. It writes nothing anywhere else,
    /// whatever is wrong: what it says lands in somebody's prompt.
    /// </summary>
    public static Command Protocol(Terminal terminal)
    {
        var words = new Argument<string[]>("WORDS") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("complete", "Say what may stand at the cursor, for the scripts of completion.") { words };
        command.Hidden = true;
        command.SetAction(r => Answer(terminal, r.RootCommandResult.Command, r.GetValue(words) ?? []));
        return command;
    }

    private static int Answer(Terminal terminal, Command root, string[] words)
    {
        Offer offer;
        try
        {
            offer = LineAtCursor.Read(terminal, root, words.Length == 0 ? [] : words[1..]).Next();
        }
#pragma warning disable CA1031 // No project, one that cannot be read, a bug: at a prompt all of them are nothing to offer.
        catch (Exception)
        {
            return ExitCode.Failure;
        }
#pragma warning restore CA1031
        terminal.Write(Lines(offer));
        return ExitCode.Success;
    }

    private static string Lines(Offer offer)
    {
        var text = new StringBuilder();
        foreach (var (word, what) in offer.Candidates.Where(c => c.Text.Length > 0 && Screen.Clean(c.Text) == c.Text))
            text.Append(word).Append('\t').Append(Screen.Clean(what)).Append('\n');
        if (offer.Candidates.IsEmpty && offer.Files != ShellFiles.None)
            text.Append('\t').Append(offer.Files == ShellFiles.Files ? "files" : "directories").Append('\n');
        return text.ToString();
    }
}
