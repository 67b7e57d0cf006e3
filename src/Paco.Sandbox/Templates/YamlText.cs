using System.Globalization;
using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Paco.Sandbox.Templates;

/// <summary>YAML with CloudFormation's short tags, read into JSON.</summary>
internal sealed class YamlText
{
    private const int MaxDepth = 100;
    private const int MaxNodes = 200_000;

    private readonly Parser _parser;
    private readonly Dictionary<string, JsonNode?> _anchors = new(StringComparer.Ordinal);
    private readonly bool _tags;
    private int _nodes;

    private YamlText(string text, bool tags) => (_parser, _tags) = (new Parser(new StringReader(text)), tags);

    /// <param name="tags">False: short tags (<c>!Ref</c>) are an error, as in what is included.</param>
    public static JsonNode? Read(string text, bool tags = true)
    {
        try
        {
            var reader = new YamlText(text, tags);
            reader._parser.Consume<StreamStart>();
            if (reader._parser.Accept<StreamEnd>(out _))
            {
                return null;
            }

            reader._parser.Consume<DocumentStart>();
            return reader.Node(0);
        }
        catch (YamlException e)
        {
            throw AwsError.Validation($"Template format error: YAML not well-formed. (line {e.Start.Line}, column {e.Start.Column})");
        }
    }

    private JsonNode? Node(int depth)
    {
        if (depth > MaxDepth || ++_nodes > MaxNodes)
        {
            throw AwsError.Validation("Template format error: the template is nested too deeply or expands to too much.");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            var target = _anchors.TryGetValue(alias.Value.Value, out var known) ? known
                : throw AwsError.Validation("Template format error: unknown alias.");
            _nodes += Size(target);
            return target?.DeepClone();
        }

        var start = _parser.Accept<NodeEvent>(out var node) ? node
            : throw AwsError.Validation("Template format error: YAML not well-formed.");
        var value = Tagged(start.Tag, Content(depth));
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = value?.DeepClone();
        }

        return value;
    }

    private JsonNode? Content(int depth)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? Plain(scalar.Value) : JsonValue.Create(scalar.Value);
        }

        return _parser.Accept<SequenceStart>(out _) ? Sequence(depth) : Mapping(depth);
    }

    private JsonArray Sequence(int depth)
    {
        _parser.Consume<SequenceStart>();
        var items = new JsonArray();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return items;
    }

    private JsonObject Mapping(int depth)
    {
        _parser.Consume<MappingStart>();
        var map = new JsonObject();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = _parser.Consume<Scalar>().Value;
            var value = Node(depth + 1);
            if (!map.TryAdd(key, value))
            {
                throw AwsError.Validation($"Template format error: duplicate key {key}.");
            }
        }

        return map;
    }

    private JsonNode? Tagged(TagName tag, JsonNode? value)
    {
        if (tag.IsEmpty || tag.IsNonSpecific || !tag.Value.StartsWith('!') || tag.Value.Length < 2)
        {
            return value;
        }

        if (!_tags)
        {
            throw AwsError.Validation($"Template format error: unsupported tag {tag.Value}.");
        }

        return tag.Value[1..] switch
        {
            "Ref" => new JsonObject { ["Ref"] = value },
            "Condition" => new JsonObject { ["Condition"] = value },
            "GetAtt" when value is JsonValue => new JsonObject { ["Fn::GetAtt"] = Attribute(value.ToString()) },
            var name => new JsonObject { [$"Fn::{name}"] = value },
        };
    }

    private static JsonNode Attribute(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? JsonValue.Create(text) : new JsonArray(text[..dot], text[(dot + 1)..]);
    }

    /// <summary>A plain scalar. What could be an account number or a date stays text.</summary>
    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when Leads(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
            JsonValue.Create(whole),
        _ when Leads(text) && text.Contains('.') && text.Count(char.IsAsciiDigit) >= text.Length - 2
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number)
            => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private static bool Leads(string text)
    {
        var digits = text.TrimStart('-');
        return digits.Length > 0 && char.IsAsciiDigit(digits[0])
            && (digits == "0" || digits[0] != '0' || digits.StartsWith("0.", StringComparison.Ordinal));
    }

    private static int Size(JsonNode? node) => node switch
    {
        JsonObject map => 1 + map.Sum(p => Size(p.Value)),
        JsonArray items => 1 + items.Sum(Size),
        _ => 1,
    };
}
