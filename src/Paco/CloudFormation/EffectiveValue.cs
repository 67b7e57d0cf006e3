using System.Text;

namespace Paco.CloudFormation;

/// <summary>A value that only applying makes known.</summary>
/// <param name="Text">What is known of it, the rest as in Fn::Sub: <c>arn:aws:s3:::${Bucket}/*</c>.</param>
internal sealed record UnknownValue(string Text) : Value;

/// <summary>Values as CloudFormation sees them: parameters filled in, what is not known yet marked so.</summary>
internal static class EffectiveValue
{
    public static Value? Of(Value? value, TemplateSide side) => value switch
    {
        null => null,
        RefValue reference when side.Parameters.TryGetValue(reference.LogicalId, out var known) => known is null
            ? Unknown(reference.LogicalId)
            : known,
        RefValue reference when side.Moved.Contains(reference.LogicalId) => Unknown(reference.LogicalId),
        GetAttValue attribute when side.Moved.Contains(attribute.LogicalId) => Unknown($"{attribute.LogicalId}.{attribute.Attribute}"),
        FunctionValue { Name: "Fn::Sub", Argument: TextValue text } => Filled(text.Text, side),
        FunctionValue function => function with { Argument = Of(function.Argument, side)! },
        ListValue list => new ListValue([.. list.Items.Select(item => Of(item, side)!)]),
        MapValue map => Of(map, side),
        _ => value,
    };

    public static MapValue Of(MapValue map, TemplateSide side) =>
        MapValue.Of(map.Where(e => e.Value is not RefValue { LogicalId: "AWS::NoValue" })).Change(value => Of(value, side));

    private static UnknownValue Unknown(string name) => new($"${{{name}}}");

    // ${Name} in a text is a parameter, a resource or one of AWS's own names, which stay.
    private static Value Filled(string text, TemplateSide side)
    {
        var filled = new StringBuilder();
        var at = 0;
        var isUnknown = false;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is >= 0 and var start && text.IndexOf('}', start) is > 0 and var end)
        {
            var name = text[(start + 2)..end].Trim();
            var isParameter = side.Parameters.TryGetValue(name, out var value);
            isUnknown |= (isParameter && value is null) || side.Moved.Contains(name.Split('.')[0]);
            filled.Append(text, at, start - at).Append(isParameter && value is not null ? value : text[start..(end + 1)]);
            at = end + 1;
        }
        filled.Append(text, at, text.Length - at);
        var whole = filled.ToString();
        if (isUnknown)
            return new UnknownValue(whole);
        return whole.Contains("${", StringComparison.Ordinal) ? new FunctionValue("Fn::Sub", whole) : new TextValue(whole);
    }
}
