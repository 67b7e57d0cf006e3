using System.Runtime.CompilerServices;
using Paco.Clouds;
using Paco.Planning;

namespace Paco.Engine.Tests;

/// <summary>The table in docs/statuses.md is the table in the code.</summary>
public sealed class StatusTests
{
    private static readonly Dictionary<string, (string Provision, string Recover)> Table =
        File.ReadLines(Path.Combine(Root(), "docs", "statuses.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 5 && cells[1].StartsWith('`') && cells[1].EndsWith('`'))
            .ToDictionary(cells => cells[1].Trim('`'), cells => (cells[2], cells[3]));

    public static TheoryData<StackStatus> All => [.. Enum.GetValues<StackStatus>()];

    [Theory, MemberData(nameof(All))]
    public void The_page_says_what_is_done(StackStatus status) =>
        Assert.Equal((StatusDecisions.Of(status).ToString(), StatusDecisions.Recovery(status).ToString()), Table[status.ToWire()]);

    [Fact]
    public void The_page_names_no_status_that_does_not_exist() => Assert.Equal(Enum.GetValues<StackStatus>().Length, Table.Count);

    [Theory, MemberData(nameof(All))]
    public void Whatever_is_refused_has_a_way_out(StackStatus status)
    {
        if (StatusDecisions.Of(status) == StatusDecision.Refuse)
            Assert.DoesNotContain("see its events", StatusDecisions.Remedy(status), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_exist_is_created() => Assert.Equal(StatusDecision.Create, StatusDecisions.Of(null));

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
