using Paco.Planning;
using Paco.Planning.Security;

namespace Paco.Cli.Views;

/// <summary>The part of a plan that says what it opens and closes: by stack, what is dangerous first and never cut away.</summary>
internal sealed class SecurityView(Screen screen, bool verbose)
{
    private const int Shown = 15;
    private const int Column = 24;
    private const string Indent = "      ";

    public void ShowIn(Plan plan)
    {
        var all = SecuritySummary.Of(plan);
        if (all.IsEmpty)
            return;
        // What is dangerous is shown whatever its number; the rest fills up.
        var room = Math.Max(0, Shown - all.Count(c => c.Danger != Danger.None));
        var shown = verbose ? [.. all] : all.Where(c => c.Danger != Danger.None || room-- > 0).ToList();
        var column = shown.Select(c => c.Access.Holder.Length).Where(length => length <= Column).DefaultIfEmpty(0).Max();
        screen.Line("  Security", TextStyle.Bold);
        foreach (var stack in shown.GroupBy(c => c.Stack))
        {
            screen.Composed(
                $"    {screen.Styled(stack.Key.Node.Title, TextStyle.Plain)}   {screen.Styled(stack.Key.Id.Place.ToString(), TextStyle.Dim)}");
            foreach (var change in stack)
                Change(change, column);
        }
        if (shown.Count < all.Length)
            screen.Line($"    … {all.Length - shown.Count} more (-v shows all)", TextStyle.Dim);
    }

    // Holders that fit the column stand above each other; a longer one pushes its own text aside.
    private void Change(SecurityChange change, int column)
    {
        var sign = screen.Styled(change.IsAdded ? "+" : "-",
            change.Danger != Danger.None ? TextStyle.Red : change.IsAdded ? TextStyle.Green : TextStyle.Yellow);
        var text = Screen.Clean($"{change.Access.Holder.PadRight(column)}  {change.Access.Say(verbose ? int.MaxValue : Access.Some)}");
        var hang = Indent + new string(' ', change.Access.Holder.Length <= column ? column + 4 : 4);
        var lines = Wrapping.Of($"{Indent}  {text}", Math.Max(48, screen.Width), hang);
        var mark = change.Mark is { } words && lines[^1].Length + 3 + words.Length > screen.Width;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = i == 0 ? $"{Indent}{sign} {lines[i][(Indent.Length + 2)..]}" : lines[i];
            screen.Composed($"{line}{(i == lines.Count - 1 && !mark ? Mark(change, "   ") : "")}");
        }
        if (mark)
            screen.Composed(Mark(change, hang));
    }

    private string Mark(SecurityChange change, string start) =>
        change.Mark is { } words ? start + screen.Styled(words, change.Danger == Danger.None ? TextStyle.Dim : TextStyle.Red) : "";
}
