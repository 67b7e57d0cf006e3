using Paco.Cli.Views;
using Paco.Clouds;
using Paco.Global.Accounts;
using Paco.Stacks;

namespace Paco.Cli.Commands;

/// <summary><c>paco init accounts</c>: a file for every account the organization should have.</summary>
internal static class InitAccountsCommand
{
    private const string Suggested = "prod,tools,security,data,dev";

    public static int Run(Terminal terminal, string? home)
    {
        var found = ProjectHome.Find(terminal, home);
        var compilation = Toolkit.Compile(found.Path, new Scope("accounts"));
        var master = compilation.Project?.Master
            ?? throw new CommandError("accounts/master.yaml is missing or broken", "paco validate accounts says more");
        var names = Names(terminal, master);
        // Whoever leaves at a question leaves nothing half-done: all is asked before anything is written.
        var asked = names.Where(n => compilation.Project.Accounts.All(a => a.Name != n))
            .Select(n => (n, Ask(terminal, master, n))).ToList();
        foreach (var (name, text) in asked)
            File.WriteAllText(Path.Combine(found.Path, Path.GetDirectoryName(master.Location.File!.Path)!, $"{name}.yaml"), text);
        if (master.OrganizationAccountIds.IsEmpty)
            Append(master, names, found.Path);
        terminal.Screen.Line($"Accounts: {string.Join(", ", names)}. Next: paco provision accounts");
        return ExitCode.Success;
    }

    private static string[] Names(Terminal terminal, Account master) => !master.OrganizationAccountIds.IsEmpty
        ? [.. master.OrganizationAccountIds.Where(n => n != "master")]
        : Prompt.Ask(terminal, "Accounts of the organization", Suggested, _ => null)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static void Append(Account master, IEnumerable<string> names, string home)
    {
        var file = Path.Combine(home, master.Location.File!.Path);
        File.AppendAllText(file, $"organization_account_ids:\n{string.Concat(names.Select(n => $"  - {n}\n"))}");
    }

    private static string Ask(Terminal terminal, Account master, string name)
    {
        terminal.Screen.Line($"Account {name}", TextStyle.Bold);
        var title = Prompt.Ask(terminal, "  Title", Paco.Stacks.Names.UpperFirst(name), _ => null);
        var region = Checked(terminal, "  Region", master.Region, Regions.Check);
        var email = Checked(terminal, "  Root email", null, Binding.Check.Email);
        return
            $"account_type: AWS\nregion: {region}\ntitle: \"{title.Replace("\"", "\\\"", StringComparison.Ordinal)}\"\nroot_email: {email}\n";
    }

    private static string Checked(Terminal terminal, string label, string? @default, Binding.Check check) =>
        Prompt.Ask(terminal, label, @default, answer => check.Holds(answer) ? null : $"{label.Trim()} must be {check.Words}");
}
