using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Planning;
using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Cli.Views;

/// <summary>What there is, for people: accounts, environments, applications, stack by stack.</summary>
internal sealed class ListView(Screen screen)
{
    private const int WordsColumn = 52;

    public void Show(PacoProject project, Inventory inventory, IReadOnlyDictionary<string, string> accountIds, bool verbose)
    {
        ImmutableArray<Entry> all = [.. inventory.Stacks.Select(Of), .. inventory.Actions.Select(Of)];
        var (kind, name) = inventory.Scope == Scope.All ? ("Project", project.Settings.ProjectName) : ("Scope", inventory.Scope.Path.Text);
        screen.Composed($"{screen.Styled(kind, TextStyle.Bold)}  {screen.Styled(name, TextStyle.Plain)}    "
            + screen.Styled($"{PlanView.Plural(inventory.Stacks.Count(s => s.Deployed is not null), "stack")} deployed", TextStyle.Dim));
        if (inventory.Scope == Scope.All)
            Accounts(project, inventory, accountIds);
        // What environments stand on comes before them, also where it is of actions alone.
        var groups = all.Where(e => e.State is not (StackState.Left or StackState.Unclaimed)).GroupBy(e => Owner(e.Ref));
        foreach (var group in groups.OrderBy(g => g.Key.First == "netenv"))
            Group(group.Key, [.. group], verbose);
        Left(all);
        NotBuilt(inventory);
        new LeftView(screen).Unseen(inventory.Unseen);
    }

    private void Accounts(PacoProject project, Inventory inventory, IReadOnlyDictionary<string, string> accountIds)
    {
        screen.Line();
        screen.Line("accounts", TextStyle.Bold);
        foreach (var account in project.Accounts)
        {
            var stacks = inventory.Stacks.Count(s => s.Id.Place.Account == account.Name && s.Deployed is not null);
            Row(account.Name, accountIds.GetValueOrDefault(account.Name, account.Name == "master" ? "" : "no account_id")
                + (stacks > 0 ? $"  {PlanView.Plural(stacks, "stack")}" : ""), TextStyle.Dim);
        }
    }

    // An environment's region, or a file below resource/: of an application nothing is said twice.
    private void Group(ObjectPath owner, IReadOnlyList<Entry> entries, bool verbose)
    {
        var there = entries.Count(e => e.IsThere);
        var home = entries.GroupBy(e => e.Place).MaxBy(g => g.Count())!.Key;
        screen.Line();
        screen.Composed($"{screen.Styled(owner, TextStyle.Bold)}  {screen.Styled(home.Account, TextStyle.Dim)}"
            + (there == 0 ? screen.Styled("  not provisioned", TextStyle.Yellow) : ""));
        var shown = verbose || there > 0 ? entries.Where(e => verbose || e.State != StackState.Disabled) : [];
        foreach (var part in shown.GroupBy(e => Part(e.Ref)))
        {
            if (part.Key.Length > 0)
                screen.Line($"  {part.Key}", TextStyle.Bold);
            var indent = part.Key.Length > 0 ? "  " : "";
            foreach (var entry in part)
                Row($"{indent}{entry.Title}{Elsewhere(entry.Place, home)}", entry.Words, entry.Style);
        }
        if (there == 0 && !verbose)
            screen.Line($"  {ToBeMade(entries)} to be made (-v names them)", TextStyle.Dim);
    }

    private static string ToBeMade(IReadOnlyList<Entry> entries) => string.Join(" and ",
        from kind in entries.GroupBy(e => e.IsStack ? "stack" : "action")
        select PlanView.Plural(kind.Count(), kind.Key));

    // What of a place is not where the others are.
    private static string Elsewhere(Place place, Place home) => (place.Account == home.Account, place.Region == home.Region) switch
    {
        (true, true) => "",
        (false, true) => $" ({place.Account})",
        (true, false) => $" ({place.Region})",
        _ => $" ({place})",
    };

    private void Left(ImmutableArray<Entry> all)
    {
        Section("left the configuration (--prune or delete takes it away)", StackState.Left);
        Section("may be another project's (only delete SCOPE takes it away)", StackState.Unclaimed);

        void Section(string heading, StackState state)
        {
            var entries = all.Where(e => e.State == state).ToList();
            if (entries.Count == 0)
                return;
            screen.Line();
            screen.Line(heading, TextStyle.Yellow);
            foreach (var place in entries.GroupBy(e => (Owner: Owner(e.Ref), e.Place)))
            {
                // What says no object has its name for one.
                var owner = place.Key.Owner.Parts.Length > 1 ? $"{place.Key.Owner}  " : "";
                screen.Line($"  {owner}{place.Key.Place}", TextStyle.Bold);
                foreach (var entry in place)
                    Row($"  {entry.Title}", entry.Words, entry.Style);
            }
        }
    }

    private void NotBuilt(Inventory inventory)
    {
        var parts = inventory.NotBuilt.Select(n => n.Title).Distinct().ToList();
        if (parts.Count == 0)
            return;
        screen.Line();
        screen.Line("not built yet", TextStyle.Bold);
        foreach (var part in parts)
            screen.Line($"  {part}", TextStyle.Dim);
    }

    private static Entry Of(InventoryStack stack)
    {
        var (words, style) = stack.Deployed is { } deployed
            ? (deployed.Status.ToWire() + (stack.State == StackState.NotBuilt ? " not built" : ""), StyleOf(deployed.Status))
            : Absent(stack.State);
        return new Entry(stack.Id.Place, stack.Ref, stack.Title, stack.State, stack.Deployed is not null, words, style) { IsStack = true };
    }

    private static Entry Of(InventoryAction action)
    {
        var isThere = action.State is StackState.Deployed or StackState.Left;
        var (words, style) = isThere ? ("there", TextStyle.Green) : Absent(action.State);
        return new Entry(action.Id.Place, action.Ref, action.Title, action.State, isThere, words, style);
    }

    private static (string, TextStyle) Absent(StackState state) =>
        state == StackState.Disabled ? ("disabled", TextStyle.Dim) : ("not there yet", TextStyle.Yellow);

    // A name is never cut: one that is too long has its words in the next line.
    private void Row(string name, string words, TextStyle style)
    {
        var column = Math.Max(24, Math.Min(WordsColumn, screen.Width - 28));
        if (name.Length + 2 >= column)
        {
            screen.Composed($"  {screen.Styled(name, TextStyle.Plain)}");
            name = "";
        }
        screen.Composed($"  {screen.Styled(name.PadRight(column - 2), TextStyle.Plain)}{screen.Styled(words, style)}".TrimEnd());
    }

    private static TextStyle StyleOf(StackStatus status) => StatusDecisions.Of(status) switch
    {
        StatusDecision.Update => TextStyle.Green,
        StatusDecision.Attach => TextStyle.Yellow,
        _ => TextStyle.Red,
    };

    private static ObjectPath Owner(ObjectPath path) =>
        string.Join('.', path.Parts.Take(path.First == "netenv" ? 4 : 2));

    // The application of an environment, or what else its stacks belong to.
    private static string Part(ObjectPath path) => path switch
    {
        { Application: { } application } => $"application {application}",
        { Parts: ["netenv", _, _, _, var section, ..] } => section,
        _ => "",
    };

    // A row of the list: a stack, or what an action made.
    private sealed record Entry(Place Place, ObjectPath Ref, string Title, StackState State, bool IsThere, string Words, TextStyle Style)
    {
        public bool IsStack { get; init; }
    }
}
