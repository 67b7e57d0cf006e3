using System.Text.RegularExpressions;

namespace Paco.Tests.Pages;

/// <summary>
/// Runs the pages: Markdown files named *.test.md beside the rooms. See tests/Paco.Tests/Pages/README.md for how to write one.
/// With PACO_UPDATE=1 in the environment the expected blocks are rewritten instead of compared; read the difference before
/// committing it.
/// </summary>
public sealed class PageTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("PACO_UPDATE") == "1";

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var file in Directory.EnumerateFiles(Repository.Path("src", "Paco"), "*.test.md", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            foreach (var section in Page.Read(file).Sections)
                cases.Add(Path.GetRelativePath(Repository.Root, file), section.Title);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_page_holds(string file, string title)
    {
        var page = Page.Read(Repository.Path(file));
        var section = page.Sections.Single(s => s.Title == title);
        Assert.Contains(section.Blocks, b => !b.IsInput);
        using var folder = new TemporaryFolder();
        PageProject.Write(folder, section);
        var compilation = StandIns.Compile(folder.Path, section);
        foreach (var block in section.Blocks.Where(b => !b.IsInput))
        {
            var actual = PageProject.Show(compilation, block);
            if (Update)
                page.Replace(section, block, actual);
            else
                Assert.Equal(block.Text.Trim(), actual.Trim());
        }
        Findings.None(WithoutSource(compilation));
    }

    // What leads nowhere has no source; whoever asks for it has been told, and then there is no graph.
    private static IEnumerable<string> WithoutSource(Compilation compilation) =>
        from stack in compilation.Graph?.Stacks ?? []
        where stack.Enabled
        from parameter in stack.Template.Parameters
        where !stack.Parameters.Any(p => p.Name == parameter.Name)
        select $"{stack.Id.Name} is given no {parameter.Name}";
}

/// <summary>A Markdown file: sections (##) with fenced blocks.</summary>
internal sealed partial class Page(string path, string text)
{
    private static readonly Lock Writing = new();

    public IEnumerable<PageSection> Sections =>
        Headings().Split(text).Skip(1).Select(part =>
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            return new PageSection(part[..end].Trim(),
                [.. Fences().Matches(part[end..]).Select(m => new PageBlock(m.Groups[1].Value.Trim(), m.Groups[2].Value, m.Value))]);
        });

    public static Page Read(string path) => new(path, File.ReadAllText(path));

    public void Replace(PageSection section, PageBlock block, string actual)
    {
        lock (Writing)
        {
            var now = File.ReadAllText(path);
            var at = now.IndexOf(block.Whole, now.IndexOf($"## {section.Title}\n", StringComparison.Ordinal), StringComparison.Ordinal);
            var expected = actual.TrimEnd().TrimStart('\n') is { Length: > 0 } text ? text + "\n" : "";
            File.WriteAllText(path, $"{now[..at]}```{block.Info}\n{expected}```{now[(at + block.Whole.Length)..]}");
        }
    }

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("^```([^\n]*)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();
}

internal sealed record PageSection(string Title, IReadOnlyList<PageBlock> Blocks);

/// <summary>A fenced block: what stands behind the fence (<c>yaml resources</c>, <c>template NAME</c>), and its text.</summary>
internal sealed record PageBlock(string Info, string Text, string Whole)
{
    public string Kind => Info.Split(' ')[0];

    public string Argument =>
        Info.Contains(' ', StringComparison.Ordinal) ? Info[(Info.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim() : "";

    public string[] Arguments => Argument.Split(' ');

    public bool IsInput => Kind is "yaml" or "file" or "offers" or "world";
}
