using Paco.Diagnostics;

namespace Paco.Syntax;

/// <summary>
/// Reads what can be read of a text that is no YAML in places. A mistake costs the object it is in: the smallest entry of a map
/// without which reading gets past it is blanked out and known as broken, and reading begins again.
/// </summary>
internal sealed class YamlRecovery
{
    private const int MostMistakes = 20;

    // Characters read again in all: a large file is not worth many attempts.
    private const int MostRead = 4 * 1024 * 1024;

    private readonly SourceFile _file;
    private readonly YamlLines _lines;
    private readonly HashSet<int> _cut = [];
    private string _text;
    private int _read;

    private YamlRecovery(SourceFile file) => (_file, _text, _lines) = (file, file.Text, new YamlLines(file.Text));

    /// <summary>
    /// The nodes of a file, or null where it holds nothing. What is broken is a <see cref="BrokenNode"/>; the whole, where no part is to
    /// blame.
    /// </summary>
    public static Node? Read(SourceFile file, DiagnosticBag bag)
    {
        var attempt = YamlReader.Try(file, file.Text, new HashSet<int>());
        return attempt.Mistake is null ? Accept(attempt, bag) : new YamlRecovery(file).Recover(attempt, bag);
    }

    private static Node? Accept(YamlAttempt attempt, DiagnosticBag bag)
    {
        attempt.Report(bag);
        return attempt.Root;
    }

    private Node? Recover(YamlAttempt attempt, DiagnosticBag bag)
    {
        for (var mistakes = 0; attempt.Mistake is not null; mistakes++)
        {
            bag.Add(attempt.Mistake);
            if (mistakes == MostMistakes || Best(attempt) is not { } best)
                return new BrokenNode(Location.Of(_file));
            (_text, attempt) = (best.Text, best.Attempt);
            _cut.Add(best.Block.Key);
        }
        return Accept(attempt, bag);
    }

    // Level by level outwards from the lines that may be to blame, until leaving out a block helps.
    private Cut? Best(YamlAttempt stopped)
    {
        var blocks = stopped.Suspects.Select(_lines.BlockAt).OfType<YamlBlock>().Distinct().ToList();
        while (blocks.Count > 0)
        {
            var helps = blocks.Select(Try).OfType<Cut>().Where(cut => cut.Helps).ToList();
            if (helps.Count > 0)
                return helps.MaxBy(c => (c.Attempt.Mistake is null, c.Attempt.Reached, -c.Block.Length));
            blocks = [.. blocks.Select(_lines.Around).OfType<YamlBlock>().Distinct()];
        }
        return null;
    }

    private Cut? Try(YamlBlock block)
    {
        _read += _text.Length;
        if (_read > MostRead)
            return null;
        var text = _lines.Blank(_text, block);
        return new Cut(block, text, YamlReader.Try(_file, text, new HashSet<int>(_cut) { block.Key }));
    }

    private sealed record Cut(YamlBlock Block, string Text, YamlAttempt Attempt)
    {
        public bool Helps => Attempt.Mistake is null || Attempt.Reached > Block.End;
    }
}
