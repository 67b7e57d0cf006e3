namespace Paco.CloudFormation;

/// <summary>What a value mentions: the names in its Ref, GetAtt and Sub, which are logical ids, parameters and AWS's own.</summary>
internal static class TemplateReferences
{
    public static IEnumerable<string> In(Value? value) => value switch
    {
        RefValue r => [r.LogicalId],
        GetAttValue g => [g.LogicalId],
        FunctionValue { Name: "Fn::Sub", Argument: TextValue t } => InText(t.Text),
        FunctionValue { Name: "Fn::Sub", Argument: ListValue { Items: [TextValue t, ..] } list } =>
            InText(t.Text).Concat(list.Items.SelectMany(In)),
        FunctionValue f => In(f.Argument),
        ListValue l => l.Items.SelectMany(In),
        MapValue m => m.SelectMany(e => In(e.Value)),
        _ => [],
    };

    private static IEnumerable<string> InText(string text) =>
        text.Split("${").Skip(1).Select(part => part.Split('}', '.')[0]);
}
