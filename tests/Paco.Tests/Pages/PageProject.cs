using System.Text;
using Paco.Linking;
using Paco.Resources.LaunchBundles;
using Paco.Stacks;

namespace Paco.Tests.Pages;

/// <summary>The project around a page, and how its results are shown.</summary>
internal static class PageProject
{
    public static void Write(TemporaryFolder folder, PageSection section)
    {
        folder.CopyFrom(Repository.Path("tests", "projects", "page"));
        var netenv = File.ReadAllText(Path.Combine(folder.Path, "netenv", "mynet.yaml"));
        foreach (var block in section.Blocks.Where(b => b.IsInput))
        {
            if (block.Kind == "file")
                folder.Write(block.Argument, block.Text);
            else if (block.Kind == "yaml")
                netenv = Insert(netenv, block.Argument, block.Text);
        }
        if (!section.Blocks.Any(b => b is { Kind: "file", Argument: "netenv/mynet.yaml" }))
            folder.Write("netenv/mynet.yaml", netenv);
    }

    public static string Show(Compilation compilation, PageBlock block) => block.Kind switch
    {
        "diagnostics" => Diagnostics(compilation),
        "stacks" => Stacks(compilation),
        "template" => Find(compilation, block) is { } s
            ? new TemplatePart(block.Arguments[1..]).Show(s.Template)
            : $"no such stack:\n{Stacks(compilation)}\n{Diagnostics(compilation)}",
        "parameters" => Find(compilation, block) is { } s
            ? string.Join('\n', s.Parameters.Select(p => $"{p.Name}: {p.Source}"))
            : $"no such stack:\n{Stacks(compilation)}\n{Diagnostics(compilation)}",
        "actions" => Lines(compilation, graph => graph.Nodes.OfType<ActionNode>().Select(a => $"{a.Id}: {a.Action.Title}")),
        "bundle" => Bundled(compilation, block.Arguments[0].Split('/')),
        var other => throw new InvalidOperationException($"a page has no block \"{other}\""),
    };

    private static string Bundled(Compilation compilation, string[] path) =>
        compilation.Graph?.Nodes.OfType<ActionNode>().Select(n => n.Action).OfType<LaunchBundleUpload>()
            .SelectMany(upload => upload.Bundles.Bundles)
            .FirstOrDefault(b => b.Name == path[0])?.Files.FirstOrDefault(f => f.Name == path[1])?.Text
        ?? $"no such file:\n{Diagnostics(compilation)}";

    private static string Insert(string text, string marker, string block)
    {
        var line = text.Split('\n').Single(l => l.Trim() == $"# {marker}");
        var indent = line[..line.IndexOf('#', StringComparison.Ordinal)];
        return text.Replace(line, string.Join('\n', block.TrimEnd().Split('\n').Select(l => indent + l)), StringComparison.Ordinal);
    }

    private static Stack? Find(Compilation compilation, PageBlock block) =>
        compilation.Graph?.Stacks.FirstOrDefault(s => block.Arguments[0].Split('@') is [var name, .. var account]
            && s.Id.Name == name && (account is not [var one] || s.Id.Place.Account == one));

    private static string Stacks(Compilation compilation) =>
        Lines(compilation, graph => graph.Stacks.Select(s => s.Id.Name + (s.Enabled ? "" : " (disabled)")
            + (s.ChangeProtected ? " (change protected)" : "")
            + (s.Id.Place == new Clouds.Place("dev", "us-west-2") ? "" : $" in {s.Id.Place}"))
            .Concat(graph.NotBuilt.Where(n => n.Reason is not null).Select(n => $"{n.Name} (left: {n.Title} {n.Reason})")));

    // A project with mistakes has no graph; a page that is about its stacks must not take that for a graph without any.
    private static string Lines(Compilation compilation, Func<StackGraph, IEnumerable<string>> show) =>
        compilation.Graph is { } graph ? string.Join('\n', show(graph)) : $"no graph:\n{Diagnostics(compilation)}";

    private static string Diagnostics(Compilation compilation)
    {
        var text = new StringBuilder();
        foreach (var d in compilation.Diagnostics)
        {
            text.Append(
                $"{d.Severity.ToString().ToLowerInvariant()} {d.Code.Id} {d.Location}: {d.Message}{(d.Hint is null ? "" : $" ({d.Hint})")}\n");
        }
        return text.ToString();
    }
}
