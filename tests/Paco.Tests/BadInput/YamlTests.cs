using Paco.CloudFormation;
using Paco.Syntax;

namespace Paco.Tests.BadInput;

/// <summary>Mistakes in the YAML itself: a place, a reason, and nothing silently lost.</summary>
public sealed class YamlTests
{
    private const string File = BadProject.Netenv;

    public static readonly TheoryData<string, string, int> NotYaml = new()
    {
        { "prose", "This is not YAML: at all: really\n", 1 },
        { "a tab", "network:\n\ttitle: x\n", 2 },
        { "an open quote", "network:\n  title: \"x\n", 2 },
        { "an open list", "network: [a, b\n", 2 },
        { "an indentation that lines up with nothing", "network:\n    title: x\n  enabled: true\n", 3 },
        { "JSON with a comma too many", "{\"network\": {\"title\": \"x\"},,}\n", 1 },
        { "two values", "network: 'a' 'b'\n", 1 },
        { "a key that is a list", "[a, b]: c\n", 1 },
        { "a second document", "network:\n  title: x\n---\nnetwork:\n  title: y\n", 3 },
        { "a merge key with a text", "network:\n  <<: x\n", 2 },
        { "a mark of a merge", "network:\n<<<<<<< HEAD\n  title: x\n=======\n  title: y\n>>>>>>> main\n", 3 },
        { "an anchor without a name", "network: & x\n", 1 },
    };

    [Theory]
    [MemberData(nameof(NotYaml))]
    public void What_is_no_YAML_has_a_place(string what, string text, int line)
    {
        using var project = new BadProject().With(File, text);
        var diagnostic = project.Compile().Diagnostics.First(d => d.Code == SyntaxCodes.NotYaml);
        Assert.True(diagnostic.Location.Line == line, $"{what}: {diagnostic.Location} {diagnostic.Message}");
        Assert.Equal(File, diagnostic.Location.File!.Path);
    }

    [Theory]
    [InlineData("network:\n  title: \"x\n", "quote")]
    [InlineData("network:\n  title: \"x\n  enabled: true\n", "quote")]
    [InlineData("network: [a, b\n", "[")]
    [InlineData("network: {a: b\n", "{")]
    [InlineData("network:\n  availability_zones: [2\n  enabled: true\n", "[")]
    [InlineData("network:\n    title: x\n  enabled: true\n", "indentation")]
    [InlineData("network:\n  - x\n    enabled: true\n", "indentation")]
    [InlineData("network:\n  title x\n  enabled: true\n", "colon")]
    [InlineData("network:\n  title: a: b\n", "quotes")]
    [InlineData("network:\n  title: @x\n", "quotes")]
    [InlineData("network:\n\ttitle: x\n", "blanks")]
    public void What_is_no_YAML_says_where_to_look(string text, string hint)
    {
        using var project = new BadProject().With(File, text);
        var diagnostic = project.Compile().Diagnostics.First(d => d.Code == SyntaxCodes.NotYaml);
        Assert.True(diagnostic.Hint?.Contains(hint, StringComparison.Ordinal), $"{diagnostic.Message}: {diagnostic.Hint}");
    }

    [Fact]
    public void A_key_that_stands_twice_names_both_places()
    {
        using var project = new BadProject().Replace(File, "  title: My network\n", "  title: My network\n  title: Mine\n");
        var diagnostic = project.Only(SyntaxCodes.DuplicateKey);
        Assert.Equal((3, 2), (diagnostic.Location.Line, diagnostic.Related!.Location.Line));
    }

    [Theory]
    [InlineData("&a [*a]")]
    [InlineData("&a {b: *a}")]
    [InlineData("*nobody")]
    public void An_alias_of_itself_or_of_nothing_is_unknown(string value)
    {
        using var project = new BadProject().Replace(File, "title: My network", $"title: {value}");
        Assert.Equal(2, project.Only(SyntaxCodes.UndefinedAlias).Location.Line);
    }

    [Fact]
    public void A_merge_key_brings_only_what_is_not_written()
    {
        using var project = new BadProject();
        var plain = Vpc(project.Valid());
        project.Replace(File, "    cidr: 10.0.0.0/16\n", "    <<: {cidr: 10.9.0.0/16, title: merged}\n    cidr: 10.0.0.0/16\n");
        Assert.Equal(plain, Vpc(project.Valid()));
    }

    [Theory]
    [InlineData("!unknown x")]
    [InlineData("!GetAtt a.b")]
    [InlineData("!!python/object:os.system x")]
    [InlineData("!!binary eA==")]
    public void Foreign_tags_never_pass_as_text(string value)
    {
        using var project = new BadProject().Replace(File, "title: My network", $"title: {value}");
        Assert.True(project.Compile().HasErrors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("---\n...\n")]
    [InlineData("text\n")]
    [InlineData("- a\n- list\n")]
    [InlineData("~\n")]
    public void A_file_of_nothing_or_of_something_else_is_said(string text)
    {
        foreach (var file in new[] { File, "project.yaml", "accounts/dev.yaml" })
        {
            using var project = new BadProject().With(file, text);
            Assert.Contains(project.Compile().Diagnostics, d => d.Location.File?.Path == file);
        }
    }

    [Fact]
    public void Mistakes_of_several_files_come_in_one_run()
    {
        using var project = new BadProject().With(File, "\t").With("accounts/dev.yaml", "{").With("project.yaml", "nmae: x\n");
        Assert.Equal(3, project.Compile().Diagnostics.Select(d => d.Location.File?.Path).OfType<string>().Distinct().Count());
    }

    private static string Vpc(Compilation compilation) =>
        TemplateWriter.ToYaml(compilation.Graph!.Stacks.First(s => s.Id.Name.EndsWith("-VPC", StringComparison.Ordinal)).Template);
}
