using System.CommandLine;
using Paco.Cli.Commands;
using Paco.Cli.Views;

namespace Paco.Cli;

/// <summary>Commands about the project's secrets.</summary>
internal static class SecretCommands
{
    /// <summary>What else was typed is not repeated: it may be what nobody is to see.</summary>
    public const string NoValue =
        "a value is never an argument, which a shell remembers: it is typed where nobody sees it, or piped in; what follows the REF is not shown here";

    private const string Summary = "Put a value into a secret: typed unseen, or piped in. It is never an argument.";

    public static Command Group(Terminal terminal, Interrupts interrupts) =>
        new("secret", "The values of a project's secrets.") { Set(terminal, interrupts, "set") };

    /// <summary>What Paco 9 called it.</summary>
    public static Command OldName(Terminal terminal, Interrupts interrupts)
    {
        var command = Set(terminal, interrupts, "set");
        command.Hidden = true;
        return command;
    }

    /// <summary>True for the commands that take a value.</summary>
    public static bool TakeValue(Command command) => command.Description == Summary;

    private static Command Set(Terminal terminal, Interrupts interrupts, string name)
    {
        var options = new CloudOptions { HasDetails = false, Object = "netenv.NAME.ENVIRONMENT.REGION.secrets_manager.APP.GROUP.SECRET" };
        var command = new Command(name, Summary);
        options.AddTo(command);
        command.SetAction((r, _) =>
        {
            if (r.CommandResult.Parent is System.CommandLine.Parsing.CommandResult { Command.Name: not "secret" })
                terminal.ErrorScreen.Line("paco set is called paco secret set now.", TextStyle.Dim);
            var arguments = options.Read(r, terminal);
            return SecretSetCommand.Run(terminal, arguments, arguments.Scope!, interrupts.First);
        });
        return command;
    }
}
