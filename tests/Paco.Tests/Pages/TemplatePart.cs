using System.Collections.Immutable;
using Paco.CloudFormation;

namespace Paco.Tests.Pages;

/// <summary>
/// What a page shows of a template: <c>template STACK PATH… -KEY…</c>. Each path leads to an entry, from the top or from a resource; all of
/// what stands below it is shown, but for the entries whose key is left out.
/// </summary>
internal sealed class TemplatePart(IReadOnlyCollection<string> words)
{
    private readonly ImmutableArray<string> _paths = [.. words.Where(w => !w.StartsWith('-'))];
    private readonly ImmutableArray<string> _left = [.. words.Where(w => w.StartsWith('-')).Select(w => w[1..])];

    public string Show(Template template)
    {
        var whole = template.ToValue();
        if (_paths.IsEmpty)
            return TemplateWriter.ToYaml(Without(whole));
        return string.Join('\n', _paths.Select(path => At(whole, path) is { } part
            ? TemplateWriter.ToYaml(new MapValue { [path] = Without(part) }).Trim()
            : $"nothing is at {path}"));
    }

    private static Value? At(MapValue whole, string path) =>
        Walk(whole, path.Split('.')) ?? (whole["Resources"] is MapValue resources ? Walk(resources, path.Split('.')) : null);

    private static Value? Walk(Value? from, string[] path) =>
        path.Aggregate(from, (value, key) => (value as MapValue)?[key]);

    private Value Without(Value value) => value switch
    {
        MapValue map => Without(map),
        ListValue list => new ListValue([.. list.Items.Select(Without)]),
        _ => value,
    };

    private MapValue Without(MapValue map) => MapValue.Of(map.Where(e => !_left.Contains(e.Key)), e => e.Key, e => Without(e.Value));
}
