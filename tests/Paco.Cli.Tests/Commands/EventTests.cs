using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Paco.Applying;
using Paco.Cli.Views;

namespace Paco.Cli.Tests.Commands;

/// <summary>The events of a run as docs/commands.md promises them, and what they say of a failure.</summary>
public sealed partial class EventTests
{
    private const string Staging = "netenv.mynet.staging";

    private static readonly Lazy<Dictionary<string, HashSet<string>>> Documented = new(ReadTable);

    public static TheoryData<Type> Kinds => [.. typeof(ApplyEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ApplyEvent)))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_event_has_a_row_in_the_documentation(Type kind) =>
        Assert.Contains(ApplyJson.TypeOf((ApplyEvent)RuntimeHelpers.GetUninitializedObject(kind)), Documented.Value.Keys);

    [Fact]
    public async Task Every_field_of_every_event_is_in_its_row()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("provision", Staging, "--sandbox", "--yes", "--json", "--fault", "fail:*alb-ALB/LoadBalancer:You have reached the maximum number of load balancers")).Fails();

        Assert.Subset(Documented.Value.Keys.Append("plan").ToHashSet(), ran.Lines.Select(l => l["type"]!.ToString()).ToHashSet());
        foreach (var line in ran.Lines.Where(l => l["type"]!.ToString() != "plan"))
        {
            var fields = line.Select(f => f.Key).Concat((line["failure"]?.AsObject() ?? []).Select(f => f.Key));
            Assert.Subset(Documented.Value[line["type"]!.ToString()], fields.Except(["version", "type", "at"]).ToHashSet());
        }
    }

    [Fact]
    public async Task A_failure_names_its_line_and_what_was_skipped_says_what_it_waited_for()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("provision", Staging, "--sandbox", "--yes", "--json", "--fault", "fail:*alb-ALB/LoadBalancer:quota reached")).Fails();

        var ended = ran.Lines.Where(l => l["type"]!.ToString() == "node-ended").ToList();
        var failure = Assert.Single(ended, l => l["outcome"]!.ToString() == "failed")["failure"]!;
        Assert.Equal(("LoadBalancer", "quota reached"), (failure["logicalId"]!.ToString(), failure["message"]!.ToString()));
        Assert.Matches(@"^netenv/mynet\.yaml:\d+:\d+$", failure["source"]!.ToString());
        var web = Assert.Single(ended, l => l["node"]!.ToString() == "NE-mynet-staging-App-app-site-web-ASG");
        Assert.Equal("NE-mynet-staging-App-app-site-alb-ALB", Assert.Single(web["waitsFor"]!.AsArray())!["name"]!.ToString());
    }

    [Fact]
    public async Task A_plan_tells_what_each_node_needs()
    {
        using var project = await Starter.WithGlobals();

        var plan = (await project.Run("plan", Staging, "--sandbox", "--json")).Ends(ExitCode.Changes).Json;

        var names = plan["nodes"]!.AsArray().ToDictionary(n => n!["name"]!.ToString(), n => n!["dependsOn"]!.AsArray().Select(d => d!["name"]!.ToString()).ToList());
        Assert.Contains("NE-mynet-staging-App-app-site-alb-ALB", names["NE-mynet-staging-App-app-site-web-ASG"]);
        Assert.True(plan["readSeconds"]!.GetValue<double>() >= 0);
    }

    [Fact]
    public async Task A_change_that_fails_points_at_the_line_that_was_changed()
    {
        using var project = await Starter.Provisioned();
        var before = project.Read(Starter.Netenv).Split('\n');
        project.EditEnvironment("dev", "                  multi_az: false\n", "                  multi_az: true\n");
        var changed = project.Read(Starter.Netenv).Split('\n').Zip(before).TakeWhile(l => l.First == l.Second).Count() + 1;

        var ran = (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes", "--fault", "fail:*database-RDS/PrimaryDBInstance:MultiAZ is not offered here")).Fails();

        Assert.Contains("First failure: app/site/database", ran.Out, StringComparison.Ordinal);
        Assert.Contains($"MultiAZ, changed at netenv/mynet.yaml:{changed}:", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_cause_stands_in_full_and_the_others_in_a_line_each()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("provision", Staging, "--sandbox", "--yes", "--fault", "fail:*alb-ALB/LoadBalancer:quota reached", "--fault", "fail:*database-RDS/PrimaryDBInstance:no such class")).Fails();

        Assert.Single(FirstFailure().Matches(ran.Out));
        Assert.Matches(@"Failed too: app/site/(alb|database): \w+: (quota reached|no such class) \(netenv/mynet\.yaml:\d+:\d+\)", ran.Out);
        Assert.Matches("[0-9] skipped because of it", ran.Out);
    }

    private static Dictionary<string, HashSet<string>> ReadTable()
    {
        var text = File.ReadAllText(Repository.Path("docs", "commands.md"));
        var table = text[text.IndexOf("### Events", StringComparison.Ordinal)..text.IndexOf("### stacks.json", StringComparison.Ordinal)];
        return table.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => Code().Matches(l).Select(m => m.Groups[1].Value).ToList())
            .ToDictionary(words => words[0], words => words.Skip(1).ToHashSet());
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("First failure")]
    private static partial Regex FirstFailure();
}
