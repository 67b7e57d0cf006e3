using System.Collections.Immutable;
using System.Text;
using Paco.CloudFormation;
using Paco.Clouds;

namespace Paco.Tests.Rights.Deployed;

/// <summary>A template whose functions are resolved.</summary>
/// <param name="account">The number of the account it is in.</param>
/// <param name="parameter">A parameter's value by its name.</param>
internal sealed class DeployedStack(Place place, string account, string name, Template template, Func<string, string> parameter)
{
    private readonly Dictionary<string, DeployedResource> _resources = [];

    public string Account => account;

    public string Region => place.Region;

    public string Partition => place.Partition.Name;

    public string Name => name;

    public IEnumerable<DeployedResource> Resources => template.Resources.Select(r => Resource(r.LogicalId));

    public string Output(string key) => Text(template.Outputs.Single(o => o.Key == key).Value);

    /// <summary>The value with no function in it; what is <c>AWS::NoValue</c> is gone.</summary>
    public Value Resolve(Value value) => value switch
    {
        RefValue reference => Ref(reference.LogicalId),
        GetAttValue a => Resource(a.LogicalId).Attribute(a.Attribute),
        FunctionValue function => Function(function),
        ListValue list => Value.List(list.Items.Where(i => !IsNothing(i)).Select(Resolve)),
        MapValue map => MapValue.Of(map.Where(e => !IsNothing(e.Value))).Change(Resolve),
        _ => value,
    };

    private static bool IsNothing(Value value) => value is RefValue { LogicalId: "AWS::NoValue" };

    private DeployedResource Resource(string logicalId)
    {
        if (!_resources.TryGetValue(logicalId, out var resource))
            _resources[logicalId] = resource = new DeployedResource(this, template.Find(logicalId)!);
        return resource;
    }

    private Value Ref(string logicalId) => template.Parameters.FirstOrDefault(p => p.Name == logicalId) is { } declared
        ? Parameter(declared)
        : Pseudo(logicalId) ?? Resource(logicalId).PhysicalId;

    private Value Parameter(TemplateParameter declared) => declared.Type.StartsWith("List<", StringComparison.Ordinal)
        || declared.Type == "CommaDelimitedList"
            ? Value.List(parameter(declared.Name).Split(',').Select(item => (Value)item))
            : parameter(declared.Name);

    private string? Pseudo(string id) => id switch
    {
        "AWS::AccountId" => account,
        "AWS::Region" => place.Region,
        "AWS::Partition" => Partition,
        "AWS::URLSuffix" => place.Partition.Domain,
        "AWS::StackName" => name,
        "AWS::StackId" => $"arn:{Partition}:cloudformation:{place.Region}:{account}:stack/{name}/0",
        _ => null,
    };

    private Value Function(FunctionValue function) => (function.Name, function.Argument) switch
    {
        ("Fn::Sub", TextValue text) => Filled(text.Text, []),
        ("Fn::Sub", ListValue { Items: [TextValue text, MapValue own] }) => Filled(text.Text, own),
        ("Fn::Join", ListValue { Items: [TextValue between, var list] }) => string.Join(between.Text, Items(list).Select(Text)),
        ("Fn::Select", ListValue { Items: [NumberValue index, var list] }) => Items(list).ElementAt((int)index.Number),
        ("Fn::Split", ListValue { Items: [TextValue between, var text] }) =>
            Value.List(Text(text).Split(between.Text).Select(t => (Value)t)),
        ("Fn::GetAZs", _) => Value.List($"{place.Region}a", $"{place.Region}b", $"{place.Region}c"),
        ("Fn::Base64", var text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(text))),
        _ => throw new NotSupportedException($"nothing here knows {function.Name} as it is written in {name}"),
    };

    private ImmutableArray<Value> Items(Value list) =>
        Resolve(list) is ListValue items ? items.Items : throw new NotSupportedException($"{list} in {name}");

    private string Text(Value value) => Resolve(value) switch
    {
        TextValue text => text.Text,
        NumberValue number => number.Text,
        FlagValue flag => flag.Flag ? "true" : "false",
        ListValue list => string.Join(",", list.Items.Select(Text)),
        var other => throw new NotSupportedException($"{other} in {name}"),
    };

    // ${Name}, ${Resource.Attribute}; ${!Name} stays for IAM.
    private string Filled(string text, MapValue own)
    {
        var filled = new StringBuilder();
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = text.IndexOf('}', start);
            var inner = text[(start + 2)..end].Trim();
            filled.Append(text, at, start - at).Append(
                inner.StartsWith('!') ? $"${{{inner[1..]}}}"
                : own[inner] is { } given ? Text(given)
                : Text(inner.Split('.', 2) is [var id, var attribute] ? new GetAttValue(id, attribute) : new RefValue(inner)));
            at = end + 1;
        }
        return filled.Append(text, at, text.Length - at).ToString();
    }
}
