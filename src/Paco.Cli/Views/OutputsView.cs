using System.Collections.Immutable;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>Outputs for people, stack by stack: what they are called, then their values whole.</summary>
internal sealed class OutputsView(Screen screen)
{
    private const int LongestName = 40;

    public void Show(Scope scope, ImmutableArray<InventoryOutput> outputs, ImmutableArray<KnownAddress> addresses,
        ImmutableArray<Server> servers, ImmutableArray<StackFinding> findings)
    {
        if (outputs.IsEmpty && addresses.IsEmpty)
            screen.Line($"Nothing that is deployed in {scope} has an output.");
        new AddressView(screen).Show(addresses);
        if (!addresses.IsEmpty && !servers.IsEmpty)
            screen.Line();
        new ServersView(screen).Show(servers);
        if (!(addresses.IsEmpty && servers.IsEmpty) && !outputs.IsEmpty)
            screen.Line();
        var column = outputs.Select(o => o.Name.Length).Where(n => n <= LongestName).DefaultIfEmpty(0).Max();
        foreach (var stack in outputs.GroupBy(o => o.Stack.Id))
        {
            var title = screen.Styled(stack.First().Stack.Title, TextStyle.Bold);
            screen.Composed($"{title}  {screen.Styled(stack.Key.Place.ToString(), TextStyle.Dim)}");
            foreach (var output in stack)
                Line(output, column);
        }
        new FindingView(screen).Show(findings);
    }

    // An address is copied from here, so it never breaks: what does not fit beside its name has a line of its own.
    private void Line(InventoryOutput output, int column)
    {
        var value = output.Value ?? "(secret)";
        if (column + 4 + value.Length <= screen.Width)
        {
            screen.Composed($"  {screen.Styled(output.Name.PadRight(column), TextStyle.Dim)}  {screen.Styled(value, TextStyle.Plain)}");
            return;
        }
        screen.Line($"  {output.Name}", TextStyle.Dim);
        screen.Line($"    {value}");
    }
}
