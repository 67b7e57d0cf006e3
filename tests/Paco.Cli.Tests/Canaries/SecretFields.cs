using System.Text;
using Paco.Binding;

namespace Paco.Cli.Tests.Canaries;

/// <summary>The fields that may hold a secret, found by walking everything that documentation and schemas are made of.</summary>
internal static class SecretFields
{
    /// <summary>Every field: its type or kind of file, and the keys that lead to it (<c>*</c> for a name, <c>-</c> for an item).</summary>
    public static IEnumerable<(string Type, string[] Path, Shape Shape)> All =>
        Reference.Types.SelectMany(t => Below(t.Fields, [], []).Select(f => (t.Name, f.Path, f.Shape)));

    /// <summary>A value at the end of a path, as YAML that begins at a depth.</summary>
    public static string Yaml(string[] path, string value, int depth)
    {
        var text = new StringBuilder();
        foreach (var (i, step) in path.Index())
        {
            var key = step == "*" ? "canarium" : step;
            var last = i == path.Length - 1;
            text.Append(' ', depth).Append(step == "-" ? "- inner: 1\n" : last ? $"{key}: {Indented(value, depth)}\n" : $"{key}:\n");
            depth += 2;
        }
        return text.ToString();
    }

    private static string Indented(string value, int depth) =>
        value.Replace("\n", $"\n{new string(' ', depth + 2)}", StringComparison.Ordinal);

    private static IEnumerable<(string[] Path, Shape Shape)> Below(ObjectDoc doc, string[] path, string[] inside)
    {
        if (inside.Contains(doc.Name))
            yield break;
        foreach (var field in doc.Fields)
        {
            yield return ([.. path, field.Name], field.Shape);
            foreach (var below in Within(field.Shape, [.. path, field.Name], [.. inside, doc.Name]))
                yield return below;
        }
    }

    private static IEnumerable<(string[] Path, Shape Shape)> Within(Shape shape, string[] path, string[] inside) => shape switch
    {
        Shape.Object { Doc: var doc } => Below(doc, path, inside),
        Shape.ListOf { Item: Shape.Object { Doc: var doc } } => Below(doc, [.. path, "-"], inside),
        Shape.MapOf { Value: Shape.Object { Doc: var doc } } => Below(doc, [.. path, "*"], inside),
        _ => [],
    };
}
