using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Paco.CloudFormation;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Monitoring;

/// <summary>
/// What is kept with an alarm for whoever is told of it: one line of JSON, as deployed stacks have it to the letter. Programs read it, so
/// keys and their order stay.
/// </summary>
internal sealed class AlarmDescription(BuildScope scope)
{
    /// <param name="path">The alarm's own path.</param>
    /// <param name="topics">The topics that are told: name, and the parameter that holds the ARN.</param>
    public Value Of(string path, AlarmFacts alarm, ImmutableArray<(string Group, string Parameter)> topics)
    {
        var text = Document(path, alarm, topics.Select(t => t.Group), topics.Select(t => $"${{{t.Parameter}}}"));
        return topics.IsEmpty
            ? text.Replace(Escaped, Opening, StringComparison.Ordinal)
            : Fn.Sub(text, MapValue.Of(topics, t => t.Parameter, t => Fn.Ref(t.Parameter)));
    }

    /// <summary>How long it is once the ARNs stand in it.</summary>
    public int LengthOf(string path, AlarmFacts alarm, ImmutableArray<string> groups, string region) =>
        Document(path, alarm, groups, groups.Select(group => ArnOf(group, region)))
            .Replace(Escaped, Opening, StringComparison.Ordinal).Length;

    private const string Opening = "${";
    private const string Escaped = "${!";

    // CloudFormation calls a topic after its stack and logical id, and adds twelve or thirteen signs.
    private string ArnOf(string group, string region) =>
        $"arn:{scope.Place.Partition.Name}:sns:{region}:123456789012:SNS-{scope.Place.Account}-SNS-Topic{Names.LogicalId(group)}-"
            + "ABCDEFGHIJKLM";

    private string Document(string path, AlarmFacts alarm, IEnumerable<string> groups, IEnumerable<string> arns)
    {
        var pairs = Common(path, alarm).Concat([("notification_groups", List(groups, Literal)), ("topic_arns", List(arns, text => text))])
            .Concat(Own(alarm)).Concat(Where());
        return $"{{{string.Join(", ", pairs.Select(p => $"\"{p.Item1}\": {p.Item2}"))}}}";
    }

    private IEnumerable<(string, string)> Common(string path, AlarmFacts alarm) =>
    [
        ("ref", Text(path)), ("project_name", Text(scope.Build.Project.Name)), ("project_title", Text(scope.Build.Project.Title)),
        ("account_name", Text(scope.Place.Account)), ("alarm_name", Text(alarm.Name)), ("classification", Text(alarm.Classification)),
        ("severity", Text(alarm.Severity)),
    ];

    private static IEnumerable<(string, string)> Own(AlarmFacts alarm) =>
        ((string, string?)[])[("description", alarm.Description), ("runbook_url", alarm.RunbookUrl)] is var all
            ? all.Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => (p.Item1, Text(p.Item2!)))
            : [];

    // Names are those from the network environment down: netenv, environment, application, group, resource, as far as they go.
    private IEnumerable<(string, string)> Where()
    {
        foreach (var (at, what) in ((int, string)[])[(2, "app"), (3, "resource_group"), (4, "resource"), (0, "netenv"), (1, "env")])
        {
            if (at < scope.Names.Length)
            {
                yield return ($"{what}_name", Text(scope.Names[at]));
                yield return ($"{what}_title", Text(scope.Titles.ElementAtOrDefault(at) ?? ""));
            }
        }
        if (scope.Environment is { } environment)
        {
            yield return ("envreg_name", Text(new ObjectPath(environment.Path).Last));
            yield return ("envreg_title", Text(environment.Title));
        }
    }

    private static string List(IEnumerable<string> items, Func<string, string> text) =>
        $"[{string.Join(", ", items.Select(item => Quoted(text(item))))}]";

    private static string Text(string text) => Quoted(Literal(text));

    // CloudFormation would take ${…} of a title for a variable.
    private static string Literal(string text) => Escape(text).Replace(Opening, Escaped, StringComparison.Ordinal);

    private static string Quoted(string escaped) => $"\"{escaped}\"";

    private static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny('"', '\\') && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' or > '~' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }
        return escaped.ToString();
    }
}

/// <summary>What the description says of the alarm itself.</summary>
internal sealed record AlarmFacts(string Name, string Classification, string Severity)
{
    public string? Description { get; init; }

    public string? RunbookUrl { get; init; }
}
