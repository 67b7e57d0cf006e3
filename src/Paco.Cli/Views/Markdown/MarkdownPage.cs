using System.Text;

namespace Paco.Cli.Views.Markdown;

/// <summary>
/// A page of parts, each in several forms, that must not be longer than a comment on GitHub may be. First every part gets its shortest
/// form, the most important ones before others; then what room is left goes into longer ones. What did not fit is counted at the top.
/// </summary>
internal sealed class MarkdownPage(string head, string command)
{
    /// <summary>GitHub takes 65,536 characters; a workflow may add a line of its own.</summary>
    public const int Longest = 65_000;

    private const int RoomForNote = 600;

    private readonly List<Part> _parts = [];

    /// <summary>Lines that are there in any case, such as the title of what follows.</summary>
    public void Always(string text) => _parts.Add(new Part("", 0, [text]) { Level = 1 });

    /// <param name="what">What it is called where it is counted, for one of it: <c>stack</c>.</param>
    /// <param name="rank">0 is the most important.</param>
    /// <param name="forms">Each longer than the one before.</param>
    public void Add(string what, int rank, params IEnumerable<string> forms) => _parts.Add(new Part(what, rank, [.. forms]));

    public string Text(int longest = Longest)
    {
        var room = longest - head.Length - RoomForNote - _parts.Sum(p => p.Length);
        for (var level = 1; _parts.Any(p => p.Forms.Length >= level); level++)
        {
            foreach (var part in _parts.Where(p => p.Level == level - 1 && p.Forms.Length >= level).OrderBy(p => p.Rank))
            {
                var more = part.Forms[level - 1].Length - part.Length;
                if (more > room)
                    continue;
                room -= more;
                part.Level = level;
            }
        }
        var text = new StringBuilder(head).Append(Note());
        foreach (var part in _parts.Where(p => p.Level > 0))
            text.Append(part.Forms[part.Level - 1]);
        return text.ToString();
    }

    private string Note()
    {
        List<string> missing =
        [
            .. _parts.Where(p => p.Level == 0).GroupBy(p => p.What).Select(g => PlanView.Plural(g.Count(), g.Key)),
            .. _parts.Where(p => p.Level > 0 && p.Level < p.Forms.Length).GroupBy(p => p.What)
                .Select(g => $"details of {PlanView.Plural(g.Count(), g.Key)}"),
        ];
        return missing.Count == 0 ? ""
            : $"**Not all of it is here**, since GitHub takes no longer comments. Left out: {string.Join(", ", missing)}. {MarkdownText.Code(command)} shows everything.\n\n";
    }

    private sealed record Part(string What, int Rank, string[] Forms)
    {
        /// <summary>Which form is taken, counted from 1; 0 for none.</summary>
        public int Level { get; set; }

        public int Length => Level == 0 ? 0 : Forms[Level - 1].Length;
    }
}
