using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Resources.Asg;

/// <summary>A file that holds CloudFormation text, and the check of the names in it.</summary>
internal sealed partial record CfnText(SourceFile File, Value Value)
{
    private static readonly string[] PseudoParameters =
    [
        "AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName",
        "AWS::URLSuffix",
    ];

    public static CfnText? Read(Fields f, SourceFile? file) =>
        file is not null && YamlReader.Read(file, f.Context.Bag) is { } node
            ? new CfnText(file, TemplateReader.FromNode(node))
            : null;

    /// <summary>Where a name first stands in the file.</summary>
    public Location PlaceOf(string name)
    {
        var at = Match($"${{{name}}}") is var written and >= 0 ? written : Match(name);
        if (at < 0)
            return Location.Of(File);
        var before = File.Text.AsSpan(0, at);
        return new Location(File, before.Count('\n') + 1, at - before.LastIndexOf('\n'), name.Length + 3);
    }

    /// <summary>
    /// Names must be parameters: the text is part of the launch template, which everything else in the stack waits for, so
    /// CloudFormation has nothing else to put in.
    /// </summary>
    public static void Check(Fields f, Value value, Func<string, Location> place, IReadOnlyCollection<string> parameters)
    {
        foreach (var name in Names(value).Distinct())
        {
            if (PseudoParameters.Contains(name) || parameters.Contains(name) || AsgParameters.Own.Contains(name))
                continue;
            var near = Spelling.DidYouMean(name, [.. parameters, .. PseudoParameters]);
            f.Report(BindingCodes.BrokenRule, place(name), $"\"{name}\" is no parameter of cfn_init",
                near ?? $"add it to cfn_init's parameters, or write the shell's own variable as ${name} or ${{!{name}}}");
        }
    }

    private int Match(string text) => File.Text.IndexOf(text, StringComparison.Ordinal);

    private static IEnumerable<string> Names(Value value) => value switch
    {
        RefValue reference => [reference.LogicalId],
        GetAttValue attribute => [attribute.LogicalId],
        FunctionValue { Name: "Fn::Sub", Argument: TextValue text } => Variables(text.Text),
        FunctionValue { Name: "Fn::Sub", Argument: ListValue { Items: [TextValue text, MapValue own] } } =>
            [.. Variables(text.Text).Except(own.Select(e => e.Key)), .. own.SelectMany(e => Names(e.Value))],
        FunctionValue function => Names(function.Argument),
        ListValue list => list.Items.SelectMany(Names),
        MapValue map => map.SelectMany(e => Names(e.Value)),
        _ => [],
    };

    // ${X} and ${X.Attribute} name X; ${!X} is the text ${X}.
    private static IEnumerable<string> Variables(string text) =>
        Variable().Matches(text).Select(m => m.Groups[1].Value.Trim())
            .Select(n => n.StartsWith("AWS::", StringComparison.Ordinal) ? n : n.Split('.')[0]);

    [GeneratedRegex(@"\$\{([^!}][^}]*)\}")]
    private static partial Regex Variable();
}

/// <summary>Parameters the stack has on its own.</summary>
internal static class AsgParameters
{
    public static readonly string[] Own =
    [
        "InstanceAMI", "SecurityGroupList", "InstanceKeyPair", "ASGSubnetList", "DesiredCapacity", "LoadBalancerNames",
        "EIPAllocationId", "ECSClusterName", "MinInstancesInService",
    ];
}
