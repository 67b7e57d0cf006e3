using System.Globalization;
using System.Text.RegularExpressions;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Linking;
using Paco.Planning;
using Paco.Stacks;
using Paco.Tests.BadInput;

namespace Paco.Tests.Planning;

/// <summary>
/// The line of a changed property: that of the field whose text, number or flag it is, also where others have the same name or value.
/// </summary>
public sealed partial class SourceLineTests
{
    private const string Netenv = "netenv/mynet.yaml";

    private const string Group = """
        groups:
          type: DBParameterGroup
          enabled: true
          description: mysql8.4
          family: mysql8.4
          parameters:
            description: mysql8.4
            family: utf8mb4
        """;

    [Theory]
    [InlineData("Family", 31)]
    [InlineData("Description", 30)]
    [InlineData("Parameters.family", 34)]
    [InlineData("Parameters.description", 33)]
    public void A_text_is_found_where_its_field_is_written(string property, int line)
    {
        using var project = new BadProject().Resources(Group);
        var compilation = project.Compile();
        Assert.False(compilation.HasErrors);
        var stack = compilation.Graph!.Stacks.Single(s => s.Template.Resources.Any(r => r.Type == "AWS::RDS::DBParameterGroup"));
        var after = Side(stack, text => text);
        var change = TemplateDiff.Compare(Side(stack, text => text.StartsWith("AWS::", StringComparison.Ordinal) ? text : $"{text}x"),
            after, ResourceSchemas.Shared)
            .Single(c => c.Type == "AWS::RDS::DBParameterGroup");

        var placed = SourceLines.Place(change, stack, compilation.Project!.Index);

        Assert.Equal(line, placed.Properties.Single(p => p.Path == property).Source.Line);
    }

    // Any field of the starter that is a number or a flag, changed by itself: what a plan says has changed stands in that very line. The
    // name of a bucket is put together of several fields, and is looked for under its own.
    [Fact]
    public void A_number_or_a_flag_is_found_where_it_is_written()
    {
        using var folder = Starting.Folder();
        var lines = File.ReadAllLines(Path.Combine(folder.Path, Netenv));
        var before = Toolkit.Compile(folder.Path).Graph!;
        var (right, wrong) = (0, new List<string>());
        foreach (var (index, line) in lines.Index()
            .Where(l => Plain().IsMatch(l.Item) && !l.Item.Contains("add_paco_suffix", StringComparison.Ordinal)))
        {
            var other = Other(line);
            folder.Write(Netenv, string.Join('\n', lines.Select((l, i) => i == index ? other : l)));
            var after = Toolkit.Compile(folder.Path);
            var value = other.Split(": ")[^1];
            foreach (var change in after.Graph?.Stacks.SelectMany(stack => Changes(before, stack, after)) ?? [])
            {
                if (change.Source.Line == index + 1)
                    right++;
                else if (change.After == value || change.Source.Line > 0)
                    wrong.Add($"{line.Trim()} ({index + 1}): {change.Path}, {change.Source}");
            }
        }
        Assert.Empty(wrong);
        Assert.True(right > 20, $"only {right} changes have a line");
    }

    private static IEnumerable<PropertyChange> Changes(StackGraph before, Stack after, Compilation compilation) =>
        before.Stacks.FirstOrDefault(s => s.Id == after.Id) is not { } stack ? [] :
            TemplateDiff.Compare(Side(stack, text => text), Side(after, text => text), ResourceSchemas.Shared)
                .Select(change => SourceLines.Place(change, after, compilation.Project!.Index))
                .Where(change => change.Kind is ChangeKind.Update or ChangeKind.Replace)
                .SelectMany(change => change.Properties);

    private static string Other(string line) => line.TrimEnd() switch
    {
        [.. var start, 't', 'r', 'u', 'e'] => $"{start}false",
        [.. var start, 'f', 'a', 'l', 's', 'e'] => $"{start}true",
        var number => Plain().Replace(number, m => $": {int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) + 1}"),
    };

    [GeneratedRegex(@": (\d+|true|false) *$")]
    private static partial Regex Plain();

    private static TemplateSide Side(Stack stack, Func<string, string> change) =>
        new((MapValue)Changed(stack.Template.ToValue(), change), new Dictionary<string, string?>());

    private static Value Changed(Value value, Func<string, string> change) => value switch
    {
        TextValue text => text with { Text = change(text.Text) },
        MapValue map => map.Change(v => Changed(v, change)),
        _ => value,
    };
}
