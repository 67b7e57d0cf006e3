namespace Paco.CloudFormation;

/// <summary>What a value mentions by its Ref, GetAtt and Sub: resources, parameters and AWS's own names.</summary>
internal static class TemplateReferences
{
    /// <summary>The names: logical ids, parameters, AWS's own.</summary>
    public static IEnumerable<string> In(Value? value) => Mentions(value).Select(m => m.Name);

    /// <summary>The names, each with the attribute that is meant; without one for what Ref gives.</summary>
    public static IEnumerable<(string Name, string? Attribute)> Mentions(Value? value) => value switch
    {
        RefValue r => [(r.LogicalId, null)],
        GetAttValue g => [(g.LogicalId, g.Attribute)],
        FunctionValue { Name: "Fn::Sub", Argument: TextValue t } => InText(t.Text),
        FunctionValue { Name: "Fn::Sub", Argument: ListValue { Items: [TextValue t, ..] } list } =>
            InText(t.Text).Concat(list.Items.SelectMany(Mentions)),
        FunctionValue f => Mentions(f.Argument),
        ListValue l => l.Items.SelectMany(Mentions),
        MapValue m => m.SelectMany(e => Mentions(e.Value)),
        _ => [],
    };

    private static IEnumerable<(string, string?)> InText(string text) =>
        from name in SubText.Pieces(text).Select(piece => piece.Name?.Split('.', 2)).OfType<string[]>()
        select (name[0], name.ElementAtOrDefault(1));
}
