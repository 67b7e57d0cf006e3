using System.Collections.Immutable;
using System.Globalization;
using Paco.Binding;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>A parameter of a stack that files may name as <c>${Name}</c>: CloudFormation's type and where its value comes from.</summary>
public sealed record Variable(string Name, string Type, Source Source, Diagnostics.Location Location)
{
    /// <summary>Reads a map of variables; mistakes are reported.</summary>
    /// <param name="field">The field that holds them, as messages call it.</param>
    /// <param name="own">Parameters the stack has anyway.</param>
    internal static ImmutableArray<Variable> ReadAll(Fields f, Node? node, string field, IReadOnlyCollection<string> own) =>
        [.. EntriesOf(f, node, field).Select(e => Read(f, e, own)).OfType<Variable>()];

    internal static ImmutableArray<Entry> EntriesOf(Fields f, Node? node, string field)
    {
        if (node is not (null or MapNode))
            f.Report(BindingCodes.WrongType, node.Location, $"\"{field}\" takes names with values, got {node.Kind}");
        return node is MapNode map ? map.Entries : [];
    }

    private static Variable? Read(Fields f, Entry entry, IReadOnlyCollection<string> own)
    {
        var isTaken = own.Contains(entry.Key);
        if (isTaken || entry.Key.Length == 0 || !entry.Key.All(char.IsAsciiLetterOrDigit))
        {
            f.Report(BindingCodes.BadName, entry.KeyLocation, $"\"{entry.Key}\" cannot be a parameter's name",
                isTaken ? "the stack has a parameter of that name" : "letters and digits only");
            return null;
        }
        if (entry.Value is not ScalarNode { Tag: null, IsNull: false } scalar || (scalar.Plain && scalar.Value is "true" or "false"))
        {
            f.Report(BindingCodes.WrongType, entry.Value.Location,
                $"the parameter \"{entry.Key}\" takes text, a number or a reference, got {entry.Value.Kind}",
                entry.Value is ScalarNode { IsNull: false } ? "put it in quotes" : null);
            return null;
        }
        if (Ref.IsRef(scalar.Value))
        {
            return f.Reference(scalar.Value, scalar) is { } reference
                ? new Variable(entry.Key, "String", new RefSource(reference), entry.KeyLocation)
                : null;
        }
        return new Variable(entry.Key, IsNumber(scalar) ? "Number" : "String", new LiteralSource(scalar.Value), entry.KeyLocation);
    }

    private static bool IsNumber(ScalarNode scalar) =>
        scalar.Plain
        && decimal.TryParse(scalar.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out _);
}
