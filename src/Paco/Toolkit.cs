using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Linking;
using Paco.Monitoring;
using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco;

/// <summary>The public face of the library.</summary>
public static class Toolkit
{
    /// <summary>
    /// Reads of a project what a scope needs, and builds and links that. Pure: the result depends on the files below
    /// <paramref name="home"/> alone. Mistakes are in <see cref="Compilation.Diagnostics"/>; nothing is thrown for them.
    /// </summary>
    /// <param name="scope">What is asked for; null reads and checks everything. Its stacks are the same either way.</param>
    public static Compilation Compile(string home, Scope? scope = null)
    {
        var bag = new DiagnosticBag();
        var wanted = scope ?? Scope.All;
        if (ProjectReader.Open(home, bag) is not { } reader)
            return new Compilation(null, null, bag.ToSorted(), bag.Count);
        reader.Read(wanted);
        var graph = Link(reader, wanted, bag);
        if (!bag.HasErrors)
            TemplateChecks.Check(graph.Within(wanted).Stacks, graph.Objects, bag);
        return new Compilation(reader.Project, bag.HasErrors ? null : graph, bag.ToSorted(), bag.Count);
    }

    /// <summary>The scopes a project offers, by their names; nothing is checked. None where there is no project.</summary>
    public static ImmutableArray<Scope> Scopes(string home) => ProjectReader.Open(home, new DiagnosticBag())?.Scopes ?? [];

    // Also where fields are wrong already: a misspelt reference should be named in the same run. What must be there before the
    // scope may itself use what was not read (a zone of resource/ the VPC of another environment): then that is read too.
    private static StackGraph Link(ProjectReader reader, Scope scope, DiagnosticBag bag)
    {
        while (true)
        {
            var graph = Linker.Link(reader.Project.Build(bag));
            if (!reader.Read(graph.LeadsTo(scope.Part)))
                return graph;
        }
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
        if (Project is null || scope == Scope.All || scope.Path.First == "accounts")
            return null;
        if (NotBuilt(scope) is { } notBuilt)
            return notBuilt.Message;
        if (Project.Index.Objects.Keys.Any(path => scope.Covers(path)))
            return null;
        var reached = Project.Index.Reached(scope.Path);
        var rest = reached.Rest(scope.Path).First;
        var names = Project.Index.Children(reached).Order(StringComparer.Ordinal).ToArray();
        return $"{scope.Path} does not exist: {(reached == ObjectPath.Root ? "the project" : reached.Text)} has no \"{rest}\""
            + (Spelling.DidYouMean(rest, names) is { } hint
                ? $"; {hint}"
                : names.Length is > 0 and < 20 ? $"; there is: {string.Join(", ", names)}"
                : "");
    }

    /// <summary>True for a scope that is there and that this version does not build yet.</summary>
    public bool IsNotBuilt(Scope scope) => NotBuilt(scope) is not null;

    // A file below resource/ that comes later: one sentence, whoever asks.
    private Diagnostic? NotBuilt(Scope scope) => scope.Path.Parts is ["resource", _, ..]
        ? Diagnostics.FirstOrDefault(d => d.Code == LaterCodes.NotBuiltYet && d.Subject is { } subject && scope.Part.Path == subject)
        : null;
}
