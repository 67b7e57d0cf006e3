using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Paco.Diagnostics;

namespace Paco.Syntax;

/// <summary>
/// Reads JSON, as strict as it is, into nodes that know their places. What is no text (a number, true) is a plain scalar.
/// </summary>
public static class JsonText
{
    /// <summary>The whole text; null where it is no JSON, and then <paramref name="problem"/> says where and why.</summary>
    public static Node? Read(SourceFile file, out (Location Place, string Message)? problem)
    {
        problem = null;
        var bytes = Encoding.UTF8.GetBytes(file.Text);
        var places = new Places(file, bytes);
        var reader = new Utf8JsonReader(bytes);
        try
        {
            reader.Read();
            var node = Value(ref reader, places);
            reader.Read();
            return node;
        }
        catch (JsonException e)
        {
            var place = file.Nearest((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
            problem = (place, e.Message.Split(". ")[0].TrimEnd('.'));
            return null;
        }
        catch (InvalidOperationException)
        {
            problem = (places.At(reader.TokenStartIndex), "the text holds half of a character (\\ud800 to \\udfff)");
            return null;
        }
    }

    private static Node Value(ref Utf8JsonReader reader, Places places)
    {
        var at = places.At(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Map(ref reader, places, at),
            JsonTokenType.StartArray => List(ref reader, places, at),
            JsonTokenType.String => new ScalarNode(at, reader.GetString()!, plain: false),
            _ => new ScalarNode(at, Encoding.UTF8.GetString(reader.ValueSpan), plain: true),
        };
    }

    private static MapNode Map(ref Utf8JsonReader reader, Places places, Location at)
    {
        var entries = ImmutableArray.CreateBuilder<Entry>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (key, keyAt) = (reader.GetString()!, places.At(reader.TokenStartIndex));
            reader.Read();
            entries.Add(new Entry(key, keyAt, Value(ref reader, places)));
        }
        return new MapNode(at, entries.DrainToImmutable());
    }

    private static ListNode List(ref Utf8JsonReader reader, Places places, Location at)
    {
        var items = ImmutableArray.CreateBuilder<Node>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Value(ref reader, places));
        return new ListNode(at, items.DrainToImmutable());
    }

    /// <summary>Line and column, in characters, of a byte.</summary>
    private sealed class Places(SourceFile file, byte[] bytes)
    {
        private int _line = 1;
        private int _lineStart;
        private int _seen;

        // Tokens are asked for in their order.
        public Location At(long byteIndex)
        {
            for (; _seen < byteIndex; _seen++)
            {
                if (bytes[_seen] != '\n')
                    continue;
                _line++;
                _lineStart = _seen + 1;
            }
            return new Location(file, _line, Encoding.UTF8.GetCharCount(bytes, _lineStart, (int)byteIndex - _lineStart) + 1);
        }
    }

    /// <summary>A plain whole number, or null for everything else.</summary>
    public static int? WholeNumber(Node? node) =>
        node is ScalarNode { Plain: true } scalar
        && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
