using System.Collections.Immutable;
using System.Text;

namespace Paco.CloudFormation;

/// <summary>A value that only applying makes known.</summary>
/// <param name="Text">What is known of it, the rest as in Fn::Sub: <c>arn:aws:s3:::${Bucket}/*</c>.</param>
internal sealed record UnknownValue(string Text) : Value
{
    /// <summary>The references in it that are not known.</summary>
    public ImmutableArray<MovedReference> Causes { get; init; } = [];
}

/// <summary>Values as CloudFormation sees them: parameters filled in, what is not known yet marked so.</summary>
internal static class EffectiveValue
{
    public static Value? Of(Value? value, TemplateSide side) => value switch
    {
        null => null,
        RefValue reference when side.Parameters.TryGetValue(reference.LogicalId, out var known) && known is not null => known,
        RefValue reference when side.MovementOf(reference.LogicalId) is not Movement.Stays and var movement =>
            Unknown(reference.LogicalId, movement),
        GetAttValue a when side.MovementOf(a.LogicalId, a.Attribute) is not Movement.Stays and var movement =>
            Unknown($"{a.LogicalId}.{a.Attribute}", movement),
        FunctionValue { Name: "Fn::Sub", Argument: TextValue text } => Filled(text.Text, side, []),
        FunctionValue { Name: "Fn::Sub", Argument: ListValue { Items: [TextValue text, MapValue own] } } =>
            Filled(text.Text, side, Of(own, side)),
        FunctionValue function => function with { Argument = Of(function.Argument, side)! },
        ListValue list => new ListValue([.. list.Items.Select(item => Of(item, side)!)]),
        MapValue map => Of(map, side),
        _ => value,
    };

    public static MapValue Of(MapValue map, TemplateSide side) =>
        MapValue.Of(map.Where(e => e.Value is not RefValue { LogicalId: "AWS::NoValue" })).Change(value => Of(value, side));

    /// <summary>The references in a value that are not known.</summary>
    public static IEnumerable<MovedReference> Causes(Value? value) => value switch
    {
        UnknownValue unknown => unknown.Causes,
        FunctionValue function => Causes(function.Argument),
        ListValue list => list.Items.SelectMany(Causes),
        MapValue map => map.SelectMany(e => Causes(e.Value)),
        _ => [],
    };

    private static UnknownValue Unknown(string name, Movement movement) =>
        new($"${{{name}}}") { Causes = [new MovedReference(name, movement)] };

    private static string? TextOf(Value value) => value switch
    {
        TextValue text => text.Text,
        UnknownValue unknown => unknown.Text,
        _ => null,
    };

    // ${Name} in a text is a name of the function's own, a parameter, a resource or one of AWS's own names, which stay.
    private static Value Filled(string text, TemplateSide side, MapValue own)
    {
        var filled = new StringBuilder();
        var causes = ImmutableArray.CreateBuilder<MovedReference>();
        foreach (var piece in SubText.Pieces(text))
        {
            if (piece.Name is not { } name)
            {
                filled.Append(piece.Written);
                continue;
            }
            var value = own[name] is { } given ? TextOf(given) : side.Parameters.GetValueOrDefault(name);
            if (own[name] is { } moving)
                causes.AddRange(Causes(moving));
            else if (side.MovementOf(name) is not Movement.Stays and var movement)
                causes.Add(new MovedReference(name, movement));
            filled.Append(value ?? piece.Written);
        }
        var whole = filled.ToString();
        if (causes.Count > 0)
            return new UnknownValue(whole) { Causes = causes.DrainToImmutable() };
        if (!whole.Contains("${", StringComparison.Ordinal))
            return new TextValue(whole);
        return new FunctionValue("Fn::Sub", own.Count == 0 ? whole : Value.List(whole, own));
    }
}
