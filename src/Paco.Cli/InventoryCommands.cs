using System.CommandLine;
using Paco.Cli.Commands;

namespace Paco.Cli;

/// <summary><c>list</c>, <c>outputs</c> and <c>alarms</c>: what there is.</summary>
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

    public static Command Alarms(Terminal terminal, Interrupts interrupts)
    {
        var options = new CloudOptions { HasDetails = false };
        var offline = new Option<bool>("--offline") { Description = "Only what the project says; ask no cloud." };
        var state = new Option<string?>("--state") { Description = $"Only alarms in this state: {States}.", HelpName = "STATE" };
        state.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, AlarmsCommand.States);
        var exitCode = new Option<bool>("--exit-code") { Description = "End with exit code 2 where one is in alarm." };
        var command = new Command("alarms", "Show what is watched, who is told, and how each alarm stands now.");
        options.AddTo(command);
        command.Add(offline);
        command.Add(state);
        command.Add(exitCode);
        command.Add(CommandLine.Json());
        command.SetAction((r, _) => AlarmsCommand.Run(CommandLine.Of(terminal, r), options.Read(r, terminal),
            new AlarmsAsked(r.GetValue(offline), r.GetValue(state)?.ToUpperInvariant(), r.GetValue(exitCode)), interrupts.First));
        return command;
    }

    private static string States => string.Join(", ", AlarmsCommand.States);
}
