using Microsoft.CodeAnalysis;

namespace Paco.Architecture.Tests;

/// <summary>
/// The order of a project's folders: each uses only those before it. <c>Resources/*</c> stands for every folder below it that has no entry
/// of its own, and those do not use each other. What no entry covers is the project's face or its common ground: it is held to nothing,
/// unless the entry <c>""</c> gives it a floor.
/// </summary>
internal sealed class Floors(SourceProject project, IReadOnlyList<string> order)
{
    public IReadOnlyList<string> Order => order;

    /// <summary>Uses of another folder, by entry: what the graph is drawn from.</summary>
    public IEnumerable<(string From, string To)> Edges(IEnumerable<SymbolUse> uses) =>
        (from use in uses
         where use.Symbol is not INamespaceSymbol
         let edge = (From: Entry(project.Folder(use.Tree)), To: Entry(project.Folder(use.Declared[0])))
         where edge.From is not null && edge.To is not null && edge.From != edge.To
         select (edge.From!, edge.To!)).Distinct();

    /// <summary>One line for each thing of a floor below, or of another room, that a file uses.</summary>
    public IReadOnlyList<string> Breaches(IEnumerable<SymbolUse> uses) =>
    [
        .. from use in uses
           let folder = project.Folder(use.Tree)
           let used = use.Declared.Select(project.Folder).Distinct().ToList()
           let wrong = used.Where(to => !Allowed(folder, to)).ToList()
           // A namespace is nobody's as long as part of it may be used.
           where use.Symbol is INamespaceSymbol ? wrong.Count == used.Count : wrong.Count > 0
           group use by $"{folder} uses {wrong[0]}: {Path.GetFileName(use.Tree.FilePath)}:{use.Line}" into line
           select $"{line.Key} {string.Join(", ", line.Select(u => u.Symbol.Name).Distinct().Order())}",
    ];

    public string? Entry(string folder) =>
        order.Where(entry => Covers(entry, folder)).MaxBy(entry => (!entry.EndsWith('*'), entry.Length));

    private bool Allowed(string from, string to) =>
        (Entry(from), Entry(to)) is not ({ } user, { } used)
        || (user == used ? !user.EndsWith('*') || Room(user, from) == Room(used, to) : Floor(used) < Floor(user));

    private int Floor(string entry) => order.TakeWhile(e => e != entry).Count();

    private static bool Covers(string entry, string folder) =>
        entry == folder || (entry.Length > 0 && $"{folder}/".StartsWith(entry.TrimEnd('*').TrimEnd('/') + '/', StringComparison.Ordinal));

    private static string Room(string entry, string folder) => folder[(entry.Length - 1)..].Split('/')[0];
}
