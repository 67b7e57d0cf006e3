using System.Text.RegularExpressions;

namespace Paco.Architecture.Tests;

/// <summary>ARCHITECTURE.md: the order of the folders is read from its tables, and the graph is written into it.</summary>
internal static partial class ArchitecturePage
{
    private static readonly string File = Repository.Path("ARCHITECTURE.md");

    private static string Text => System.IO.File.ReadAllText(File);

    /// <summary>The library's folders from the ground up: the first cells of the table, and last what stands beside the folders.</summary>
    public static IReadOnlyList<string> LibraryFloors =>
        [.. LibraryRow().Matches(Text).SelectMany(row => Folder().Matches(row.Groups[1].Value)).Select(f => f.Groups[1].Value), ""];

    /// <summary>The folders of another project, where the table of projects says their order.</summary>
    public static IReadOnlyList<string> FloorsOf(string project) =>
        [
            .. Folder().Matches(Text.Split('\n').Single(l => l.StartsWith($"| `src/{project}` |", StringComparison.Ordinal)).Split('|')[3])
                .Select(f => f.Groups[1].Value),
        ];

    public static string Graph
    {
        get => Between().Match(Text).Groups[1].Value;
        set =>
            System.IO.File.WriteAllText(File,
                Between().Replace(Text, $"<!-- floors -->\n{value.Replace("$", "$$", StringComparison.Ordinal)}<!-- /floors -->"));
    }

    [GeneratedRegex("^\\| ((?:`[A-Z][A-Za-z/*]*/`(?:, )?)+) \\|", RegexOptions.Multiline)]
    private static partial Regex LibraryRow();

    [GeneratedRegex("`([A-Za-z/*]+)/`")]
    private static partial Regex Folder();

    [GeneratedRegex("<!-- floors -->\n(.*?)<!-- /floors -->", RegexOptions.Singleline)]
    private static partial Regex Between();
}
