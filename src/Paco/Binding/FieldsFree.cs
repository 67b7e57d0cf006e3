using System.Collections.Immutable;
using Paco.Syntax;

namespace Paco.Binding;

/// <summary>Free structure: nobody reads it field by field, but what it refers to must be there.</summary>
public sealed partial class Fields
{
    private const string Opening = "${";

    /// <summary>
    /// A reference in something that is only read, or plain text: its object must be there; which outputs it will have nobody knows yet.
    /// </summary>
    public string? Mentioned(string name, string doc)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.Reference([], new Shape.Text()), doc));
        return Written(name) is { } node ? MentionedText(node, name, orText: true) : null;
    }

    /// <summary>Several references in something that is only read.</summary>
    public ImmutableArray<string> AllMentioned(string name, string doc)
    {
        Know(name)?.Add(new FieldDoc(name, new Shape.ListOf(new Shape.Reference([])), doc));
        return [.. Items(name).Select(item => MentionedText(item, name, orText: false)).OfType<string>()];
    }

    private string? MentionedText(Node node, string name, bool orText)
    {
        if (TextOf(node, name, null) is not { } text)
            return null;
        if ((!orText || Binding.Ref.IsRef(text)) && node is ScalarNode scalar)
            Mention(text, scalar);
        return text;
    }

    // Texts that are a reference as a whole, and those that hold some: paco.sub '… ${paco.ref …} …'.
    private void Mentions(Node node)
    {
        switch (node)
        {
            case ScalarNode scalar when scalar.Value.StartsWith(Binding.Ref.Prefix, StringComparison.Ordinal):
                Mention(scalar.Value, scalar);
                break;
            case ScalarNode scalar when scalar.Value.StartsWith("paco.sub ", StringComparison.Ordinal):
                foreach (var part in scalar.Value.Split(Opening).Skip(1))
                    MentionInside(part, scalar);
                break;
            case ListNode list:
                foreach (var item in list.Items)
                    Mentions(item);
                break;
            case MapNode map:
                foreach (var entry in map.Entries)
                    Mentions(entry.Value);
                break;
        }
    }

    private void MentionInside(string part, ScalarNode node)
    {
        var text = part.Split('}')[0].Trim();
        if (text.StartsWith(Binding.Ref.Prefix, StringComparison.Ordinal))
            Mention(text, node);
    }

    private void Mention(string text, ScalarNode node)
    {
        if (Binding.Ref.Parse(node.Part(text), _context.Scope, out var problem) is { } found)
            _context.Index.Add(new RefUse(found, Path, "", []) { ToObject = true });
        else
            Report(BindingCodes.NotAReference, node.Location, problem!, null, node);
    }
}
