using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Tests.BadInput;

/// <summary>
/// A mistake in the YAML costs the object it is in: said once, with what else is wrong, and without what would follow from it.
/// </summary>
public sealed class BrokenPartTests
{
    private const string Netenv = BadProject.Netenv;

    // Two resources; the second one refers to the first, and has a mistake of its own.
    private const string Resources = """
        first:
          type: ACM
          order: 1
          subject_alternative_names:
            - a.example.com
        second:
          type: LBApplication
          enabled: true
          scheme: internal
          segment: paco.ref netenv.mynet.network.vpc.segments.nowhere
          security_groups: []
        third:
          type: EIP
          enabled: true
          mistake: true
        """;

    public static readonly TheoryData<string, string, string> InAResource = new()
    {
        { "an indentation that lines up with nothing", "  order: 1", "   order: 1" },
        { "an open quote", "  order: 1", "  order: \"1" },
        { "an open quote that a later one closes", "  order: 1\n  subject_alternative_names:\n    - a.example.com",
            "  order: \"1\n  subject_alternative_names:\n    - \"a.example.com\"" },
        { "an open bracket", "  order: 1", "  order: [1" },
        { "an open brace", "  order: 1", "  order: {a: 1" },
        { "a tab", "  order: 1", "\torder: 1" },
        { "two colons", "  order: 1", "  order: 1: 2" },
        { "an item that is no item", "    - a.example.com", "    - a.example.com\n     x: y" },
        { "an alias of nothing", "  order: 1", "  order: *one" },
    };

    [Theory]
    [MemberData(nameof(InAResource))]
    public void In_a_resource_the_others_are_checked_and_nothing_else_is_said(string what, string right, string wrong)
    {
        using var project = new BadProject().Resources(Resources.Replace(right, wrong, StringComparison.Ordinal));
        Says(project, what, "PACO1", "vpc has no \"segments\"", "unknown field \"mistake\"");
    }

    [Theory]
    [InlineData("network:\n  title: My network", "network:\n  title: \"My network")]
    [InlineData("    cidr: 10.0.0.0/16", "    cidr: 10.0.0.0/16: 8")]
    [InlineData("    enable_dns_support: true", "   enable_dns_support: true")]
    [InlineData("    enable_dns_support: true", "\tenable_dns_support: true")]
    public void In_the_network_nothing_follows_for_what_stands_in_it(string right, string wrong)
    {
        using var project = new BadProject().Resources(Resources).Replace(Netenv, right, wrong);
        var said = project.Compile().Diagnostics.Select(d => $"{d.Code.Id} {d.Location}: {d.Message}").ToList();
        Assert.Single(said, s => s.StartsWith("PACO1", StringComparison.Ordinal));
        Assert.Contains(said, s => s.Contains("unknown field \"mistake\"", StringComparison.Ordinal));
        string[] expected = ["PACO1", "mistake", "nowhere"];
        Assert.All(said, s => Assert.Contains(expected, text => s.Contains(text, StringComparison.Ordinal)));
    }

    [Fact]
    public void Applications_that_are_broken_are_missed_by_no_environment()
    {
        using var project = new BadProject().Resources(Resources).Replace(Netenv, "    title: My application", "   title: 'My application");
        Assert.All(project.Compile().Diagnostics, d => Assert.StartsWith("PACO1", d.Code.Id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("name: pages", "name: \"pages")]
    [InlineData("  - us-west-2", "  - us-west-2: x: y")]
    [InlineData("active_regions:", "active_regions: [")]
    [InlineData("name: pages", "\tname: pages")]
    public void In_the_projects_file_the_rest_of_the_project_is_checked(string right, string wrong)
    {
        using var project = new BadProject().Resources(Resources).Replace("project.yaml", right, wrong);
        Says(project, wrong, "PACO1", "vpc has no \"segments\"", "unknown field \"mistake\"");
    }

    [Theory]
    [InlineData("root_email: ", "root_email: \"")]
    [InlineData("root_email: ", "root_email: x: ")]
    [InlineData("root_email: ", "\troot_email: ")]
    [InlineData("root_email: ", "  root_email: [")]
    public void In_an_account_the_rest_of_the_project_is_checked(string right, string wrong)
    {
        using var project = new BadProject().Resources(Resources).Replace("accounts/dev.yaml", right, wrong);
        Says(project, wrong, "PACO1", "vpc has no \"segments\"", "unknown field \"mistake\"");
    }

    [Fact]
    public void Two_broken_resources_are_said_in_one_run()
    {
        using var project = new BadProject().Resources(Resources
            .Replace("  order: 1", "  order: \"1", StringComparison.Ordinal)
            .Replace("  scheme: internal", "  scheme: internal: x", StringComparison.Ordinal));
        Assert.Equal(2, project.Compile().Diagnostics.Count(d => d.Code == SyntaxCodes.NotYaml));
    }

    [Fact]
    public void Log_sets_that_cannot_be_read_are_not_missed()
    {
        using var project = new BadProject().With("monitor/logging.yaml", "cw_logging:\n  log_sets: [\n").Resources("""
            web:
              type: ASG
              enabled: false
              monitoring:
                log_sets:
                  theirs:
            """);
        Assert.Equal([SyntaxCodes.NotYaml], project.Compile().Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Code));
    }

    [Fact]
    public void A_reference_into_what_is_broken_is_no_second_mistake()
    {
        using var project = new BadProject().Resources("""
            first:
              type: EIP
               enabled: true
            second:
              type: ASG
              enabled: false
              eip: paco.ref netenv.mynet.applications.app.groups.site.resources.first
              target_groups: [paco.ref netenv.mynet.applications.app.groups.site.resources.first.anything]
            """);
        Assert.Equal([SyntaxCodes.NotYaml], project.Compile().Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Code));
    }

    // Each diagnostic holds one of the texts, and each text is in one of them.
    private static void Says(BadProject project, string what, params string[] texts)
    {
        var said = project.Compile().Diagnostics.Select(d => $"{d.Code.Id} {d.Location}: {d.Message}").ToList();
        Assert.True(said.Count == texts.Length && texts.All(t => said.Exists(s => s.Contains(t, StringComparison.Ordinal))),
            $"{what}:\n{string.Join('\n', said)}");
    }
}
