using System.Text;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Linking;

/// <summary>
/// Values that are too long for AWS, as far as the files tell how long they will be. What is known only later counts as nothing, or as what
/// of it is sure, so that nothing is refused that would fit.
/// </summary>
internal sealed class Sizes(IEnumerable<Stack> stacks, ObjectIndex? objects)
{
    public static readonly DiagnosticCode TooLong = new("PACO3096", Severity.Error, "a value that is longer than AWS takes",
        "CloudFormation takes 4,096 bytes as the value of a parameter; IAM takes 6,144 characters in a managed policy, and 10,240 in all policies of a role's own, blanks not counted. The message says which limit it is. No request raises these.");

    private const int MaxParameterBytes = 4096;
    private const int AccountDigits = 12;

    private readonly Dictionary<NodeId, Stack> _stacks = stacks.ToDictionary(s => s.Id);

    public void Check(Stack stack, DiagnosticBag bag)
    {
        foreach (var parameter in stack.Parameters)
        {
            if (parameter.Source is LiteralSource { Text: var text }
                && Encoding.UTF8.GetByteCount(text) is > MaxParameterBytes and var bytes)
            {
                bag.Add(TooLong, PlaceOf(stack, text),
                    $"{parameter.Name} of {stack.Id.Name} has {bytes} bytes; a parameter takes {MaxParameterBytes}",
                    "put long text into a file of the instance, or into a bucket", subject: stack.Ref);
            }
        }
        foreach (var resource in stack.Template.Resources)
        {
            foreach (var (property, most) in ResourceFacts.Of(resource.Type).Sizes)
            {
                if (At(resource.Properties, property).Sum(v => Json(v, stack)) is var length && length > most)
                {
                    bag.Add(TooLong, resource.Source,
                        $"{property} of {resource.LogicalId} ({resource.Type}) would have {length} characters at least; AWS takes {most}",
                        "divide what it is for among several, or name less", subject: stack.Ref);
                }
            }
        }
    }

    private Location PlaceOf(Stack stack, string text) =>
        objects is not null
        && WrittenFields.Of(objects, stack.Ref)?.PlaceOf(new MapValue { ["Value"] = text }, "Value", text) is { IsNone: false } place
            ? place
            : stack.Template.Resources[0].Source;

    private static IEnumerable<Value> At(Value? value, string path) => (value, path) switch
    {
        (null, _) => [],
        (_, "") => [value],
        (ListValue list, _) => list.Items.SelectMany(i => At(i, path)),
        (MapValue map, _) when path.Split('.', 2) is [var first, .. var rest] => At(map[first], string.Concat(rest)),
        _ => [],
    };

    private int Json(Value value, Stack stack) => value switch
    {
        NumberValue number => number.Text.Length,
        FlagValue flag => flag.Flag ? 4 : 5,
        ListValue list => 1 + Math.Max(1, list.Items.Where(IsThere).Sum(i => Json(i, stack) + 1)),
        MapValue map => 1 + Math.Max(1, map.Where(e => IsThere(e.Value)).Sum(e => e.Key.Length + 3 + Json(e.Value, stack) + 1)),
        RefValue or GetAttValue when ListOf(value, stack) is { } sources => 1 + sources.Items.Sum(s => 3 + Length(s, stack)),
        _ => 2 + Length(value, stack),
    };

    // A condition may leave out what it stands for.
    private static bool IsThere(Value value) => value is not (RefValue { LogicalId: "AWS::NoValue" } or FunctionValue { Name: "Fn::If" });

    private static ListSource? ListOf(Value value, Stack stack) => value is RefValue { LogicalId: var id }
        && stack.Parameters.FirstOrDefault(p => p.Name == id) is { Source: ListSource list, Type: not "String" } ? list : null;

    private int Length(Value value, Stack stack) => value switch
    {
        TextValue text => Length(text.Text),
        RefValue { LogicalId: "AWS::AccountId" } => AccountDigits,
        RefValue { LogicalId: "AWS::Region" } => stack.Id.Place.Region.Length,
        RefValue { LogicalId: "AWS::Partition" } => stack.Id.Place.Partition.Name.Length,
        RefValue { LogicalId: var id } => stack.Parameters.FirstOrDefault(p => p.Name == id) is { } parameter
            ? Length(parameter.Source, stack)
            : OfResource(id, ResourceFacts.Of(TypeOf(id, stack)).Reference, stack),
        GetAttValue { LogicalId: var id, Attribute: "Arn" } => OfResource(id, ResourceFacts.Of(TypeOf(id, stack)).Arn, stack),
        FunctionValue { Name: "Fn::Join", Argument: ListValue { Items: [TextValue { Text: var between }, ListValue parts] } } =>
            parts.Items.Sum(p => Length(p, stack)) + (Length(between) * Math.Max(0, parts.Items.Length - 1)),
        FunctionValue { Name: "Fn::Sub", Argument: TextValue { Text: var text } } => Substituted(text, [], stack),
        FunctionValue { Name: "Fn::Sub", Argument: ListValue { Items: [TextValue { Text: var text }, MapValue own] } } =>
            Substituted(text, own, stack),
        _ => 0,
    };

    private int Length(Source source, Stack stack) => source switch
    {
        LiteralSource literal => Length(literal.Text),
        AccountIdSource => AccountDigits,
        ListSource list => list.Items.Sum(i => Length(i, stack)) + (Length(list.Separator) * Math.Max(0, list.Items.Length - 1)),
        OutputSource { Node: var node, Key: var key } when _stacks.TryGetValue(node, out var other)
            && other.Template.Outputs.FirstOrDefault(o => o.Key == key) is { Value: { } value } => Length(value, other),
        _ => 0,
    };

    private static int Length(string text) => text.Count(c => !char.IsWhiteSpace(c));

    private int Substituted(string text, MapValue own, Stack stack) => SubText.Pieces(text).Sum(piece => piece.Name switch
    {
        null => Length(piece.Written),
        ['!', .. var name] => Length($"${{{name}}}"),
        var name when own[name] is { } value => Length(value, stack),
        var name when name.Split('.', 2) is [var resource, var attribute] => Length(new GetAttValue(resource, attribute), stack),
        var name => Length(new RefValue(name), stack),
    });

    private static string TypeOf(string logicalId, Stack stack) =>
        stack.Template.Resources.FirstOrDefault(r => r.LogicalId == logicalId)?.Type ?? "";

    // The parts that AWS chooses have a length too, where the form says it.
    private static int OfResource(string logicalId, IdentifierFormat? form, Stack stack)
    {
        var properties = stack.Template.Resources.FirstOrDefault(r => r.LogicalId == logicalId)?.Properties;
        return form?.Fill(part => part switch
        {
            "partition" => stack.Id.Place.Partition.Name,
            "region" => stack.Id.Place.Region,
            "account" => new string('0', AccountDigits),
            "uuid" => new string('0', 36),
            ['m', 'i', 'x', 'e', 'd', .. var count] => new string('x', int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
            ['h', 'e', 'x', .. var count] => new string('x', int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)),
            "name" => Text(properties?[ResourceFacts.Of(TypeOf(logicalId, stack)).NameProperty ?? "Name"]),
            _ => properties?[part] is { } given ? Text(given) : null,
        })?.Length ?? 0;
    }

    private static string Text(Value? value) => (value as TextValue)?.Text ?? "";
}
