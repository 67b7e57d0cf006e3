using System.Collections.Immutable;
using Paco.Binding;
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
        f.Structure(name, doc) is { } node ? Of(f, node) : null;

    /// <summary>A node with its references, checked like those of any other field.</summary>
    public static Value Of(Fields f, Node node) => Replace(f, node, TemplateReader.FromNode(node));

    private static Value Replace(Fields f, Node node, Value value) => value switch
    {
        TextValue text when node is ScalarNode scalar => Text(f, text.Text, scalar),
        ListValue list when node is ListNode items => new ListValue([.. list.Items.Select((item, i) => Replace(f, items.Items[i], item))]),
        MapValue map when node is MapNode entries => MapValue.Of(map, e => e.Key, e => Replace(f, entries[e.Key]!, e.Value)),
        _ => value,
    };

    private static Value Text(Fields f, string text, ScalarNode node)
    {
        if (Ref.IsRef(text))
            return Reference(f, text, node) is { } input ? input : text;
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? Sub(f, text, node) : text;
    }

    private static InputValue? Reference(Fields f, string text, ScalarNode node) =>
        f.Reference(text, node) is { } reference ? new InputValue(reference) : null;

    private static Value Sub(Fields f, string text, ScalarNode node)
    {
        var body = text[Prefix.Length..].Trim();
        if (body.Length < 2 || body[0] != '\'' || body[^1] != '\'' || !body.Contains("${", StringComparison.Ordinal))
        {
            f.Report(BindingCodes.BadValue, node.Location,
                "paco.sub is written paco.sub '…${paco.ref …}…', with single quotes and at least one ${…}");
            return text;
        }
        var parts = Parts(f, body[1..^1], node);
        return parts is [var only] ? only : Fn.Join("", parts);
    }

    // What is not a reference (${AWS::Region}) is CloudFormation's and goes into a Sub of its own.
    private static ImmutableArray<Value> Parts(Fields f, string body, ScalarNode node)
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
            parts.Add(Ref.IsRef(inner) ? Reference(f, inner, node) is { } input ? input : inner : Fn.Sub($"${{{inner}}}"));
            at = end + 1;
        }
        if (at < body.Length)
            parts.Add(body[at..]);
        return parts.DrainToImmutable();
    }
}
