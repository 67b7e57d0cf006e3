namespace Paco.Cli.Views.Live;

/// <summary>
/// The redrawn part of a run at one moment: how far it is, what moves, what comes next and what that waits for. As many lines
/// as fit and no more, for a frame that is taller than its terminal cannot be drawn over.
/// </summary>
internal sealed class RunFrame(RunProgress progress, RunColumns columns, DateTimeOffset now, int height, string sign)
{
    private const int MostResources = 5;
    private const int MostWaiting = 8;
    private const int LongestBar = 19;
    private const int ShortestBar = 8;

    // A window that is made smaller pushes what no longer fits to where nothing can be drawn over. A frame that fits this one leaves
    // nothing there.
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    public IReadOnlyList<Row> Rows()
    {
        if (progress.Done == progress.Total)
            return [];
        // Below the frame the cursor stands.
        var most = Math.Min(height, Math.Max(UsualHeight, height / 2)) - 1;
        var rows = Rows(most);
        for (var lines = most - 1; lines > 1 && rows.Sum(LinesWhenNarrow) > most; lines--)
            rows = Rows(lines);
        return rows;
    }

    private int LinesWhenNarrow(Row row) => (Math.Clamp(row.Columns, 1, columns.Width) + UsualWidth - 1) / UsualWidth;

    private IReadOnlyList<Row> Rows(int most)
    {
        var head = Head();
        var room = Math.Max(1, most - 1 - (progress.IsStopped ? 1 : 0));
        var (moving, waiting) = (progress.Moving, progress.Waiting);
        var nodes = Math.Min(moving.Count, moving.Count > room ? room - 1 : room);
        var shown = moving.Take(nodes).ToList();
        room -= nodes + (nodes < moving.Count ? 1 : 0);
        var children = Share(shown, room - Math.Min(Math.Min(waiting.Count, MostWaiting + 1), Math.Max(1, room / 3)));
        room -= children.Sum();
        return
        [
            head,
            .. shown.SelectMany((m, i) => Node(m, children[i])),
            .. More(moving.Count - nodes, "at work"),
            .. progress.IsStopped
                ? [new Row().Add($"  {StateNames.Stopping}", TextStyle.Yellow)]
                : Waiting(waiting, Math.Min(room, MostWaiting + 1)),
        ];
    }

    // Everybody's first resource before anybody's second.
    private static int[] Share(List<MovingNode> nodes, int room)
    {
        var shares = new int[nodes.Count];
        var wanted = nodes.Select(n => Math.Min(n.Resources.Count, MostResources)).ToList();
        for (var round = 1; round <= MostResources; round++)
        {
            for (var i = 0; i < shares.Length && room > 0; i++)
            {
                if (wanted[i] < round)
                    continue;
                shares[i]++;
                room--;
            }
        }
        return shares;
    }

    private Row Head()
    {
        var (what, scope) = (progress.Outline.Verb, progress.Outline.Scope.Path);
        var count = $"{progress.Done}/{progress.Total}";
        var (took, left) = (Duration.Clock(now - columns.Began), progress.Left(now));
        var brief = left.TotalSeconds < 1 ? took : $"{took}, {Duration.About(left)} left";
        var full = left.TotalSeconds < 1 ? took : $"{took}, about {Duration.About(left)} left";
        var bar = Math.Min(LongestBar, columns.Width - Columns.Of($"{what} {scope}   {count}   {full}") - 3);
        Row[] choices =
        [
            .. bar < ShortestBar
                ? []
                : (Row[])[new Row().Add($"{what} {scope}", TextStyle.Bold).Add($"   {Bar(progress.Part, bar)}", TextStyle.Cyan)
                    .Add($" {count}   {full}")],
            new Row().Add($"{what} {scope}", TextStyle.Bold).Add($"   {count}   {full}"),
            new Row().Add(scope, TextStyle.Bold).Add($"  {count}  {brief}"),
            new Row().Add(what, TextStyle.Bold).Add($"  {count}  {brief}"),
        ];
        return choices.FirstOrDefault(c => c.Columns <= columns.Width) ?? choices[^1];
    }

    private static string Bar(double part, int width)
    {
        var halves = (int)Math.Floor(Math.Clamp(part, 0, 1) * width * 2);
        var bar = new string('█', halves / 2) + (halves % 2 == 1 ? "▌" : "");
        return $"▕{bar.PadRight(width, '·')}▏";
    }

    private IEnumerable<Row> Node(MovingNode node, int children)
    {
        var row = new Row().Add($"  {sign} ", TextStyle.Cyan).Add(columns.Title(node.Node)).Add(columns.Place(node.Node), TextStyle.Dim)
            .Add($" {Duration.Clock(now - node.Since),7}")
            .Add(node.Words.Length > 0 ? $"   {node.Words}" : node.Total > 0 ? $"   {Math.Min(node.Done, node.Total)}/{node.Total}" : "",
                node.GoesBack ? TextStyle.Red : TextStyle.Plain);
        if (progress.IsCritical(node.Node))
            row.Add(row.Columns + 17 <= columns.Width ? "  ← critical path" : " ←", TextStyle.Cyan);
        yield return row;
        var resources = node.Resources;
        for (var i = 0; i < children; i++)
            yield return Resource(resources[i], i == children - 1 ? resources.Count - children : 0);
    }

    private Row Resource(MovingResource resource, int more)
    {
        var (words, rest) = (resource.Words.Length > 0 ? $"  {resource.Words}" : "", more > 0 ? $"   and {more} more" : "");
        var time = $" {Duration.Clock(now - resource.Since),7}";
        var room = columns.Width - 8 - Columns.Of(words) - Columns.Of(time);
        var name = Columns.Cut(resource.LogicalId, room);
        var row = new Row().Add($"      {sign} ", TextStyle.Cyan).Add(name)
            .AddIfFits(columns.Width - Columns.Of(words) - Columns.Of(time), $"  {resource.Type}", TextStyle.Dim)
            .Add(words, TextStyle.Yellow);
        return row.Add(new string(' ', Math.Max(0, columns.ToTimes - row.Columns)) + time).AddIfFits(columns.Width, rest, TextStyle.Dim);
    }

    private IEnumerable<Row> Waiting(IReadOnlyList<WaitingNode> waiting, int room)
    {
        if (room <= 0)
            yield break;
        var shown = waiting.Count > room ? room - 1 : waiting.Count;
        // Half of the line for who waits, half for what it waits for.
        var title = Math.Min(waiting.Take(shown).Select(w => Columns.Of(w.Node.Title)).DefaultIfEmpty().Max(), (columns.Width / 2) - 4);
        foreach (var node in waiting.Take(shown))
            yield return Waiting(node, title);
        foreach (var row in More(waiting.Count - shown, shown == 0 ? "waiting" : waiting.Count - shown == 1 ? "waits" : "wait", shown > 0))
            yield return row;
    }

    private Row Waiting(WaitingNode waiting, int title)
    {
        var row = new Row().Add("  · ", TextStyle.Dim)
            .Add(RunColumns.Title(waiting.Node, title), progress.IsCritical(waiting.Node) ? TextStyle.Cyan : TextStyle.Plain);
        return row.Add($"  {StateNames.WaitsFor(waiting, columns.Width - row.Columns - 2)}", TextStyle.Dim);
    }

    private static IEnumerable<Row> More(int count, string what, bool isMore = true) =>
        count > 0 ? [new Row().Add($"    … {(isMore ? "and " : "")}{count}{(isMore ? " more" : "")} {what}", TextStyle.Dim)] : [];
}
