using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Applying;
using Paco.Cli.Views;
using Paco.Cli.Views.Live;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Planning;
using Paco.Planning.Security;
using Paco.Stacks;

namespace Paco.Cli.Tests.Commands;

/// <summary>
/// docs/schemas beside the code: the same words in both, none more. That what commands write is of the schemas is held in
/// every test that runs one (<see cref="Schemas"/>).
/// </summary>
public sealed class SchemaTests
{
    private const string Ended = """{"format":1,"type":"node-ended","at":"2030-01-01T00:00:00Z",""";

    private static readonly NodeId Node = new(new Place("dev", "us-west-2"), "Vpc");

    // Each closed set of a schema with the words that the code has for it.
    private static readonly Dictionary<string, IEnumerable<string?>> Sets = new(StringComparer.Ordinal)
    {
        ["common action"] = Enum.GetValues<NodeAction>().Select(JsonWords.Of),
        ["common effect"] = Both(JsonWords.Effect),
        ["plan nodeKind"] = Subclasses<PlannedNode>().Select(JsonWords.Of),
        ["plan change"] = Enum.GetValues<ChangeKind>().Select(JsonWords.Of),
        ["plan consequenceKind"] = Enum.GetValues<ConsequenceKind>().Select(JsonWords.Of),
        ["plan certainty"] = Both(JsonWords.Certainty),
        ["plan securityStep"] = Both(JsonWords.Change),
        ["plan accessKind"] = Subclasses<Access>().Append(new ManagedPolicyAccess("role web", "Limits", IsBoundary: true))
            .Select(JsonWords.Of),
        ["plan direction"] = Both(JsonWords.Direction),
        ["plan danger"] = Enum.GetValues<Danger>().Select(JsonWords.Of),
        ["drift status"] = new StackDrift[]
        {
            new(Node, "", ""), new(Node, "", "") { Failure = "" }, new(Node, "", "") { Resources = [new("", "", "", false)] },
        }.Select(JsonWords.Of),
        ["drift resourceStatus"] = Both(isDeleted => JsonWords.Of(new DriftedResource("", "", "", isDeleted))),
        ["diagnostics severity"] = Enum.GetValues<Severity>().Select(JsonWords.Of),
        ["error errorKind"] = Enum.GetValues<ErrorKind>().Select(JsonWords.Of),
        ["list state"] = Enum.GetValues<StackState>().Select(JsonWords.Of),
        ["alarms standing"] = Enum.GetValues<AlarmStanding>().Select(JsonWords.Of),
        ["alarms watches"] = Enum.GetValues<AlarmKind>().Select(JsonWords.Of),
        ["outputs wayInKind"] = Enum.GetValues<WayInKind>().Select(JsonWords.Of),
        ["doctor check"] = Enum.GetValues<CheckKind>().Select(JsonWords.Of),
        ["doctor state"] = Enum.GetValues<CheckState>().Select(JsonWords.Of),
        ["run step"] = Enum.GetValues<RecoveryStep>().Where(s => s != RecoveryStep.None).Select(JsonWords.Of),
        ["run outcome"] = Enum.GetValues<NodeOutcome>().Select(JsonWords.Of),
    };

    private static readonly Dictionary<string, JsonObject> Written = Directory.GetFiles(Schemas.Folder)
        .ToDictionary(f => Path.GetFileName(f).Split('.')[0], f => JsonNode.Parse(File.ReadAllText(f))!.AsObject());

    public static TheoryData<string> ClosedSets => [.. Sets.Keys];

    [Theory]
    [MemberData(nameof(ClosedSets))]
    public void A_closed_set_has_the_same_words_in_the_code_and_in_the_schema(string set)
    {
        var (schema, name) = (set.Split(' ')[0], set.Split(' ')[1]);

        var words = Written[schema]["$defs"]![name]!["enum"]!.AsArray().Select(w => w!.ToString());

        Assert.Equal(Sets[set].OfType<string>().Order(StringComparer.Ordinal), words.Order(StringComparer.Ordinal));
        Assert.All(words, w => Assert.Matches("^[a-z]+(-[a-z]+)*$", w));
    }

    [Fact]
    public void No_words_of_a_schema_are_without_their_code()
    {
        var sets =
            from schema in Written
            from definition in schema.Value["$defs"]!.AsObject()
            where definition.Value!["enum"] is not null
            select $"{schema.Key} {definition.Key}";

        Assert.Equal(Sets.Keys.Order(StringComparer.Ordinal), sets.Order(StringComparer.Ordinal));
        Assert.Equal(Sets.Count, Written.Values.Sum(w => Everything(w).Count(o => o["enum"] is not null)));
    }

    [Fact]
    public void Every_type_of_a_document_is_one_the_code_writes()
    {
        string[] documents =
        [
            "plan", "drift", "list", "outputs", "alarms", "doctor", "diagnostics", "error", "stacks", "recovery", "run-ended", "log-group",
            "log-event", "filter-line", "filter-end",
        ];

        Assert.Equal(documents.Concat(Subclasses<ApplyEvent>().Select(JsonWords.Of)).Order(StringComparer.Ordinal), Constants("type"));
        Assert.Equal(Sets["plan nodeKind"].Concat(Sets["plan accessKind"]).Order(StringComparer.Ordinal), Constants("kind"));
    }

    [Theory]
    [InlineData("""{"format":1,"type":"error","kind":"refused","message":"no"}""", true)]
    [InlineData("""{"format":1,"type":"error","kind":"refused","message":"no","mood":"bad"}""", false)]
    [InlineData("""{"format":1,"type":"error","kind":"Refused","message":"no"}""", false)]
    [InlineData("""{"format":2,"type":"error","kind":"refused","message":"no"}""", false)]
    [InlineData(Ended + """ "node":"dev/us-west-2/Vpc","outcome":"still-running","seconds":1,"outputs":{}}""", true)]
    [InlineData(Ended + """ "node":"dev/us-west-2/Vpc","outcome":"stillrunning","seconds":1,"outputs":{}}""", false)]
    [InlineData(Ended + """ "node":"Vpc","outcome":"created","seconds":1,"outputs":{}}""", false)]
    [InlineData("""{"format":1,"type":"node-lost","at":"2030-01-01T00:00:00Z","node":"dev/us-west-2/Vpc"}""", false)]
    public void A_schema_takes_no_field_or_word_that_it_does_not_have(string line, bool isValid) =>
        Assert.Equal(isValid, Schemas.Faults(JsonDocument.Parse(line).RootElement, "run").Count == 0);

    [Fact]
    public void Every_event_there_is_makes_a_line_of_the_schema_and_no_secret_is_in_it()
    {
        var at = DateTimeOffset.UnixEpoch;
        var failure = new NodeFailure("no", "Vpc", "AWS::EC2::VPC") { Hint = "yes" };
        ApplyEvent[] events =
        [
            new NodeStarted(at, Node, NodeAction.Settle), new NodeWaiting(at, Node, [Node]),
            new ResourceMoved(at, Node, new StackEvent("1", at, "Vpc", "", "AWS::EC2::VPC", "CREATE_FAILED", "no", null)),
            new SecretRevealed(at, Node, new Reveal("a key", "key.pem", new Secret("hunter2"))),
            new FieldFound(at, Node, new FoundField("accounts/dev.yaml", "account_id", "1")), new PollLost(at, Node.Place, "no answer"),
            new NodeEnded(at, new NodeResult(Node, NodeOutcome.StillRunning, TimeSpan.Zero) { Failure = failure }),
        ];
        var output = new StringWriter();
        var terminal = new Terminal
        {
            In = TextReader.Null,
            Out = output,
            Error = TextWriter.Null,
            Environment = _ => null,
            Directory = "/",
        };
        var outline = new RunOutline("Recover", new Scope("netenv"), [new RunNode(Node, "vpc")]);
        var view = new ApplyJson(terminal, outline, new FailureSource([]));

        terminal.Write(stream => RecoveryJson.Write(stream, new Scope("netenv"), [], []));
        foreach (var happened in events)
            view.On(happened);
        view.Report(new RunReport([], TimeSpan.Zero));

        Assert.Equal(Subclasses<ApplyEvent>().Select(e => e.GetType()).ToHashSet(), [.. events.Select(e => e.GetType())]);
        Schemas.Run(output.ToString());
        Assert.DoesNotContain("hunter2", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_has_one_spelling_in_every_document()
    {
        using var project = await Starter.WithGlobals();
        const string Stack = "dev/us-west-2/NE-mynet-dev-App-app-site-alb-ALB";
        (await project.Run("synth", "netenv.mynet.dev", "--out", "out")).Succeeds();
        (await project.Run("plan", "netenv.mynet.dev", "--sandbox", "--out", "kept.plan")).Ends(ExitCode.Changes);

        string[] failing = ["--fault", "fail:*alb-ALB/LoadBalancer:quota reached"];
        var run = (await project.Run(["provision", "netenv.mynet.dev", "--sandbox", "--yes", "--json", .. failing])).Fails().Lines;
        var recovery = (await project.Run("recover", "netenv.mynet.dev", "--sandbox", "--yes", "--json")).Succeeds().Lines;
        (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes")).Succeeds();
        var drift = (await project.Run("drift", "netenv.mynet.dev", "--sandbox", "--json")).Succeeds().Json;

        var index = JsonNode.Parse(project.Read("out/stacks.json"))!["stacks"]!.AsArray();
        Assert.True(File.Exists(Path.Combine(project.Home, "out", $"{Stack}.yaml")));
        Assert.Contains($"\"{Stack}\":", project.Read("kept.plan"), StringComparison.Ordinal);
        Assert.All<JsonNode>(
            [index, run[0]["nodes"]!, recovery[0]["nodes"]!, drift["drift"]!],
            table => Assert.Single(table.AsArray(), n => n!["node"]!.ToString() == Stack));
        Assert.Contains(run, l => l["type"]!.ToString() == "node-ended" && l["node"]!.ToString() == Stack);
        Assert.Contains(run[0]["nodes"]!.AsArray(), n => n!["dependsOn"]!.AsArray().Any(d => d!.ToString() == Stack));
        Assert.All(run[0]["securityChanges"]!.AsArray(),
            c => Assert.Matches("^(dev|tools)/us-west-2/NE-", c!["node"]!.ToString()));
    }

    private static IEnumerable<string> Both(Func<bool, string> word) => [word(true), word(false)];

    private static IEnumerable<T> Subclasses<T>() =>
        typeof(T).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(T)) && !t.IsAbstract)
            .Select(t => (T)RuntimeHelpers.GetUninitializedObject(t));

    private static IEnumerable<string> Constants(string property) => Written.Values.SelectMany(Everything)
        .Select(o => ((o["properties"] as JsonObject)?[property] as JsonObject)?["const"]?.ToString())
        .OfType<string>().Order(StringComparer.Ordinal);

    private static IEnumerable<JsonObject> Everything(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(m => Everything(m.Value)).Prepend(o),
        JsonArray a => a.SelectMany(Everything),
        _ => [],
    };
}
