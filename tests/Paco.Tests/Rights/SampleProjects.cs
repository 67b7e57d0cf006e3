using Paco.Diagnostics;
using Paco.Tests.BadInput;
using Paco.Tests.Pages;
using Paco.Tests.Rights.Deployed;

namespace Paco.Tests.Rights;

/// <summary>Projects with pipelines: one with every form there is, and the starter.</summary>
internal static class SampleProjects
{
    private const string Starter = "starter";

    public static readonly string[] All = ["pipelines", Starter];

    /// <summary>Those and all other projects of the tests.</summary>
    public static readonly string[] Every = [.. All, "customers", "moto"];

    /// <summary>Those of the pages about rooms that show a text.</summary>
    public static IEnumerable<DeployedProject> Pages(string shown)
    {
        var sections = from file in Directory.EnumerateFiles(Repository.Path("src", "Paco"), "*.test.md", SearchOption.AllDirectories)
                       from section in Page.Read(file).Sections
                       where section.Blocks.Any(b => b.Text.Contains(shown, StringComparison.Ordinal))
                       select section;
        foreach (var section in sections)
        {
            using var folder = new TemporaryFolder();
            PageProject.Write(folder, section);
            if (StandIns.Compile(folder.Path, section) is { Graph: not null } compilation)
                yield return new DeployedProject(compilation);
        }
    }

    public static DeployedProject Deployed(string name) => new(Compiled(name));

    public static Compilation Compiled(string name)
    {
        using var folder = name == Starter ? Starting.Folder() : new TemporaryFolder();
        if (name != Starter)
            folder.CopyFrom(Repository.Path("tests", "projects", name));
        var compilation = Toolkit.Compile(folder.Path);
        Findings.None(compilation.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{d.Location}: {d.Message}"));
        return compilation;
    }
}
