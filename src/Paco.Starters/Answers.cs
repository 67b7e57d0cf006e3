using System.Collections.Immutable;

namespace Paco.Starters;

/// <summary>One answer: the question's key and what was answered, as text.</summary>
public sealed record Answer(string Key, string Value);

/// <summary>Answers in the order they were given, one for each key. A value: adding makes another one.</summary>
public sealed class Answers
{
    private readonly ImmutableArray<Answer> _entries;

    private Answers(ImmutableArray<Answer> entries) => _entries = entries;

    public static Answers Empty { get; } = new([]);

    public ImmutableArray<Answer> Entries => _entries;

    /// <summary>The answer to a question, or null when there is none.</summary>
    public string? this[string key] => _entries.FirstOrDefault(entry => entry.Key == key)?.Value;

    /// <summary>Answers from pairs, for example the lines of a file; of two with one key the later wins.</summary>
    public static Answers From(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return pairs.Aggregate(Empty, (answers, pair) => answers.With(pair.Key, pair.Value));
    }

    /// <summary>These answers and one more; an earlier one with the same key is replaced where it stands.</summary>
    public Answers With(string key, string value)
    {
        var entry = new Answer(key, value);
        for (var i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Key == key)
            {
                return new(_entries.SetItem(i, entry));
            }
        }

        return new(_entries.Add(entry));
    }

    /// <summary>The answer to a question that <see cref="Starter.Complete"/> left no way to miss.</summary>
    internal string Require(string key) =>
        this[key] ?? throw new ArgumentException($"There is no answer for {key}: only complete answers can be rendered.");
}
