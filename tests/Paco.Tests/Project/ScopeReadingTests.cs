using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Tests.Project;

/// <summary>What is read for a scope, and what is not: tests/projects/customers, whose network environments lead to each other.</summary>
public sealed class ScopeReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ScopeReadingTests() => _folder.CopyFrom(Repository.Path("tests", "projects", "customers"));

    [Theory]
    [InlineData("accounts", "")]
    [InlineData("resource.route53", "closed.prod")]
    [InlineData("netenv.closed.prod", "closed.prod")]
    [InlineData("netenv.acme.dev", "acme.dev")]
    // The hub leads to beta too, but nothing of acme needs what the hub has for beta.
    [InlineData("netenv.acme.prod", "acme.prod hub.prod")]
    [InlineData("netenv.hub.prod", "acme.prod beta.prod hub.prod")]
    // Its record needs the zone, the zone the VPC of closed.
    [InlineData("netenv.zoned.dev", "closed.prod zoned.dev")]
    // The security group of near.prod is needed, the rules in it, which lead to the hub, are not.
    [InlineData("netenv.near.dev", "near.dev near.prod")]
    [InlineData("netenv.near.prod", "hub.prod near.prod")]
    [InlineData("netenv.both.prod.us-east-1", "both.prod")]
    [InlineData("netenv.acme.dev.us-west-2.applications.app", "acme.dev")]
    public void An_environment_is_read_and_what_its_references_lead_to(string scope, string expected)
    {
        var project = Valid(scope).Project!;

        var read = project.NetworkEnvironments.SelectMany(n => n.Environments.Select(e => $"{n.Name}.{e.Name}"));
        Assert.Equal(expected, string.Join(' ', read.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_whole_project_leaves_nothing_unread() => Assert.True(Compile(null).Project!.NotRead.IsEmpty);

    [Fact]
    public void What_was_not_read_is_named()
    {
        var notRead = Valid("netenv.acme.prod").Project!.NotRead;

        Assert.Equal("netenv.acme-eu netenv.beta netenv.both netenv.closed netenv.near netenv.zoned",
            string.Join(' ', notRead.NetworkEnvironments));
        Assert.Equal("netenv.acme.dev", Assert.Single(notRead.Environments));
        Assert.Equal((8, 2), (notRead.AllNetworkEnvironments, notRead.AllEnvironments));
    }

    [Fact]
    public void A_broken_file_stops_the_scopes_that_need_it_and_no_other()
    {
        _folder.Write("netenv/closed.yaml", "network: [");

        Valid("netenv.acme.prod");
        Valid("accounts");
        Assert.Equal(["netenv/closed.yaml"], Files(Compile("netenv.closed.prod")));
        Assert.Equal(["netenv/closed.yaml"], Files(Compile("netenv.zoned.dev")));
        Assert.Equal(["netenv/closed.yaml"], Files(Compile("resource.route53")));
        Assert.Equal(["netenv/closed.yaml"], Files(Compile(null)));
    }

    [Fact]
    public void A_mistake_in_one_environment_does_not_stop_the_other_of_the_same_file()
    {
        Change("netenv/acme.yaml", "peer_type: requester", "peer_typ: requester");

        Valid("netenv.acme.dev");
        Assert.True(Compile("netenv.acme.prod").HasErrors);
    }

    [Fact]
    public void A_broken_file_whose_environments_could_have_the_same_names_stops_nothing()
    {
        _folder.Write("netenv/acme.yaml", "network: [");

        Assert.Contains("netenv.acme", Valid("netenv.acme-eu.dev").Project!.Index.Unread);
    }

    [Fact]
    public void Much_is_parsed_on_a_core_of_its_own_and_read_as_little_is()
    {
        Change("netenv/acme.yaml", "peer_type: requester", "peer_typ: requester");
        _folder.Write("netenv/closed.yaml", "network:\n\ttitle: A tab\n");
        var little = Told();

        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder.Path, "netenv")))
            File.AppendAllText(file, $"# {new string('x', 50_000)}\n");

        Assert.Contains(little, mistake => mistake.StartsWith("netenv/closed.yaml", StringComparison.Ordinal));
        Assert.Equal(little, Told());

        List<string> Told() => [.. Compile(null).Diagnostics.Select(d => $"{d.Location} {d.Code.Id} {d.Message}")];
    }

    [Fact]
    public void A_project_file_that_is_broken_is_one_line_whatever_is_asked_for()
    {
        _folder.Write("project.yaml", "name: [");

        foreach (var scope in new[] { "netenv.acme.dev", "accounts", null })
            Assert.Equal("project.yaml", Assert.Single(Compile(scope).Diagnostics, d => d.Severity == Severity.Error).Location.File!.Path);
    }

    [Theory]
    [InlineData("netenv.hob.prod.us-west-2", "netenv.hob.prod.us-west-2 leads nowhere: netenv has no \"hob\"", "did you mean \"hub\"?")]
    [InlineData("netenv.hub.prd.us-west-2", "netenv.hub.prd.us-west-2 leads nowhere: netenv.hub has no \"prd\"", "did you mean \"prod\"?")]
    [InlineData("netenv.beta.prd.us-west-2", "netenv.beta.prd.us-west-2 leads nowhere: netenv.beta has no \"prd\"",
        "did you mean \"prod\"?")]
    public void A_reference_to_a_file_or_environment_that_is_not_there_is_one_line_with_its_place(string reference, string message,
        string hint)
    {
        Change("netenv/acme.yaml", "network_environment: paco.ref netenv.hub.prod.us-west-2", $"network_environment: paco.ref {reference}");

        var mistake = Assert.Single(Compile("netenv.acme.prod").Diagnostics, d => d.Code == StackCodes.UnknownReference);

        Assert.Equal((message, hint, "netenv/acme.yaml"), (mistake.Message, mistake.Hint, mistake.Location.File!.Path));
    }

    [Theory]
    [InlineData("netenv.acne.prod", "netenv.acne.prod does not exist: netenv has no \"acne\"; did you mean \"acme\"?")]
    [InlineData("netenv.acme.prd", "netenv.acme.prd does not exist: netenv.acme has no \"prd\"; did you mean \"prod\"?")]
    [InlineData("netenv.acme.prod.us-wst-2",
        "netenv.acme.prod.us-wst-2 does not exist: netenv.acme.prod has no \"us-wst-2\"; did you mean \"us-west-2\"?")]
    public void A_misspelt_scope_is_told_what_there_is_without_reading_it(string scope, string problem)
    {
        var compilation = Valid(scope);

        Assert.Equal(problem, compilation.ProblemWith(new Scope(scope)));
    }

    [Fact]
    public void What_takes_a_name_of_another_environment_is_found_by_the_whole_project()
    {
        Change("netenv/acme-eu.yaml", "ip.eu.example.com", "ip.acme.example.com");

        Valid("netenv.acme.dev");
        Valid("netenv.acme-eu.dev");
        Assert.Contains(Compile(null).Diagnostics, d => d.Code == StackCodes.NameTaken);
    }

    public void Dispose() => _folder.Dispose();

    private Compilation Compile(string? scope) => Toolkit.Compile(_folder.Path, scope is null ? null : new Scope(scope));

    private Compilation Valid(string scope)
    {
        var compilation = Compile(scope);
        Assert.Empty(compilation.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{d.Location}: {d.Message}"));
        return compilation;
    }

    private static string[] Files(Compilation compilation) =>
        [.. compilation.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Location.File!.Path).Distinct()];

    private void Change(string file, string old, string @new)
    {
        var text = File.ReadAllText(Path.Combine(_folder.Path, file));
        Assert.Contains(old, text, StringComparison.Ordinal);
        _folder.Write(file, text.Replace(old, @new, StringComparison.Ordinal));
    }
}
