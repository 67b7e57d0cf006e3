using System.Text;
using System.Text.RegularExpressions;

namespace Paco.Monitoring.FilterPatterns;

/// <summary>
/// A regular expression between percent signs, of the few operators that CloudWatch Logs knows. It runs in linear time, whatever it is and
/// whatever it is tried on.
/// </summary>
internal sealed class PatternRegex
{
    private const string Symbols = ":_#=@/;,- ";
    private const string Operators = "^$?[]{}|\\*+.";
    private const string Classes = "dDsSwW";

    private readonly Regex _regex;

    private PatternRegex(Regex regex) => _regex = regex;

    public bool IsMatch(string text) => _regex.IsMatch(text);

    /// <summary>Reads the expression that begins with the <c>%</c> next in the text.</summary>
    public static PatternRegex Read(PatternText source)
    {
        var start = source.At;
        source.Take("%");
        var expression = source.TakeWhile(c => c != '%');
        if (!source.Take("%"))
            throw PatternText.Wrong(start, source.At - start, "the regular expression that opens here is never closed", "end it with %");
        if (expression.Length == 0)
            throw PatternText.Wrong(start, 2, "the regular expression is empty");
        CheckCharacters(source, start + 1, expression);
        try
        {
            return new PatternRegex(new Regex(Translated(expression), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw PatternText.Wrong(start, source.At - start, $"this is no regular expression{Reason(e)}");
        }
    }

    private static string Reason(Exception e) => (e as RegexParseException)?.Error switch
    {
        RegexParseError.UnterminatedBracket => ": a [ is never closed",
        RegexParseError.QuantifierAfterNothing => ": there is nothing to repeat before ?, *, + or {",
        RegexParseError.NestedQuantifiersNotParenthesized => ": two repetitions stand one behind the other",
        RegexParseError.ReversedCharacterRange => ": a range in [ ] is the wrong way round",
        RegexParseError.ReversedQuantifierRange => ": a repetition is the wrong way round",
        RegexParseError.UnescapedEndingBackslash => ": there is nothing behind the \\",
        _ => e is NotSupportedException ? ": it is too large" : "",
    };

    private static void CheckCharacters(PatternText source, int from, string expression)
    {
        for (var i = 0; i < expression.Length; i++)
        {
            var c = expression[i];
            if (c == '\\' && i + 1 < expression.Length && char.IsAsciiLetter(expression[i + 1]))
                i = CheckEscape(from, expression, i + 1);
            else if (!char.IsAsciiLetterOrDigit(c) && !Symbols.Contains(c) && !Operators.Contains(c))
                throw source.WrongCharacter(from + i, "a regular expression", InsteadOf(c));
        }
    }

    private static string InsteadOf(char c) => !char.IsAscii(c) ? ". stands for any character"
        : $"write \\x{(int)c:X2}{(c is '(' or ')' ? "; there are no groups" : "")}";

    // The last character of the escape whose letter is at a place.
    private static int CheckEscape(int from, string expression, int at)
    {
        if (Classes.Contains(expression[at]))
            return at;
        var isHex = expression[at] == 'x' && at + 2 < expression.Length
            && char.IsAsciiHexDigit(expression[at + 1]) && char.IsAsciiHexDigit(expression[at + 2]);
        return isHex ? at + 2 : throw PatternText.Wrong(from + at - 1, 2, $"there is no \\{expression[at]} here",
            "\\d \\D \\s \\S \\w \\W are known, and \\xhh with two hexadecimal digits");
    }

    // CloudWatch's classes are ASCII's, and a repetition may leave out where it begins.
    private static string Translated(string expression)
    {
        var (written, inClass) = (new StringBuilder(expression.Length), false);
        for (var i = 0; i < expression.Length; i++)
        {
            var c = expression[i];
            if (c == '\\' && i + 1 < expression.Length)
            {
                written.Append(Class(expression[++i], inClass));
                continue;
            }
            inClass = c == '[' || (inClass && c != ']');
            written.Append(c);
            if (c == '{' && !inClass && i + 1 < expression.Length && expression[i + 1] == ',')
                written.Append('0');
        }
        return written.ToString();
    }

    private static string Class(char letter, bool inClass) => letter switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "a-zA-Z_0-9" : "[a-zA-Z_0-9]",
        's' => inClass ? " \\t\\n" : "[ \\t\\n]",
        'D' when !inClass => "[^0-9]",
        'W' when !inClass => "[^a-zA-Z_0-9]",
        'S' when !inClass => "[^ \\t\\n]",
        _ => $"\\{letter}",
    };
}
