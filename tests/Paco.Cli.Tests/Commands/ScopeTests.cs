using System.Text;
using System.Text.Json.Nodes;
using Paco.Cli.Views;
using Paco.CloudFormation;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Cli.Tests.Commands;

/// <summary>A scope reads less than the project, and yields the same.</summary>
public sealed class ScopeTests
{
    [Fact]
    public async Task The_starters_scopes_yield_what_the_whole_project_does()
    {
        using var project = await Starter.New();

        Assert.Equal(
            [
                "accounts", "netenv.mynet.dev", "netenv.mynet.prod", "netenv.mynet.staging", "resource.cloudtrail", "resource.codecommit",
                "resource.ec2", "resource.iam", "resource.route53", "resource.sns",
            ],
            HoldsForEveryScope(project.Home));
    }

    [Fact]
    public async Task The_golden_projects_scopes_yield_what_the_whole_project_does()
    {
        using var project = await Starter.New();
        project.Edit("project.yaml", "s3bucket_hash: \"abcd1234\"\n", "");
        project.Edit(Starter.Netenv, "            add_paco_suffix: true\n", "");

        Assert.Equal(10, HoldsForEveryScope(project.Home).Length);
    }

    [Fact]
    public async Task A_bucket_that_others_write_into_has_the_same_policy_in_every_scope()
    {
        using var project = await Starter.New();
        project.Write("resource/s3.yaml",
            "buckets:\n  logs:\n    enabled: true\n    account: paco.ref accounts.tools\n    region: us-west-2\n");
        project.Edit(Starter.Netenv, "            type: LBApplication\n",
            "            type: LBApplication\n            enable_access_logs: true\n            access_logs_bucket: paco.ref resource.s3.buckets.logs\n");

        Assert.Contains("resource.s3", HoldsForEveryScope(project.Home));
    }

    [Fact]
    public void Scopes_that_lead_to_other_network_environments_yield_what_the_whole_project_does()
    {
        using var folder = new TemporaryFolder();
        folder.CopyFrom(Repository.Path("tests", "projects", "customers"));

        Assert.Equal(11, HoldsForEveryScope(folder.Path).Length);
    }

    [Fact]
    public async Task Every_command_says_what_it_did_not_read()
    {
        using var project = await Starter.New();
        const string Line = "Not read: 2 of 3 environments of mynet (paco validate without a scope checks all).";
        string[] left = ["netenv.mynet.staging", "netenv.mynet.prod"];

        Assert.Contains(Line, (await project.Run("validate", "netenv.mynet.dev")).Succeeds().Out, StringComparison.Ordinal);
        Assert.Contains(Line, (await project.Run("plan", "netenv.mynet.dev", "--sandbox")).Error, StringComparison.Ordinal);
        Assert.Contains(Line, (await project.Run("synth", "netenv.mynet.dev", "--out", "out")).Succeeds().Out, StringComparison.Ordinal);
        Assert.Equal(left, NotRead(await project.Run("validate", "netenv.mynet.dev", "--format", "json")));
        Assert.Equal(left, NotRead(await project.Run("plan", "netenv.mynet.dev", "--sandbox", "--json")));
    }

    [Fact]
    public async Task Without_a_scope_everything_is_read()
    {
        using var project = await Starter.New();

        var all = (await project.Run("validate")).Succeeds();

        Assert.StartsWith("The whole project is valid: 153 stacks", all.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Not read", all.Out, StringComparison.Ordinal);
        Assert.Contains("153 templates", (await project.Run("synth", "--out", "out")).Succeeds().Out, StringComparison.Ordinal);
    }

    private static string[] NotRead(Ran ran) => [.. JsonNode.Parse(ran.Out)!["notRead"]!.AsArray().Select(n => n!.GetValue<string>())];

    // A deeper scope is a part of these, and read as they are. The answer is the scopes there are.
    private static string[] HoldsForEveryScope(string home)
    {
        var whole = Toolkit.Compile(home);
        Assert.False(whole.HasErrors);
        var scopes = whole.Graph!.Nodes.Select(n => new Scope(n.Ref).Part).Distinct().OrderBy(s => s.Path.Text, StringComparer.Ordinal)
            .ToArray();
        // What is wider than a part, as well: every network environment, all of them, all of resource/.
        foreach (var scope in scopes.Concat(scopes.SelectMany(s => s.Path.Parent.AndAbove).Distinct().Select(path => new Scope(path))))
        {
            var alone = Toolkit.Compile(home, scope);
            Assert.False(alone.HasErrors);
            Assert.Equal(Text(whole, scope), Text(alone, scope));
        }
        return [.. scopes.Select(s => s.Path)];
    }

    // What synth writes, to the byte, and every node with what it waits for.
    private static string Text(Compilation compilation, Scope scope)
    {
        var graph = compilation.Graph!.Within(scope);
        var text = new StringBuilder();
        foreach (var node in graph.Nodes)
            text.AppendLine($"{node.Id} {node.Ref} {node.Title} {node.Enabled} after {string.Join(", ", node.DependsOn)} {Rest(node)}");
        foreach (var stack in graph.Stacks)
            text.AppendLine(SynthFiles.FileOf(stack)).AppendLine(TemplateWriter.ToYaml(stack.Template));
        using var index = new MemoryStream();
        SynthFiles.WriteIndex(index, graph, compilation.Project!);
        return text.Append(Encoding.UTF8.GetString(index.ToArray())).ToString();
    }

    private static string Rest(GraphNode node) => node switch
    {
        ActionNode { Action: var action } => string.Join(", ", action.Inputs),
        StackNode { Stack: var stack } =>
            string.Join(", ", stack.Capabilities.Append($"{stack.TerminationProtection} {stack.ChangeProtected}")),
        _ => "",
    };
}
