using Paco.CloudFormation;

namespace Paco.Planning.Security;

/// <summary>
/// Values of a stack as a person reads them. What is not known yet stays a reference, <c>${WebRole.Arn}</c> or
/// <c>${app/site/alb ▸ dnsname}</c>; nothing is guessed.
/// </summary>
internal sealed class DisplayValues(PlannedStack stack, OutputNames outputs)
{
    private static readonly string[] NameProperties =
    [
        "RoleName", "UserName", "GroupName", "ManagedPolicyName", "PolicyName", "BucketName", "QueueName", "TopicName", "FunctionName",
        "RepositoryName",
    ];

    private readonly List<string> _secrets =
        [
            .. stack.Stack.Parameters.Where(p => p.NoEcho).Select(p => stack.Parameters.GetValueOrDefault(p.Name)).OfType<string>()
                .Where(v => v.Length > 0 && !PlannedValues.IsMasked(v)),
        ];

    /// <summary>The number of the account the stack is in, where something deployed there tells it.</summary>
    public string? AccountId { get; } = outputs.AccountId(stack.Id.Place.Account);

    /// <summary>A value as text; empty for nothing.</summary>
    public string Text(Value? value) => value switch
    {
        null => "",
        TextValue text => _secrets.Exists(s => text.Text.Contains(s, StringComparison.Ordinal))
            ? "(secret)"
            : text.Text.ReplaceLineEndings("⏎"),
        NumberValue number => number.Text,
        FlagValue flag => flag.Flag ? "true" : "false",
        RefValue reference => Filled($"${{{reference.LogicalId}}}", []),
        GetAttValue attribute => Filled($"${{{attribute.LogicalId}.{attribute.Attribute}}}", []),
        UnknownValue unknown => Filled(unknown.Text, []),
        FunctionValue function => Function(function),
        ListValue list => string.Join(", ", list.Items.Select(Text)),
        MapValue map => $"{{{string.Join(", ", map.Select(e => $"{e.Key}: {Text(e.Value)}"))}}}",
        _ => "?",
    };

    public IEnumerable<string> Texts(Value? value) => Items(value).Select(Text);

    /// <summary>
    /// What a value names, where the whole of it is a reference: the name of a resource of this stack or of another's output.
    /// </summary>
    public string Name(Value? value) => value switch
    {
        RefValue { LogicalId: var id } => NameOf(id),
        GetAttValue { LogicalId: var id } => NameOf(id),
        UnknownValue { Text: ['$', '{', .. var name, '}'] } when !name.Contains('}') => Output(name) ?? NameOf(name.Split('.')[0]),
        TextValue { Text: var text } when outputs.ByValue(text) is { } named => named,
        _ => Text(value),
    };

    public IEnumerable<string> Names(Value? value) => Items(value).Select(Name);

    /// <summary>The name a resource is given, or its logical id.</summary>
    public string NameOf(string logicalId) => NameOf(logicalId, stack.Stack.Template.Find(logicalId)?.Properties);

    public static string NameOf(string logicalId, MapValue? properties) =>
        properties is null
            ? logicalId
            : NameProperties.Select(n => (properties[n] as TextValue)?.Text).FirstOrDefault(n => n is not null) ?? logicalId;

    /// <summary>The entries of a list; a single value stands for a list of one, as in policies. Of a choice, both sides.</summary>
    public static IEnumerable<Value> Items(Value? value) => value switch
    {
        null or RefValue { LogicalId: "AWS::NoValue" } => [],
        ListValue list => list.Items.SelectMany(Items),
        FunctionValue { Name: "Fn::If", Argument: ListValue { Items: [_, var yes, var no] } } => Items(yes).Concat(Items(no)),
        _ => [value],
    };

    private string Function(FunctionValue function) => function switch
    {
        { Name: "Fn::Sub", Argument: TextValue text } => Filled(text.Text, []),
        { Name: "Fn::Sub", Argument: ListValue { Items: [TextValue text, MapValue variables] } } => Filled(text.Text, variables),
        { Name: "Fn::Join", Argument: ListValue { Items: [TextValue delimiter, ListValue items] } } =>
            string.Join(delimiter.Text, items.Items.Select(Text)),
        _ => $"${{{function.Name.Replace("Fn::", "", StringComparison.Ordinal)} {Text(function.Argument)}}}",
    };

    // The text of Fn::Sub: a variable is read, an output named, ${!x} is a variable of the policy's own; what is left stays as it is
    // written.
    private string Filled(string text, MapValue variables)
    {
        var pieces = SubText.Pieces(text).Select(piece => piece.Name is not { } name ? piece.Written
            : variables[name] is { } value ? Text(value) : Aws(name) ?? $"${{{Output(name) ?? name.TrimStart('!')}}}");
        return string.Concat(pieces).ReplaceLineEndings("⏎");
    }

    // What AWS fills in by itself, as far as the place of the stack says it.
    private string? Aws(string name) => (name, stack.Id.Place.Region) switch
    {
        ("AWS::AccountId", _) => AccountId,
        ("AWS::Region", var region) => region,
        ("AWS::StackName", _) => stack.Id.Name,
        ("AWS::Partition", _) => stack.Id.Place.Partition.Name,
        ("AWS::URLSuffix", _) => stack.Id.Place.Partition.Domain,
        _ => null,
    };

    private string? Output(string parameter) =>
        stack.Stack.Parameters.FirstOrDefault(p => p.Name == parameter)?.Source.Outputs.ToArray() is [var output]
            ? outputs.Of(output)
            : null;
}
