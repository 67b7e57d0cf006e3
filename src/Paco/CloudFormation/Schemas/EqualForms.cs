using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Paco.CloudFormation.Schemas;

/// <summary>
/// Which written values a service regards as equal to what is there: a schema's <c>propertyTransform</c>, an expression in JSONata for
/// each path, alternatives joined by <c>$OR</c>. Of the language only what most schemas use is read (texts, names, the functions
/// below, and a table of words with small letters for what is not in it); a value whose expression says more is equal to itself alone.
/// </summary>
/// <param name="forms">A path, its expression, the next path, …</param>
internal sealed partial class EqualForms(ImmutableArray<string> forms)
{
    // "($word := $lookup({'6': 'tcp'}, Name);$word ? $word : $lowercase(Name))"
    [GeneratedRegex(@"^\(\$(\w+) := \$lookup\(\{(?<words>[^}]*)\}, (\w+)\);\$\1 \? \$\1 : \$lowercase\(\2\)\)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex WordTable();

    [GeneratedRegex("'([^']*)': '([^']*)'", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    private readonly ImmutableArray<(SchemaPaths Path, string Name, string Expression)> _forms =
        [.. forms.Chunk(2).Select(pair => Form(pair[0], pair[1]))];

    /// <summary>True where any value at a path may be equal to another.</summary>
    public bool Has(string path)
    {
        foreach (var form in _forms)
        {
            if (form.Path.Covers(path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where a value that a template writes at a path means the same as one that is there.</summary>
    public bool Match(string path, string written, string real)
    {
        foreach (var (at, name, expression) in _forms)
        {
            if (at.Covers(path)
                && expression.Split(" $OR ").Any(one => new Transform(one, name, written).Pattern() is { } pattern && Fits(pattern, real)))
            {
                return true;
            }
        }

        return false;
    }

    private static (SchemaPaths, string, string) Form(string path, string expression) =>
        (new([path]), path[(path.LastIndexOf('/') + 1)..], expression);

    // The patterns are Amazon's, with what a user wrote escaped; none runs for long.
    private static bool Fits(string pattern, string real)
    {
        try
        {
            return Regex.IsMatch(real, $"^(?:{pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>One expression read and worked out at once. What it gives is a pattern.</summary>
    private sealed class Transform(string text, string name, string value)
    {
        private int _at;

        /// <summary>Null where the expression says what is not read here.</summary>
        public string? Pattern() => WordTable().Match(text) is { Success: true } table ? FromTable(table.Groups["words"].Value)
            : Term() is { } term && AtEnd() ? term.Pattern
            : null;

        private string FromTable(string words) => Regex.Escape(
            EqualForms.Word().Matches(words).FirstOrDefault(w => w.Groups[1].Value == value)?.Groups[2].Value ?? value.ToLowerInvariant());

        private Piece? Term()
        {
            Space();
            return Peek() switch
            {
                '"' => Quoted() is { } quoted ? new Piece(quoted, quoted) : null,
                '$' => Call(),
                var c when char.IsLetter(c) => Word().Split('.')[^1] == name ? Piece.Of(value) : null,
                _ => null,
            };
        }

        private Piece? Call()
        {
            _at++;
            var function = Word();
            if (!Take('('))
                return null;
            var many = Take('[');
            var terms = new List<Piece>();
            do
            {
                if (Term() is not { } term)
                    return null;
                terms.Add(term);
            }
            while (Take(','));
            return (!many || Take(']')) && Take(')') ? Work(function, many, terms) : null;
        }

        private Piece? Work(string function, bool many, List<Piece> terms) => (function, terms) switch
        {
            ("join", _) when many => terms.Aggregate((a, b) => new Piece(a.Pattern + b.Pattern, a.Value + b.Value)),
            ("string", [var one]) => one,
            ("lowercase", [{ Value: var v }]) => Piece.Of(v.ToLowerInvariant()),
            ("uppercase", [{ Value: var v }]) => Piece.Of(v.ToUpperInvariant()),
            ("split", [{ Value: var v }, var by]) when Last() => Piece.Of(v.Split(by.Pattern)[^1]),
            ("substringAfter", [{ Value: var v }, var by]) =>
                Piece.Of(v.Contains(by.Pattern, StringComparison.Ordinal) ? v.Split(by.Pattern, 2)[1] : v),
            ("replace", [{ Value: var v }, var old, var now]) => Piece.Of(v.Replace(old.Pattern, now.Pattern, StringComparison.Ordinal)),
            _ => null,
        };

        private bool Last() => Take('[') && Take('-') && Take('1') && Take(']');

        private string? Quoted()
        {
            var end = text.IndexOf('"', _at + 1);
            if (end < 0)
                return null;
            var quoted = text[(_at + 1)..end];
            _at = end + 1;
            return quoted;
        }

        private string Word()
        {
            var start = _at;
            while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] == '.'))
                _at++;
            return text[start.._at];
        }

        private bool Take(char c)
        {
            Space();
            if (Peek() != c)
                return false;
            _at++;
            return true;
        }

        private char Peek() => _at < text.Length ? text[_at] : '\0';

        private void Space()
        {
            while (Peek() is ' ' or '\n' or '\t')
                _at++;
        }

        private bool AtEnd()
        {
            Space();
            return _at == text.Length;
        }

        /// <param name="Pattern">What it stands for: Amazon's texts as they are, as expressions, and written values escaped.</param>
        private sealed record Piece(string Pattern, string Value)
        {
            public static Piece Of(string value) => new(Regex.Escape(value), value);
        }
    }
}
