using System.Collections.Immutable;
using Paco.CloudFormation.Authorization;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Calls;

/// <summary>A line of <c>calls.md</c>.</summary>
/// <param name="Must">The service needs it; else a role may have it for the reason that stands there.</param>
/// <param name="When">What must be so for the line to count; empty for always.</param>
internal sealed record TableRow(bool Must, string Who, ImmutableArray<string> Actions, string On, string When, string Why)
{
    public bool Counts(Use use) => Who == use.Who && (When.Length == 0 || use.When.Contains(When));

    /// <summary>What it is about: <c>artifacts</c>, <c>artifacts (output)</c>.</summary>
    public string Subject => When.Length == 0 ? On : $"{On} ({When})";

    public override string ToString() => $"{Who}: {string.Join(", ", Actions)} on {Subject}";
}

/// <summary>The table of calls: who calls what, on what, and why.</summary>
internal static class CallTable
{
    private const int Cells = 5;
    private const int CellsOfUntried = 3;

    private static readonly string Page = Repository.Path("tests", "Paco.Tests", "Rights", "calls.md");

    public static readonly ImmutableArray<TableRow> Rows = Read();

    /// <summary>Who and on what, of lines that no project can ask for.</summary>
    public static readonly ImmutableArray<(string Who, string Subject)> Untried =
        [.. File.ReadLines(Page).Select(CellsOf).Where(c => c.Length == CellsOfUntried && IsEntry(c)).Select(c => (c[0], c[1]))];

    /// <summary>What somebody calls that he must be able to call.</summary>
    public static IEnumerable<(TableRow Row, Call Call)> Of(Use use) =>
        from row in Rows
        where row.Must && row.Counts(use)
        from target in TargetsOf(row, use)
        from action in row.Actions
        select (row, new Call(use.Caller, action, target.Arn) { Context = target.Context });

    /// <summary>What somebody may be allowed at most: actions, and patterns of what they are done to.</summary>
    public static IEnumerable<(string Action, string On, string Widest)> Limits(Use use) =>
        from row in Rows
        where row.Counts(use)
        from target in TargetsOf(row, use)
        from action in row.Actions
        select (action, row.On, target.Widest);

    /// <summary>The actions that a pattern stands for.</summary>
    public static IEnumerable<string> Expand(string pattern)
    {
        var (service, name) = (pattern.Split(':')[0], pattern[(pattern.IndexOf(':') + 1)..]);
        return !Glob.HasWildcard(name)
            ? [pattern]
            : from action in ServiceReference.Shared.Find(service)!.Actions.Names
              where Wildcards.Fits(name, action, ignoreCase: true)
              select $"{service}:{action}";
    }

    private static ImmutableArray<Target> TargetsOf(TableRow row, Use use) => row.On == "anything" ? [new Target("*")]
        : use.On.TryGetValue(row.On, out var targets) ? targets
        : throw new InvalidOperationException($"{use.Where}: nothing says what \"{row.On}\" is, and the table needs it for {row}");

    private static ImmutableArray<TableRow> Read()
    {
        var must = true;
        var rows = ImmutableArray.CreateBuilder<TableRow>();
        foreach (var line in File.ReadLines(Page))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                must = !line.Contains("may", StringComparison.Ordinal);
            if (CellsOf(line) is { Length: Cells } cells && IsEntry(cells))
                rows.Add(new TableRow(must, cells[0], [.. Actions(cells[1]).SelectMany(Expand)], cells[2], cells[3], cells[4]));
        }
        return rows.DrainToImmutable();
    }

    /// <summary>The cells of a line of a table.</summary>
    internal static string[] CellsOf(string line) => line.StartsWith('|') ? [.. line.Split('|')[1..^1].Select(c => c.Trim())] : [];

    /// <summary>False for what stands above the lines of a table.</summary>
    internal static bool IsEntry(string[] cells) => cells[0] is not ("Who" or "Service" or "---");

    // "s3:GetObject, GetObjectVersion": a service counts until another is named.
    internal static IEnumerable<string> Actions(string cell)
    {
        var service = "";
        foreach (var word in cell.Split(", "))
        {
            service = word.Contains(':', StringComparison.Ordinal) ? word.Split(':')[0] : service;
            yield return word.Contains(':', StringComparison.Ordinal) ? word : $"{service}:{word}";
        }
    }
}
