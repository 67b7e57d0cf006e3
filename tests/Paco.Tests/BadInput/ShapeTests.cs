using Paco.Binding;
using Paco.Project;
using Paco.Stacks;
using Paco.Starters;

namespace Paco.Tests.BadInput;

/// <summary>The wrong shape at any level, and objects that miss what they need.</summary>
public sealed class ShapeTests
{
    private static readonly GeneratedFile[] Yaml = [.. Starting.Files.Where(f => f.Path.EndsWith(".yaml", StringComparison.Ordinal))];

    [Theory]
    [InlineData("a list", "[1, 2]")]
    [InlineData("a map", "{a: b}")]
    [InlineData("text", "word")]
    [InlineData("nothing", "~")]
    [InlineData("a number", "99999999999999999999")]
    [InlineData("a list of lists", "[[[]]]")]
    [InlineData("a tagged value", "!Ref x")]
    public void Another_shape_at_any_line_of_the_starter_is_said_or_fits(string what, string value)
    {
        using var folder = Starting.Folder();
        foreach (var file in Yaml)
        {
            foreach (var (line, text) in WithEachValue(file.Text, value))
            {
                folder.Write(file.Path, Starting.InFewestEnvironments(text, line));
                var broken = Promises.BrokenBy(Toolkit.Compile(folder.Path)).FirstOrDefault();
                Assert.True(broken is null, $"{what} at {file.Path}:{line}: {broken}");
            }
            folder.Write(file.Path, file.Text);
        }
    }

    [Theory]
    [InlineData("network:\n  title", "network: []\nnot:\n  title")]
    [InlineData("  vpc:\n", "  vpc: []\n  not:\n")]
    [InlineData("applications:\n  app:\n    title", "applications: []\nnot:\n  app:\n    title")]
    [InlineData("  app:\n    title", "  app: []\n  not:\n    title")]
    [InlineData("    groups:\n", "    groups: []\n    not:\n")]
    [InlineData("environments:\n", "environments: []\nnot:\n")]
    public void A_list_where_a_map_belongs_is_an_error(string old, string @new)
    {
        using var project = new BadProject().Replace(BadProject.Netenv, old, @new);
        Assert.True(project.Compile().HasErrors);
    }

    [Fact]
    public void A_list_of_resources_is_an_error()
    {
        using var project = new BadProject().Resources("- type: EIP");
        Assert.Contains("takes names with values, got a list", project.Only(BindingCodes.WrongType).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_that_is_a_list_is_an_error()
    {
        using var project = new BadProject().Resources("ip: [EIP]");
        Assert.Contains("expected an object with fields, got a list", project.Only(BindingCodes.WrongType).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_type_is_named_with_the_one_that_was_meant()
    {
        using var project = new BadProject().Resources("ip:\n  type: EPI\n  enabled: true");
        var diagnostic = project.Only(RoomCatalog.UnknownType);
        Assert.Equal("did you mean \"EIP\"?", diagnostic.Hint);
    }

    [Fact]
    public void A_resource_without_type_misses_it()
    {
        using var project = new BadProject().Resources("ip:\n  enabled: true");
        Assert.Contains("\"type\"", project.Only(BindingCodes.MissingField).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("account_id: \"222222222222\"", "account_id: 12345", "12 digits")]
    [InlineData("account_id: \"222222222222\"", "account_id: [2]", "takes text")]
    [InlineData("region: us-west-2", "region: us-west-22", "region")]
    [InlineData("root_email: root@example.com", "root_email: nobody", "e-mail")]
    public void An_account_with_a_field_that_cannot_be_is_named(string old, string @new, string says)
    {
        using var project = new BadProject().Replace("accounts/dev.yaml", old, @new);
        Assert.Contains(project.Compile().Diagnostics,
            d => d.Location.File?.Path == "accounts/dev.yaml" && d.Message.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void An_account_without_an_id_that_nobody_makes_is_said()
    {
        using var project = new BadProject().Replace("accounts/dev.yaml", "account_id: \"222222222222\"\n", "");
        Assert.Equal("accounts/dev.yaml", project.Only(BindingCodes.MissingField).Location.File!.Path);
    }

    [Fact]
    public void An_account_without_an_id_that_the_organization_makes_is_fine()
    {
        using var project = new BadProject().Replace("accounts/dev.yaml", "account_id: \"222222222222\"\n", "");
        project.With("accounts/master.yaml", project.Text("accounts/master.yaml") + "organization_account_ids:\n  - dev\n").Valid();
    }

    [Theory]
    [InlineData("netenv.mynet.dve", "has no \"dve\"; did you mean \"dev\"?")]
    [InlineData("netenv.mynett.dev", "has no \"mynett\"; did you mean \"mynet\"?")]
    [InlineData("netenv.mynet.dev.us-west-2.applications.app.groups.nope", "has no \"nope\"")]
    [InlineData("resource.nothing", "has no \"resource\"")]
    public void A_scope_that_does_not_exist_says_what_does(string scope, string says)
    {
        using var project = new BadProject();
        Assert.Contains(says, project.Valid().ProblemWith(Scope.Parse(scope, out _)!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("netenv..dev")]
    [InlineData("accounts.dev")]
    [InlineData("netnev.mynet.dev")]
    [InlineData("resource.route53.zone")]
    [InlineData("🦊")]
    public void A_scope_that_is_none_says_why(string scope)
    {
        Assert.Null(Scope.Parse(scope, out var problem));
        Assert.NotEmpty(problem!);
    }

    // The text with the value of every seventh line replaced, one after the other, and what stood below it gone.
    private static IEnumerable<(int Line, string Text)> WithEachValue(string text, string value)
    {
        var lines = text.Split('\n');
        for (var i = value.Length % 7; i < lines.Length; i += 7)
        {
            var colon = lines[i].IndexOf(": ", StringComparison.Ordinal) is >= 0 and var at
                ? at
                : lines[i].TrimEnd().EndsWith(':') ? lines[i].TrimEnd().Length - 1
                : -1;
            if (colon < 0 || lines[i].TrimStart().StartsWith('#'))
                continue;
            var indent = lines[i].Length - lines[i].TrimStart().Length;
            var below = lines.Skip(i + 1).TakeWhile(l => l.Trim().Length == 0 || l.Length - l.TrimStart().Length > indent).Count();
            yield return (i + 1, string.Join('\n', [.. lines[..i], $"{lines[i][..colon]}: {value}", .. lines[(i + 1 + below)..]]));
        }
    }
}
