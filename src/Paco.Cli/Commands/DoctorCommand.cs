using System.Collections.Immutable;
using System.CommandLine;
using Paco.Cli.Views;
using Paco.Clouds;
using Paco.Planning;
using Paco.Project;

namespace Paco.Cli.Commands;

/// <summary><c>paco doctor [SCOPE]</c>: whether a run would find its way, account by account. Reads, changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Line(Terminal terminal, Interrupts interrupts)
    {
        var options = new CloudOptions { HasDetails = false };
        var command = new Command("doctor", "Look at every account: keys, role, id, regions, permissions. Exit code 0: good, 1: not.");
        options.AddTo(command);
        command.Add(CommandLine.Json());
        command.SetAction((r, _) => Run(CommandLine.Of(terminal, r), options.Read(r, terminal), interrupts.First));
        return command;
    }

    private static async Task<int> Run(Terminal terminal, CloudArguments arguments, CancellationToken cancel)
    {
        var session = Session.OpenForCloud(terminal, arguments.Home, arguments.Scope ?? "accounts", arguments.Warn);
        await using var choice = await CloudChoice.Open(session, arguments, cancel);
        var accounts = Accounts(session, choice, arguments.Scope);
        if (terminal.IsErrorTerminal)
            terminal.ErrorScreen.Line($"Looking at {PlanView.Plural(accounts.Length, "account")}.", TextStyle.Dim);
        var regions = session.Project.Settings.ActiveRegions;
        var found = await new AccountCheckup(choice.Cloud, choice.Access, regions).Run(accounts, accounts[0], cancel);
        if (OpenToOthers(session.Home.Path) is { } open && !choice.IsSandbox)
            found = [found[0] with { Checks = found[0].Checks.Insert(0, open) }, .. found[1..]];
        if (terminal.IsForPrograms)
            terminal.Write(output => DoctorJson.Write(output, session.Scope, session.Project.Settings.ProjectName, found, session.NotRead));
        else
            new DoctorView(terminal.Screen).Show(session.Project.Settings.ProjectName, found, regions, choice.IsSandbox);
        return found.All(account => account.IsGood) ? ExitCode.Success : ExitCode.Failure;
    }

    // The management account first: the others are entered from it, and it knows the organization.
    private static ImmutableArray<ExpectedAccount> Accounts(Session session, CloudChoice choice, string? scope)
    {
        var needed = scope is null or "accounts" ? null : Planner.AccountsOf(session.Graph, session.Scope).ToHashSet();
        return
        [
            .. session.Project.Accounts.Where(a => a.Name == "master" || needed is null || needed.Contains(a.Name))
                .OrderBy(a => a.Name != "master").ThenBy(a => a.Name, StringComparer.Ordinal)
                .Select(a => new ExpectedAccount(a.Name, choice.AccountIds.GetValueOrDefault(a.Name), a.Region ?? session.Project.Region)),
        ];
    }

    private static AccountCheck? OpenToOthers(string home)
    {
        var path = Path.Combine(home, CredentialsFile.Name);
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0
            ? new(CheckKind.Keys, CheckState.Wrong, $"other users of this machine can read {CredentialsFile.Name}", null,
                $"chmod 400 {ShellWord.Of(path)}, and make new keys where others could have read these")
            : null;
    }
}
