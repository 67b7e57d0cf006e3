using System.Reflection;
using System.Text;
using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Tests;

/// <summary>What can be looked up is complete, and the pages below docs/ say the same. PACO_UPDATE=1 rewrites them.</summary>
public sealed class ReferenceTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("PACO_UPDATE") == "1";

    public static readonly TheoryData<string> Declared = [.. DeclaredCodes().Select(c => c.Id)];

    [Theory]
    [MemberData(nameof(Declared))]
    public void Every_code_of_the_library_can_be_looked_up_once(string id) => Assert.Single(Reference.Codes, c => c.Id == id);

    [Fact]
    public void No_two_codes_have_one_id() =>
        Assert.Empty(DeclaredCodes().GroupBy(c => c.Id).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Codes_are_numbered_by_what_they_are_about() =>
        Assert.All(Reference.Codes, c => Assert.Matches("^PACO[1-9][0-9]{3}$", c.Id));

    [Fact]
    public void Every_code_says_what_it_is_in_sentences() =>
        Assert.All(Reference.Codes, c => Assert.True(c.Title.Length > 0 && c.Explanation.EndsWith('.'), c.Id));

    [Fact]
    public void Every_field_of_every_type_is_explained() =>
        Assert.Empty(
            from type in Reference.Types
            from field in Below(type.Fields).Prepend(type.Fields).SelectMany(o => o.All)
            where field.Doc.Length == 0
            select $"{type.Name}: {field.Name}");

    [Fact]
    public void The_page_of_diagnostics_says_what_the_code_says() => Compare("diagnostics.md", DiagnosticsPage());

    [Fact]
    public void The_page_of_resources_says_what_the_code_says() => Compare("resources.md", ResourcesPage());

    private static IEnumerable<DiagnosticCode> DeclaredCodes() =>
        from type in typeof(Reference).Assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where field.FieldType == typeof(DiagnosticCode)
        orderby type.FullName, field.MetadataToken
        select (DiagnosticCode)field.GetValue(null)!;

    private static void Compare(string page, string text)
    {
        var path = Repository.Path("docs", page);
        if (Update)
            File.WriteAllText(path, text);
        Assert.Equal(text, File.Exists(path) ? File.ReadAllText(path) : "");
    }

    private static string DiagnosticsPage()
    {
        var page = new StringBuilder("# Diagnostics\n\nWritten from the code; `paco explain CODE` says the same.\n");
        foreach (var code in Reference.Codes)
        {
            page.Append(
                $"\n## {code.Id}\n\n**{Upper(code.Title)}** ({code.Severity.ToString().ToLowerInvariant()})\n\n{code.Explanation}\n");
        }
        return page.ToString();
    }

    private static string ResourcesPage()
    {
        var shared = Shared();
        var page = new StringBuilder("# Files and resource types\n\nWritten from the code; `paco explain NAME` says the same.\n");
        foreach (var type in Reference.Types)
            page.Append($"\n## {type.Name}\n\n{type.Summary}\n\n{Fields(type.Fields, 0, shared)}");
        page.Append("\n# Objects that several have\n");
        foreach (var (text, type) in shared.OrderBy(s => s.Value.Name, StringComparer.Ordinal))
            page.Append($"\n## {type.Name}\n\n{Fields(type, 0, shared)}");
        return page.ToString();
    }

    // What is met more than twice and is longer than a few lines has a section of its own, where its name is nobody else's.
    private static Dictionary<string, ObjectDoc> Shared() =>
        Reference.Types.SelectMany(t => Below(t.Fields)).GroupBy(b => b.Name).Select(named => named.GroupBy(b => Fields(b, 0, [])).ToList())
            .Where(texts => texts is [var only] && only.Count() > 2 && only.Key.Count(c => c == '\n') > 4)
            .ToDictionary(texts => texts[0].Key, texts => texts[0].First());

    private static IEnumerable<ObjectDoc> Below(ObjectDoc type) =>
        type.All.Select(f => f.Shape.Below).OfType<ObjectDoc>().SelectMany(b => Below(b).Prepend(b));

    private static string Fields(ObjectDoc type, int depth, Dictionary<string, ObjectDoc> shared)
    {
        var page = new StringBuilder();
        foreach (var field in type.All)
        {
            var below = field.Shape.Below;
            var isShared = below is not null && shared.Count > 0 && shared.ContainsKey(Fields(below, 0, []));
            page.Append(' ', depth * 2).Append($"- `{field.Name}` ({field.Notes}): {field.Doc}");
            page.Append(isShared ? $" See [{below!.Name}](#{below.Name.ToLowerInvariant()}).\n" : "\n");
            if (below is not null && !isShared)
                page.Append(Fields(below, depth + 1, shared));
        }
        return page.ToString();
    }

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
