using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;

namespace Paco.CloudFormation;

/// <summary>
/// Writes values as YAML that CloudFormation reads: block style, short function tags, the same bytes for the same value on
/// every machine. Text that could be read as anything else is quoted as JSON quotes it, which YAML understands.
/// </summary>
public static class TemplateWriter
{
    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./()*+= :");

    // What YAML 1.1 takes for a flag or for nothing.
    private static readonly HashSet<string> OtherTypes =
        new(["true", "false", "yes", "no", "on", "off", "null", "y", "n"], StringComparer.OrdinalIgnoreCase);

    // One template after the other is written into the same memory.
    [ThreadStatic]
    private static TextBuffer? _buffer;

    public static string ToYaml(Template template) => new(Text(template));

    public static string ToYaml(Value value)
    {
        var text = Empty();
        Block(text, value, 0, afterKey: false);
        return new string(text.Text);
    }

    /// <summary>The same as the bytes of a file.</summary>
    public static void Write(Template template, IBufferWriter<byte> file) => Encoding.UTF8.GetBytes(Text(template), file);

    private static TextBuffer Empty() => (_buffer ??= new TextBuffer()).Clear();

    // As its value would be written, which would only be thrown away. The text is good until the next one is asked for.
    private static ReadOnlySpan<char> Text(Template template)
    {
        var text = Empty();
        Map(text, template.Head(), 0, afterKey: false);
        Section(text, "Parameters", template.Parameters, p => p.Name, (p, entry) => p.Say(entry));
        Section(text, "Resources", template.Resources, r => r.LogicalId, (r, entry) => r.Say(entry));
        Section(text, "Outputs", template.Outputs, o => o.Key, (o, entry) => o.Say(entry));
        return text.Text;
    }

    private static void Section<T>(TextBuffer text, string name, ImmutableArray<T> items, Func<T, string> key,
        Action<T, Action<string, Value?>> say)
    {
        if (items.IsEmpty)
            return;
        text.Append(name).Append(":\n");
        Action<string, Value?> entry = (said, value) =>
        {
            if (value is not null)
                Entry(text.Append(' ', 4), said, value, 4);
        };
        foreach (var item in items)
        {
            text.Append("  ").Append(Plain(key(item))).Append(":\n");
            say(item, entry);
        }
    }

    // Writes a value behind what is already on the line ("Key:" or "-"), ending the line.
    private static void Block(TextBuffer text, Value value, int indent, bool afterKey)
    {
        switch (value)
        {
            case MapValue { Count: 0 }:
                text.Append(" {}\n");
                break;
            case ListValue { Items.Length: 0 }:
                text.Append(" []\n");
                break;
            case MapValue map:
                Map(text, map, indent, afterKey);
                break;
            case ListValue list:
                if (afterKey)
                    text.Append('\n');
                foreach (var item in list.Items)
                {
                    text.Append(' ', indent).Append('-');
                    Item(text, item, indent + 2);
                }
                break;
            case GetAttValue { Attribute: var attribute } nested when attribute.Contains('.', StringComparison.Ordinal):
                // Not every reader splits the short form at the first dot only.
                text.Append('\n').Append(' ', indent).Append("Fn::GetAtt:");
                Block(text, Value.List(nested.LogicalId, attribute), indent, afterKey: true);
                break;
            case FunctionValue function:
                Function(text, function, indent);
                break;
            case TextValue { Text: var t } when t.Contains('\n') && IsBlockText(t):
                BlockText(text, t, indent);
                break;
            default:
                text.Append(' ');
                Scalar(text, value);
                text.Append('\n');
                break;
        }
    }

    private static void Map(TextBuffer text, MapValue map, int indent, bool afterKey, bool afterDash = false)
    {
        if (afterKey)
            text.Append('\n');
        foreach (var (key, value) in map)
        {
            Entry(text.Append(' ', afterDash ? 1 : indent), key, value, indent);
            afterDash = false;
        }
    }

    private static void Entry(TextBuffer text, string key, Value value, int indent)
    {
        text.Append(Plain(key)).Append(':');
        Block(text, value, value is ListValue ? indent : indent + 2, afterKey: true);
    }

    // The first key of a map in a list stands on the dash's own line.
    private static void Item(TextBuffer text, Value item, int indent)
    {
        if (item is MapValue { Count: > 0 } map)
            Map(text, map, indent, afterKey: false, afterDash: true);
        else
            Block(text, item, indent, afterKey: true);
    }

    private static void Function(TextBuffer text, FunctionValue function, int indent)
    {
        text.Append(' ').Append('!').Append(ShortName(function.Name));
        switch (function.Argument)
        {
            // A short tag cannot stand directly on another short tag's value: the inner one goes in its long form.
            case RefValue or GetAttValue or FunctionValue:
                text.Append('\n').Append(' ', indent).Append(LongForm(function.Argument, out var argument)).Append(':');
                Block(text, argument, indent + 2, afterKey: true);
                break;
            default:
                Block(text, function.Argument, indent, afterKey: true);
                break;
        }
    }

    private static string ShortName(string name) => name.StartsWith("Fn::", StringComparison.Ordinal) ? name[4..] : name;

    private static string LongForm(Value value, out Value argument)
    {
        (var name, argument) = value switch
        {
            RefValue r => ("Ref", (Value)r.LogicalId),
            GetAttValue g => ("Fn::GetAtt", Value.List(g.LogicalId, g.Attribute)),
            FunctionValue f => (f.Name, f.Argument),
            _ => throw new InvalidOperationException($"{value.GetType().Name} is no function"),
        };
        return name;
    }

    private static void Scalar(TextBuffer text, Value value)
    {
        switch (value)
        {
            case TextValue t:
                text.Append(Plain(t.Text));
                break;
            case NumberValue n:
                text.Append(n.Text);
                break;
            case FlagValue f:
                text.Append(f.Flag ? "true" : "false");
                break;
            case RefValue r:
                text.Append("!Ref ").Append(Plain(r.LogicalId));
                break;
            case GetAttValue g:
                text.Append("!GetAtt ").Append(g.LogicalId).Append('.').Append(g.Attribute);
                break;
            case InputValue i:
                throw new InvalidOperationException($"{i.Reference.Text} was not linked");
            default:
                throw new InvalidOperationException($"{value.GetType().Name} is no scalar");
        }
    }

    // A literal block keeps scripts readable; it cannot hold odd white space at the ends control characters or what YAML 1.1 takes for the
    // end of a line.
    private static bool IsBlockText(string text) =>
        text[0] is not (' ' or '\t' or '\n')
        && (!text.EndsWith('\n') || (text.Length > 1 && text[^2] != '\n'))
        && !text.Contains(" \n", StringComparison.Ordinal)
        && text.All(c => c is '\n' or '\t' || !(char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF'));

    private static void BlockText(TextBuffer text, string value, int indent)
    {
        text.Append(value.EndsWith('\n') ? " |\n" : " |-\n");
        foreach (var line in value.TrimEnd('\n').Split('\n'))
        {
            if (line.Length > 0)
                text.Append(' ', Math.Max(indent, 2)).Append(line);
            text.Append('\n');
        }
    }

    private static string Plain(string text) =>
        IsPlain(text) ? text : $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    // Letters and digits of names, types, arns and paths; anything that YAML 1.1 or 1.2 readers could take for another type is quoted.
    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiLetter(text[0]) || text[0] == '/') || text[^1] is ' ' or ':')
            return false;
        return !text.AsSpan().ContainsAnyExcept(PlainCharacters)
            && !(text.Contains(':') && text.Contains(": ", StringComparison.Ordinal))
            && (text.Length > 5 || !OtherTypes.Contains(text));
    }
}
