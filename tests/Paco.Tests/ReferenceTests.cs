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
            from field in All(type.Fields)
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

    private static IEnumerable<FieldDoc> All(IEnumerable<FieldDoc> fields) => fields.SelectMany(f => All(f.Fields).Prepend(f));

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
            page.Append($"\n## {code.Id}\n\n**{Upper(code.Title)}** ({code.Severity.ToString().ToLowerInvariant()})\n\n{code.Explanation}\n");
        return page.ToString();
    }

    private static string ResourcesPage()
    {
        var page = new StringBuilder("# Resource types and global files\n\nWritten from the code; `paco explain TYPE` says the same.\n");
        foreach (var type in Reference.Types)
        {
            page.Append($"\n## {type.Name}\n\n{type.Summary}\n\n");
            foreach (var field in type.Fields)
                Field(page, field, 0);
        }
        return page.ToString();
    }

    private static void Field(StringBuilder page, FieldDoc field, int depth)
    {
        var notes = string.Join(", ", new[] { field.Type, field.Required ? "required" : null, field.Default is null ? null : $"default `{field.Default}`", field.Constraint }.OfType<string>());
        page.Append(' ', depth * 2).Append($"- `{field.Name}` ({notes}): {field.Doc}\n");
        foreach (var inner in field.Fields)
            Field(page, inner, depth + 1);
    }

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
