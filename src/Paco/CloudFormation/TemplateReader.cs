using System.Globalization;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.CloudFormation;

/// <summary>Turns YAML or JSON (deployed templates, free structure in project files) into values, functions in either form.</summary>
public static class TemplateReader
{
    /// <summary>A deployed template as one value, or null where it cannot be read.</summary>
    public static MapValue? Read(string body)
    {
        var bag = new DiagnosticBag();
        var node = YamlReader.Read(new SourceFile("template", body), bag);
        return bag.HasErrors || node is null ? null : FromNode(node) as MapValue;
    }

    /// <summary>A node with its functions: <c>!Ref X</c>, <c>{Ref: X}</c>, <c>!Sub</c>, <c>Fn::…</c>.</summary>
    public static Value FromNode(Node node) => node.Tag is { } tag && tag != "!replace" ? Tagged(tag, node) : Untagged(node);

    private static Value Untagged(Node node) => node switch
    {
        ScalarNode scalar => FromScalar(scalar),
        ListNode list => new ListValue([.. list.Items.Select(FromNode)]),
        MapNode { Entries: [{ Key: "Ref", Value: ScalarNode { Tag: null } target }] } => new RefValue(target.Value),
        MapNode { Entries: [{ Key: var key } only] }
            when key.StartsWith("Fn::", StringComparison.Ordinal) => Function(key, FromNode(only.Value)),
        MapNode map => FromMap(map),
        _ => throw new InvalidOperationException($"{node.GetType().Name} is no node"),
    };

    private static MapValue FromMap(MapNode map) => MapValue.Of(map.Entries, e => e.Key, e => FromNode(e.Value));

    private static Value Tagged(string tag, Node node)
    {
        if (tag == "!Ref" && node is ScalarNode target)
            return new RefValue(target.Value);
        var argument = node is ScalarNode text ? new TextValue(text.Value) : Untagged(node);
        return Function(tag == "!Condition" ? "Condition" : "Fn::" + tag[1..], argument);
    }

    private static Value Function(string name, Value argument) => (name, argument) switch
    {
        ("Fn::GetAtt", TextValue { Text: var path }) when path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot =>
            new GetAttValue(path[..dot], path[(dot + 1)..]),
        ("Fn::GetAtt", ListValue { Items: [TextValue id, TextValue attribute] }) => new GetAttValue(id.Text, attribute.Text),
        _ => new FunctionValue(name, argument),
    };

    private static Value FromScalar(ScalarNode scalar)
    {
        if (!scalar.Plain)
            return scalar.Value;
        if (scalar.IsNull)
            return "";
        return scalar.Value switch
        {
            "true" => true,
            "false" => false,
            var text when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number)
                && number.ToString(CultureInfo.InvariantCulture) == text => new NumberValue(number),
            var text => text,
        };
    }
}
