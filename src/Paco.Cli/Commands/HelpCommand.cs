using System.CommandLine;
using Paco.Cli.Help;
using Paco.Cli.Views;

namespace Paco.Cli.Commands;

/// <summary><c>paco help [TOPIC]</c>: the help of a command, or a topic beside them; and all of it as a manual page.</summary>
internal static class HelpCommand
{
    public static Command Line(Terminal terminal)
    {
        var words = new Argument<string[]>("TOPIC")
        {
            Description = "A command, or a topic; without one, all there are.", Arity = ArgumentArity.ZeroOrMore,
        };
        var man = new Option<bool>("--man") { Description = "Print the whole as a manual page, for man." };
        var command = new Command("help", "Say more about a command or a topic, such as scopes, guard or exit-codes.")
        {
            CommandLine.NoOption(words), man,
        };
        command.SetAction(r => Run(terminal, r.RootCommandResult.Command, r.GetValue(words) ?? [], r.GetValue(man)));
        return command;
    }

    private static int Run(Terminal terminal, Command root, string[] words, bool man)
    {
        if (man)
        {
            terminal.Write(ManPage.Of(root));
            return ExitCode.Success;
        }
        if (CommandTree.Find(root, words) is { } command)
        {
            root.Parse([.. words, "--help"]).Invoke(CommandRunner.Invocation(terminal));
            if (command == root)
                List(terminal);
            return ExitCode.Success;
        }
        if (words is not [var word] || HelpTopic.Find(word) is not { } topic)
            throw Unknown(terminal, root, words);
        new TopicView(terminal.Screen).Show(topic);
        return ExitCode.Success;
    }

    private static void List(Terminal terminal)
    {
        var screen = terminal.Screen;
        var width = HelpTopic.All.Max(topic => topic.Name.Length);
        screen.Line("Topics:");
        foreach (var topic in HelpTopic.All)
            screen.Line($"  {terminal.Command} help {topic.Name.PadRight(width)}  # {topic.Summary}");
        screen.Line();
    }

    private static CommandError Unknown(Terminal terminal, Command root, string[] words)
    {
        string[] names = [.. CommandTree.Commands(root).Select(c => c.Words), .. HelpTopic.All.Select(topic => topic.Name)];
        var asked = string.Join(' ', words);
        return new CommandError($"there is no help on {asked}{CommandLineMistake.Meant(asked, names)}",
            $"{terminal.Command} help names all commands; topics are {string.Join(", ", HelpTopic.All.Select(topic => topic.Name))}")
        {
            Kind = ErrorKind.CommandLine,
        };
    }
}
