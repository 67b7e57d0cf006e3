namespace Paco.Architecture.Tests;

/// <summary>The house rule: a folder uses only the folders above it in the tables of ARCHITECTURE.md, and no room another room.</summary>
public sealed class FloorTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("PACO_UPDATE") == "1";

    private static readonly Lazy<SourceProject> Library = new(() => SourceProject.Read("Paco"));

    [Fact]
    public void Every_folder_of_the_library_has_its_floor()
    {
        var floors = new Floors(Library.Value, ArchitecturePage.LibraryFloors);
        Assert.DoesNotContain(Library.Value.Trees.Select(Library.Value.Folder), folder => floors.Entry(folder) is null);
        Assert.All(floors.Order, entry => Assert.Contains(Library.Value.Trees, tree => floors.Entry(Library.Value.Folder(tree)) == entry));
    }

    [Fact]
    public void A_folder_of_the_library_uses_only_folders_above_it_and_the_page_draws_which()
    {
        var floors = new Floors(Library.Value, ArchitecturePage.LibraryFloors);
        var uses = Uses(Library.Value);
        Assert.Equal("", string.Join('\n', floors.Breaches(uses)));

        var graph = FloorGraph.Draw(floors.Order, [.. floors.Edges(uses)]);
        if (Update)
            ArchitecturePage.Graph = graph;
        Assert.Equal(graph, ArchitecturePage.Graph);
    }

    [Theory]
    [InlineData("Paco.Aws")]
    [InlineData("Paco.Cli")]
    public void A_folder_of_another_project_uses_only_folders_before_it(string name)
    {
        var project = SourceProject.Read(name);
        Assert.Equal("", string.Join('\n', new Floors(project, ArchitecturePage.FloorsOf(name)).Breaches(Uses(project))));
    }

    private static List<SymbolUse> Uses(SourceProject project)
    {
        var walks = project.Trees.AsParallel().Select(tree => SymbolUses.In(project.Compilation, tree))
            .Select(walk => (walk, uses: walk.All())).ToList();
        // What the compiler cannot resolve here would be missed.
        Assert.Equal("", string.Join('\n', walks.SelectMany(w => w.walk.Unknown)));
        return [.. walks.SelectMany(w => w.uses)];
    }
}
