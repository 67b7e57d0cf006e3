using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Commands;

/// <summary>The events of a run as docs/commands.md promises them, and what they say of a failure.</summary>
public sealed partial class EventTests
{
    private const string Staging = "netenv.mynet.staging";

    [Fact]
    public void The_documentation_has_a_row_for_every_type_of_line_and_no_other()
    {
        var text = File.ReadAllText(Repository.Path("docs", "commands.md"));
        var section = text[text.IndexOf("### Runs", StringComparison.Ordinal)..text.IndexOf("### stacks.json", StringComparison.Ordinal)];
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Schemas.Folder, "run.schema.json")))!;

        var types = schema["oneOf"]!.AsArray().Select(r => Name().Match(r!["$ref"]!.ToString()).Value);
        var rows = Row().Matches(section).Select(m => m.Groups[1].Value);

        Assert.Equal(types.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_run_that_fails_tells_all_of_it()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("provision", Staging, "--sandbox", "--yes", "--json", "--fault",
            "fail:*alb-ALB/LoadBalancer:You have reached the maximum number of load balancers")).Fails();

        var types = ran.Lines.Select(l => l["type"]!.ToString()).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["node-ended", "node-started", "plan", "resource-moved", "run-ended"], types);
        var ended = Assert.Single(ran.Lines, l => l["outcome"]?.ToString() == "failed");
        Assert.Contains("Service Quotas", ended["failure"]!["hint"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_names_its_line_and_what_was_skipped_says_what_it_waited_for()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("provision", Staging, "--sandbox", "--yes", "--json", "--fault",
            "fail:*alb-ALB/LoadBalancer:quota reached")).Fails();

        var ended = ran.Lines.Where(l => l["type"]!.ToString() == "node-ended").ToList();
        var failure = Assert.Single(ended, l => l["outcome"]!.ToString() == "failed")["failure"]!;
        Assert.Equal(("LoadBalancer", "quota reached"), (failure["logicalId"]!.ToString(), failure["message"]!.ToString()));
        Assert.Matches(@"^netenv/mynet\.yaml:\d+:\d+$", failure["source"]!.ToString());
        var web = Assert.Single(ended, l => l["node"]!.ToString() == "staging/us-west-2/NE-mynet-staging-App-app-site-web-ASG");
        Assert.Equal("staging/us-west-2/NE-mynet-staging-App-app-site-alb-ALB", Assert.Single(web["waitsFor"]!.AsArray())!.ToString());
    }

    [Fact]
    public async Task A_plan_tells_what_each_node_needs()
    {
        using var project = await Starter.WithGlobals();

        var plan = (await project.Run("plan", Staging, "--sandbox", "--json")).Ends(ExitCode.Changes).Json;

        const string App = "staging/us-west-2/NE-mynet-staging-App-app-site-";
        var servers = Assert.Single(plan["nodes"]!.AsArray(), n => n!["node"]!.ToString() == $"{App}web-ASG")!;
        Assert.Contains($"{App}alb-ALB", servers["dependsOn"]!.AsArray().Select(d => d!.ToString()));
        Assert.True(plan["readSeconds"]!.GetValue<double>() >= 0);
    }

    [Fact]
    public async Task A_change_that_fails_points_at_the_line_that_was_changed()
    {
        using var project = await Starter.Provisioned();
        var before = project.Read(Starter.Netenv).Split('\n');
        project.EditEnvironment("dev", "                  multi_az: false\n", "                  multi_az: true\n");
        var changed = project.Read(Starter.Netenv).Split('\n').Zip(before).TakeWhile(l => l.First == l.Second).Count() + 1;

        var ran = (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes", "--fault",
            "fail:*database-RDS/PrimaryDBInstance:MultiAZ is not offered here")).Fails();

        Assert.Contains("First failure: app/site/database", ran.Out, StringComparison.Ordinal);
        Assert.Contains($"MultiAZ, changed at netenv/mynet.yaml:{changed}:", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_cause_stands_in_full_and_the_others_in_a_line_each()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("provision", Staging, "--sandbox", "--yes", "--fault", "fail:*alb-ALB/LoadBalancer:quota reached",
            "--fault", "fail:*database-RDS/PrimaryDBInstance:no such class")).Fails();

        Assert.Single(FirstFailure().Matches(ran.Out));
        Assert.Matches(@"Failed too: app/site/(alb|database): \w+: (quota reached|no such class) \(netenv/mynet\.yaml:\d+:\d+\)", ran.Out);
        Assert.Matches("[0-9] skipped because of it", ran.Out);
    }

    [GeneratedRegex("^[a-z]+(?=\\.schema)|(?<=/)[a-z-]+$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("First failure")]
    private static partial Regex FirstFailure();
}
