using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Tests.BadInput;

/// <summary>Names with every odd character: refused where they are names, kept as they are where they are text.</summary>
public sealed class NameTests
{
    public static readonly TheoryData<string> Bad =
    [
        "123", "1web", "-web", "_web", "web.site", "web site", "web/site", "wéb", "日本", "🦊", "web:", "web'", "web\\\"", "web\\n", "web\\0",
        "web\\t", " web", "web\\u2028",
        "${web}", "{{web}}", "<web>", "web*", "!web", "&web", "%web", "@web", "#web", "|", ">", "?", "", " ", "\\uFEFFweb",
        "\\uD83E\\uDD8A", "true.", "~x", "a{b}",
    ];

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_name_that_cannot_be_is_refused_at_its_place(string name)
    {
        using var project = new BadProject().Resources($"\"{name}\":\n  type: EIP\n  enabled: true");
        var diagnostic = project.Compile().Diagnostics.First();
        Assert.Contains(diagnostic.Code, new[] { BindingCodes.BadName, Paco.Syntax.SyntaxCodes.NotYaml });
        Assert.Equal("\"" + name + "\":", diagnostic.Location.File!.Line(diagnostic.Location.Line)!.Trim());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("yes")]
    [InlineData("web_1-x")]
    [InlineData("Ref")]
    [InlineData("constructor")]
    public void An_odd_name_that_can_be_is_taken(string name)
    {
        using var project = new BadProject().Resources($"{name}:\n  type: EIP\n  enabled: true");
        Assert.Contains(project.Valid().Graph!.Stacks, s => s.Id.Name.Contains($"-site-{Names.Stack(name)}-", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_that_differ_only_where_AWS_sees_no_difference_are_two_of_one_name()
    {
        using var project = new BadProject().Resources("a-b:\n  type: EIP\n  enabled: true\na_b:\n  type: EIP\n  enabled: true");
        Assert.NotNull(project.Only(StackCodes.NameTaken).Related);
    }

    [Fact]
    public void A_name_that_makes_a_stack_name_too_long_is_said()
    {
        using var project = new BadProject().Resources($"{new string('a', 200)}:\n  type: EIP\n  enabled: true");
        Assert.Contains("AWS allows 128", project.Only(StackCodes.NameTooLong).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_makes_a_logical_id_too_long_is_said()
    {
        const string Groups = """
            security_groups:
              app:
                lb:
                  enabled: true
                  ingress:
                    - name: NAME
                      protocol: tcp
                      from_port: 80
                      to_port: 80
                      source_security_group: paco.ref netenv.mynet.network.vpc.security_groups.app.lb
            """;
        using var project = new BadProject().Insert("# network", Groups.Replace("NAME", new string('n', 2000), StringComparison.Ordinal));
        Assert.Contains("CloudFormation allows 255", project.Only(StackCodes.NameTooLong).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\\0\"")]
    [InlineData("\"a\\nb: c\"")]
    [InlineData("\"\\uFEFF\"")]
    [InlineData("\"\\u2028\"")]
    [InlineData("\"\\\\u0041 \\\"quoted\\\" 'twice'\"")]
    [InlineData("\"# no comment\"")]
    [InlineData("\"🦊 and 日本語\"")]
    [InlineData("\"${AWS::Region} {{resolve:x}} !Ref x\"")]
    public void Titles_are_free_text(string title)
    {
        using var project = new BadProject().Replace(BadProject.Netenv, "title: My network", $"title: {title}");
        Assert.All(project.Valid().Graph!.Stacks, s => Assert.NotNull(TemplateReader.Read(TemplateWriter.ToYaml(s.Template))));
    }
}
