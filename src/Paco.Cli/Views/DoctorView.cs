using System.Collections.Immutable;
using Paco.Clouds;

namespace Paco.Cli.Views;

/// <summary>What was found of the accounts, for people: a line each, then what to do about whatever is wrong, once for a cause.</summary>
internal sealed class DoctorView(Screen screen)
{
    public void Show(string project, ImmutableArray<CheckedAccount> accounts, ImmutableArray<string> regions, bool isSandbox)
    {
        screen.Composed($"{screen.Styled("Doctor", TextStyle.Bold)}  {screen.Styled(project, TextStyle.Plain)}    "
            + screen.Styled($"{PlanView.Plural(accounts.Length, "account")} · {PlanView.Plural(regions.Length, "region")}", TextStyle.Dim));
        foreach (var source in accounts.Select(a => a.Identity?.Source).OfType<string>().Distinct())
            screen.Line(isSandbox ? "  in the sandbox" : $"  signed in with {source}", TextStyle.Dim);
        screen.Line();
        Table(accounts, regions.Length);
        Findings(accounts, CheckState.Wrong, TextStyle.Red, "✗");
        Findings(accounts, CheckState.Unknown, TextStyle.Yellow, "?");
        screen.Line();
        var good = accounts.Count(a => a.IsGood);
        if (good == accounts.Length)
            screen.Line("✓ every account is ready", TextStyle.Green);
        else
            screen.Line($"✗ {good} of {PlanView.Plural(accounts.Length, "account")} ready", TextStyle.Red);
    }

    private void Table(ImmutableArray<CheckedAccount> accounts, int regions)
    {
        var width = Math.Max(7, accounts.Max(a => a.Account.Name.Length));
        screen.Line($"  {"account".PadRight(width)}  {"id",-12}  regions  calls  role", TextStyle.Dim);
        foreach (var account in accounts)
        {
            var mark = account.IsGood ? screen.Styled("✓", TextStyle.Green) : screen.Styled("✗", TextStyle.Red);
            var id = account.Identity?.AccountId ?? account.Account.Id ?? "–";
            var role = account.Identity is null ? "–" : account.Identity.Role?.Split('/')[^1] ?? "– (keys of the account itself)";
            var row = $"{account.Account.Name.PadRight(width)}  {id,-12}  {Regions(account, regions),-7}  ";
            screen.Composed($"{mark} {screen.Styled(row, TextStyle.Plain)}{Calls(account)}      {screen.Styled(role, TextStyle.Plain)}");
        }
    }

    private static string Regions(CheckedAccount account, int regions) => account.Identity is null ? "–"
        : $"{account.Checks.Count(c => c is { Kind: CheckKind.CloudFormation, State: CheckState.Good })} of {regions}";

    private string Calls(CheckedAccount account) => account.Checks.FirstOrDefault(c => c.Kind == CheckKind.Permissions)?.State switch
    {
        CheckState.Good => screen.Styled("✓", TextStyle.Green),
        CheckState.Unknown => screen.Styled("?", TextStyle.Yellow),
        CheckState.Wrong => screen.Styled("✗", TextStyle.Red),
        _ => "–",
    };

    // One cause often strikes all accounts: it is told once, with all of them.
    private void Findings(ImmutableArray<CheckedAccount> accounts, CheckState state, TextStyle style, string sign)
    {
        var found = accounts.SelectMany(a => a.Checks.Where(c => c.State == state), (a, c) => (a.Account.Name, Check: c))
            .GroupBy(f => (f.Check.Kind, f.Check.Words, f.Check.Remedy));
        foreach (var cause in found)
        {
            var where = cause.GroupBy(f => f.Name, f => f.Check.Region).Select(Where);
            screen.Line();
            screen.Composed($"{screen.Styled(sign, style)} {screen.Styled(string.Join("; ", where), TextStyle.Bold)}"
                + $"{screen.Styled($"  {Words(cause.Key.Kind)}{cause.Key.Words}", TextStyle.Plain)}", "    ");
            foreach (var line in cause.Key.Remedy?.Split('\n') ?? [])
                screen.Composed(screen.Styled($"    {line}", TextStyle.Plain), "      ");
        }
    }

    private static string Where(IGrouping<string, string?> account) =>
        account.OfType<string>().ToList() is { Count: > 0 } regions ? $"{account.Key} · {string.Join(", ", regions)}" : account.Key;

    private static string Words(CheckKind kind) => kind switch
    {
        CheckKind.Name => "name: ",
        CheckKind.Status => "status: ",
        CheckKind.Clock => "the clock of this machine is ",
        CheckKind.Permissions => "permissions: ",
        _ => "",
    };
}
