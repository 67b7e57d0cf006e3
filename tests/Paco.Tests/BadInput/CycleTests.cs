using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Tests.BadInput;

/// <summary>Things that refer to each other in a circle.</summary>
public sealed class CycleTests
{
    [Fact]
    public void Stacks_that_need_each_other_are_shown_as_a_circle()
    {
        var bag = new DiagnosticBag();
        var build = new BuildContext("", bag, new ObjectIndex());
        foreach (var (name, needs) in new[] { ("a", "b"), ("b", "c"), ("c", "a") })
        {
            var stack = build.Stack(new NodeId(new Place("dev", "us-west-2"), name), name, name, true, default);
            stack.Input("Needed", new Ref($"resource.{needs}", needs, default));
            stack.Output("Made", name, $"resource.{name}");
        }
        Linker.Link(build);
        var diagnostic = Assert.Single(bag.ToSorted());
        Assert.Equal((StackCodes.Cycle, "stacks wait for each other: a → b → c → a"), (diagnostic.Code, diagnostic.Message));
    }

    [Fact]
    public void Security_groups_that_name_each_other_are_no_circle()
    {
        const string Groups = """
            security_groups:
              app:
                one:
                  enabled: true
                  ingress:
                    - from_port: 80
                      to_port: 80
                      protocol: tcp
                      source_security_group: paco.ref netenv.mynet.network.vpc.security_groups.app.two
                two:
                  enabled: true
                  ingress:
                    - from_port: 80
                      to_port: 80
                      protocol: tcp
                      source_security_group: paco.ref netenv.mynet.network.vpc.security_groups.app.one
            """;
        using var project = new BadProject().Insert("# network", Groups);
        project.Valid();
    }

    [Fact]
    public void A_file_that_imports_itself_is_read_once()
    {
        using var project = new BadProject();
        project.With(BadProject.Netenv, $"import_from: file://mynet.yaml\n{project.Text(BadProject.Netenv)}");
        project.Compile();
    }

    [Fact]
    public void A_group_that_imports_itself_is_the_same_group()
    {
        using var project = new BadProject()
            .Replace(BadProject.Netenv, "      site:\n        type: Application\n",
                "      site:\n        type: Application\n        import_from: paco.ref netenv.mynet.applications.app.groups.site\n");
        project.Compile();
    }

    [Fact]
    public void Groups_that_import_everything_do_not_grow_without_end()
    {
        var groups = string.Concat(Enumerable.Range(0, 2_000)
            .Select(i => $"      g{i}:\n        import_from: paco.ref netenv.mynet.applications\n"));
        using var project = new BadProject().Replace(BadProject.Netenv, "    groups:\n", $"    groups:\n{groups}");
        Assert.Contains(project.Compile().Diagnostics, d => d.Code == Paco.Syntax.SyntaxCodes.TooLarge);
    }
}
