using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Linking;
using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco;

/// <summary>The public face of the library.</summary>
public static class Toolkit
{
    /// <summary>
    /// Reads a project and builds and links everything in it. Pure: the result depends on the files below
    /// <paramref name="home"/> alone. Mistakes are in <see cref="Compilation.Diagnostics"/>; nothing is thrown for them.
    /// </summary>
    /// <param name="scope">Whose templates are held against Amazon's schemas; everything is built and linked whatever the scope.</param>
    public static Compilation Compile(string home, Scope? scope = null)
    {
        var bag = new DiagnosticBag();
        var project = ProjectReader.Read(home, bag);
        // Also where fields are wrong already: a misspelt reference should be named in the same run.
        var graph = project is null ? null : Linker.Link(project.Build(bag));
        if (graph is not null && !bag.HasErrors)
            TemplateChecks.Check(graph.Within(scope ?? Scope.All).Stacks, bag);
        return new Compilation(project, bag.HasErrors ? null : graph, bag.ToSorted(), bag.Count);
    }
}

/// <summary>What compiling a project yields.</summary>
/// <param name="Project">Null where the directory holds no project.</param>
/// <param name="Graph">Null where there are errors.</param>
/// <param name="MistakeCount">How many diagnostics there were, also those past the limit of the list.</param>
public sealed record Compilation(PacoProject? Project, StackGraph? Graph, ImmutableArray<Diagnostic> Diagnostics, int MistakeCount)
{
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>What is wrong with a scope in this project, or null: the message names what there is instead.</summary>
    public string? ProblemWith(Scope scope)
    {
        if (Project is null || scope == Scope.All || scope.Path.First == "accounts" || Project.Index.Objects.Keys.Any(path => scope.Covers(path)))
            return null;
        ObjectPath reached = Project.Index.Reached(scope.Path);
        var rest = reached.Rest(scope.Path).First;
        var names = Project.Index.Children(reached).Order(StringComparer.Ordinal).ToArray();
        return $"{scope.Path} does not exist: {(reached == ObjectPath.Root ? "the project" : reached.Text)} has no \"{rest}\""
            + (Spelling.DidYouMean(rest, names) is { } hint ? $"; {hint}" : names.Length is > 0 and < 20 ? $"; there is: {string.Join(", ", names)}" : "");
    }
}
