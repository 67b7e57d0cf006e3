using Paco.Cli.Views;
using Paco.Planning;

namespace Paco.Cli.Commands;

/// <summary><c>paco list [SCOPE]</c>: what there is. Reads, changes nothing.</summary>
internal static class ListCommand
{
    public static async Task<int> Run(Terminal terminal, CloudArguments arguments, CancellationToken cancel)
    {
        var session = arguments.OpenSession(terminal, mayBeGone: true);
        await using var choice = await CloudChoice.Open(session, arguments, cancel);
        var inventory = await Read(session, choice, everywhere: true, cancel);
        if (terminal.IsForPrograms)
            terminal.Write(output => ListJson.Write(output, session.Project, inventory, choice.AccountIds, session.NotRead));
        else
            new ListView(terminal.Screen).Show(session.Project, inventory, choice.AccountIds, arguments.IsVerbose(session));
        return ExitCode.Success;
    }

    /// <summary>What there is of the session's scope; a scope of which there is nothing anywhere is a mistake.</summary>
    public static async Task<Inventory> Read(Session session, CloudChoice choice, bool everywhere, CancellationToken cancel)
    {
        await PlanMaking.SignIn(session, choice, cancel);
        var options = new PlanOptions(choice.AccountIds) { Time = session.Terminal.Time };
        var inventory = await Inventory.Of(session.Graph, session.Scope, choice.Cloud, options, everywhere, cancel);
        return session.Missing is { } missing && inventory.Stacks.IsEmpty && inventory.Actions.IsEmpty
            ? throw new CommandError($"{missing}; nor is anything of it deployed", "paco list without a scope shows what is")
            : inventory;
    }
}
