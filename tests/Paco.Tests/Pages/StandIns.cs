using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Linking;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Tests.Pages;

/// <summary>
/// Objects that stand in for those of other rooms, so that a page about one room needs no other: a block <c>offers</c> with
/// lines <c>KIND PATH: OUTPUT OUTPUT</c>, the path below the environment's region or below a root of its own.
/// </summary>
internal static class StandIns
{
    private const string Region = "netenv.mynet.dev.us-west-2.";

    public static Compilation Compile(string home, PageSection section)
    {
        var lines = section.Blocks.Where(b => b.Kind == "offers").SelectMany(b => b.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .ToArray();
        if (lines.Length == 0)
            return Toolkit.Compile(home);
        var bag = new DiagnosticBag();
        var reader = ProjectReader.Open(home, bag)!;
        reader.Read(Scope.All);
        var project = reader.Project;
        var models = Array.ConvertAll(lines, line => Add(project.Index, line));
        var build = project.Build(bag);
        foreach (var (path, outputs) in models)
            Offer(build, path, outputs);
        var graph = Linker.Link(build);
        if (!bag.HasErrors)
            TemplateChecks.Check(graph.Stacks, graph.Objects, bag);
        return new Compilation(project, bag.HasErrors ? null : graph, bag.ToSorted(), bag.Count);
    }

    private static (string Path, string[] Outputs) Add(ObjectIndex index, string line)
    {
        var (kind, path) = (line[..line.IndexOf(' ', StringComparison.Ordinal)],
            line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..line.IndexOf(':', StringComparison.Ordinal)]);
        if (!path.StartsWith("resource.", StringComparison.Ordinal))
            path = Region + path;
        var fields = new Fields(null, "", path, null, new BindContext(new DiagnosticBag(), null!, index));
        index.Add(kind == "CodeCommitRepository" ? new Repository(fields) : new StandIn(fields, kind));
        return (path, line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Offer(BuildContext build, string path, string[] outputs)
    {
        var name = path.Split('.')[^1];
        foreach (var output in outputs)
        {
            build.Offers.Add($"{path}.{output}",
                new OutputSource(new NodeId(new Place("dev", "us-west-2"), $"elsewhere-{name}"), Names.Camel(output)));
        }
    }

    private class StandIn(Fields f, string kind) : Model(f)
    {
        public override string Kind => kind;
    }

    private sealed class Repository(Fields f) : StandIn(f, "CodeCommitRepository"), ICodeCommitRepository
    {
        public string RepositoryName => Path.Last;

        public string AccountName => "prod";

        public string Region => "us-west-2";

        public Ref Arn => ToRef().Output("arn");
    }
}
