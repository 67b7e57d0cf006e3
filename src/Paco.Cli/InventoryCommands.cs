using System.CommandLine;
using Paco.Cli.Commands;

namespace Paco.Cli;

/// <summary><c>list</c> and <c>outputs</c>: what there is, with the few options that looking takes.</summary>
internal static class InventoryCommands
{
    public static Command List(Terminal terminal, Interrupts interrupts)
    {
        var scope = CommandLine.OptionalScope();
        var options = new LookingOptions();
        var command = new Command("list", "Show what there is: accounts, environments, stacks, what left the configuration.")
        {
            scope, CommandLine.Json(),
        };
        options.AddTo(command);
        command.SetAction((r, _) => ListCommand.Run(CommandLine.Of(terminal, r), options.Read(r, r.GetValue(scope)), interrupts.First));
        return command;
    }

    public static Command Outputs(Terminal terminal, Interrupts interrupts)
    {
        var scope = CommandLine.ScopeArgument(".");
        var name = CommandLine.Optional("NAME", "The output's key, or the end of a reference to it (alb.dnsname): its value alone.");
        var options = new LookingOptions();
        var command = new Command("outputs", "Show the addresses of what is deployed; with NAME one value alone, for scripts.")
        {
            scope, name, CommandLine.Json(),
        };
        options.AddTo(command);
        command.SetAction((r, _) => OutputsCommand.Run(CommandLine.Of(terminal, r), options.Read(r, r.GetValue(scope)), r.GetValue(name),
            interrupts.First));
        return command;
    }

    private sealed class LookingOptions
    {
        private readonly Option<string?> _home = CommandLine.Home();
        private readonly Option<bool> _sandbox =
            new("--sandbox") { Description = "Look at the project's built-in local cloud instead of AWS." };
        private readonly Option<string?> _profile =
            new("--profile") { Description = "The AWS profile to sign in with.", HelpName = "NAME" };
        private readonly Option<bool?> _verbose =
            new("--verbose", "-v") { Description = "Name what is not there, too.", Arity = ArgumentArity.ZeroOrOne };
        private readonly Option<bool?> _warn = new("--warn", "-w") { Description = "Show warnings too.", Arity = ArgumentArity.ZeroOrOne };

        public void AddTo(Command command)
        {
            foreach (var option in (Option[])[_home, _sandbox, _profile, _verbose, _warn])
                command.Add(option);
        }

        public CloudArguments Read(ParseResult result, string? scope) => new()
        {
            Scope = scope,
            Home = result.GetValue(_home),
            Sandbox = result.GetValue(_sandbox),
            Profile = result.GetValue(_profile),
            Verbose = result.GetResult(_verbose) is null ? null : result.GetValue(_verbose) ?? true,
            Warn = result.GetResult(_warn) is null ? null : result.GetValue(_warn) ?? true,
        };
    }
}
