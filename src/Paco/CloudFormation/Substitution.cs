using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.CloudFormation;

/// <summary>
/// Free structure in a project's files as a value: functions stay functions, a text that is a reference becomes an input, and
/// <c>paco.sub 'text ${paco.ref …} text'</c> becomes a join of texts and inputs.
/// </summary>
public static class Substitution
{
    private const string Prefix = "paco.sub ";

    /// <summary>What a field holds, or null where it is not written.</summary>
    public static Value? Value(this Fields f, string name, string doc) =>
        f.Raw(name, doc) is { } node ? Of(f, node) : null;

    /// <summary>A node with its references, checked like those of any other field.</summary>
    public static Value Of(Fields f, Node node) => Replace(f, node, TemplateReader.FromNode(node));

    private static Value Replace(Fields f, Node node, Value value) => value switch
    {
        TextValue text => Text(f, text.Text, node.Location),
        ListValue list when node is ListNode items => new ListValue([.. list.Items.Select((item, i) => Replace(f, items.Items[i], item))]),
        MapValue map when node is MapNode entries => Map(f, map, entries),
        _ => value,
    };

    private static MapValue Map(Fields f, MapValue map, MapNode node)
    {
        var replaced = new MapValue();
        foreach (var (key, value) in map)
            replaced.Add(key, Replace(f, node[key]!, value));
        return replaced;
    }

    private static Value Text(Fields f, string text, Location location)
    {
        if (Ref.IsRef(text))
            return Reference(f, text, location) is { } input ? input : text;
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? Sub(f, text, location) : text;
    }

    private static InputValue? Reference(Fields f, string text, Location location) =>
        f.Reference(text, location) is { } reference ? new InputValue(reference) : null;

    private static Value Sub(Fields f, string text, Location location)
    {
        var body = text[Prefix.Length..].Trim();
        if (body.Length < 2 || body[0] != '\'' || body[^1] != '\'' || !body.Contains("${", StringComparison.Ordinal))
        {
            f.Report(BindingCodes.BadValue, location, "paco.sub is written paco.sub '…${paco.ref …}…', with single quotes and at least one ${…}");
            return text;
        }
        var parts = Parts(f, body[1..^1], location);
        return parts is [var only] ? only : Fn.Join("", parts);
    }

    // What is not a reference (${AWS::Region}) is CloudFormation's and goes into a Sub of its own.
    private static ImmutableArray<Value> Parts(Fields f, string body, Location location)
    {
        var parts = ImmutableArray.CreateBuilder<Value>();
        var at = 0;
        while (at < body.Length)
        {
            var start = body.IndexOf("${", at, StringComparison.Ordinal);
            var end = start < 0 ? -1 : body.IndexOf('}', start);
            if (end < 0)
                break;
            if (start > at)
                parts.Add(body[at..start]);
            var inner = body[(start + 2)..end].Trim();
            parts.Add(Ref.IsRef(inner) ? Reference(f, inner, location) is { } input ? input : inner : Fn.Sub($"${{{inner}}}"));
            at = end + 1;
        }
        if (at < body.Length)
            parts.Add(body[at..]);
        return parts.DrainToImmutable();
    }
}
