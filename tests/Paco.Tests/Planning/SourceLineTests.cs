using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Planning;
using Paco.Stacks;
using Paco.Tests.BadInput;

namespace Paco.Tests.Planning;

/// <summary>
/// The line of a changed property: that of the field whose text it is, also where others have the same name or the same text.
/// </summary>
public sealed class SourceLineTests
{
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

    private static TemplateSide Side(Stack stack, Func<string, string> change) =>
        new((MapValue)Changed(stack.Template.ToValue(), change), new Dictionary<string, string?>());

    private static Value Changed(Value value, Func<string, string> change) => value switch
    {
        TextValue text => change(text.Text),
        MapValue map => map.Change(v => Changed(v, change)),
        _ => value,
    };
}
