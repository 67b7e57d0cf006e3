using System.CommandLine;
using Paco.Cli.Commands;

namespace Paco.Cli;

/// <summary><c>list</c> and <c>outputs</c>: what there is.</summary>
internal static class InventoryCommands
{
    public static Command List(Terminal terminal, Interrupts interrupts)
    {
        var options = new CloudOptions();
        var command = new Command("list", "Show what there is: accounts, environments, stacks, what left the configuration.");
        options.AddTo(command);
        command.Add(CommandLine.Json());
        command.SetAction((r, _) => ListCommand.Run(CommandLine.Of(terminal, r), options.Read(r, terminal), interrupts.First));
        return command;
    }

    public static Command Outputs(Terminal terminal, Interrupts interrupts)
    {
        var options = new CloudOptions { HasDetails = false };
        var name = CommandLine.Optional("NAME", "The output's key, or the end of a reference to it (alb.dnsname): its value alone.");
        var command = new Command("outputs", "Show the addresses of what is deployed; with NAME one value alone, for scripts.");
        options.AddTo(command);
        command.Add(name);
        command.Add(CommandLine.Json());
        command.SetAction((r, _) => OutputsCommand.Run(CommandLine.Of(terminal, r), options.Read(r, terminal), r.GetValue(name),
            interrupts.First));
        return command;
    }
}
