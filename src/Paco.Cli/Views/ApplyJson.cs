using System.Text.Json;
using Paco.Applying;
using Paco.Cli.Views.Live;
using Paco.Planning;

namespace Paco.Cli.Views;

/// <summary>A run for programs: one JSON object a line, each with a version and a type. Secrets are never in it.</summary>
internal sealed class ApplyJson(Terminal terminal, Plan plan)
{
    private readonly Lock _lock = new();
    private readonly RunProgress _progress = new(RunOutline.Of(plan, pace: 0));
    private readonly FailureSource _source = new(plan);

    public void On(ApplyEvent happened) => Write(json =>
    {
        _progress.On(happened);
        json.WriteString("type", TypeOf(happened));
        json.WriteString("at", happened.At);
        switch (happened)
        {
            case NodeStarted e:
                Node(json, e.Node);
                json.WriteString("action", e.Action.ToString().ToLowerInvariant());
                break;
            case NodeWaiting e:
                Node(json, e.Node);
                PlanJson.Nodes(json, "for", e.For);
                break;
            case ResourceMoved e:
                Node(json, e.Node);
                json.WriteString("logicalId", e.Event.LogicalResourceId);
                json.WriteString("physicalId", e.Event.PhysicalResourceId);
                json.WriteString("resourceType", e.Event.ResourceType);
                json.WriteString("status", e.Event.ResourceStatus);
                Optional(json, "reason", e.Event.ResourceStatusReason);
                break;
            case NodeEnded e:
                Result(json, e.Result);
                break;
            case SecretRevealed e:
                Node(json, e.Node);
                json.WriteString("title", e.Reveal.Title);
                break;
            case FieldFound e:
                Node(json, e.Node);
                json.WriteString("file", e.Field.File);
                json.WriteString("field", e.Field.Field);
                break;
            case PollLost e:
                json.WriteString("account", e.Place.Account);
                json.WriteString("region", e.Place.Region);
                json.WriteString("reason", e.Reason);
                break;
        }
    });

    public void Report(RunReport report) => Write(json =>
    {
        json.WriteString("type", "run-ended");
        json.WriteBoolean("succeeded", report.Succeeded);
        json.WriteNumber("seconds", Math.Round(report.Duration.TotalSeconds, 3));
        json.WriteStartObject("outcomes");
        foreach (var group in report.Results.GroupBy(r => r.Outcome).OrderBy(g => g.Key))
            json.WriteNumber(group.Key.ToString().ToLowerInvariant(), group.Count());
        json.WriteEndObject();
    });

    /// <summary>The word an event is known by; docs/commands.md has a row for each.</summary>
    public static string TypeOf(ApplyEvent happened) => happened switch
    {
        NodeStarted => "node-started",
        NodeWaiting => "node-waiting",
        ResourceMoved => "resource-moved",
        NodeEnded => "node-ended",
        SecretRevealed => "secret-made",
        FieldFound => "field-found",
        PollLost => "poll-lost",
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event"),
    };

    private void Write(Action<Utf8JsonWriter> fields)
    {
        lock (_lock)
        {
            terminal.Write(output =>
            {
                using var json = new Utf8JsonWriter(output);
                json.WriteStartObject();
                json.WriteNumber("version", 1);
                fields(json);
                json.WriteEndObject();
            });
        }
    }

    private void Result(Utf8JsonWriter json, NodeResult result)
    {
        Node(json, result.Node);
        json.WriteString("outcome", result.Outcome.ToString().ToLowerInvariant());
        json.WriteNumber("seconds", Math.Round(result.Duration.TotalSeconds, 3));
        json.WriteStartObject("outputs");
        foreach (var (key, value) in result.Outputs)
            json.WriteString(key, value);
        json.WriteEndObject();
        if (result.Outcome == NodeOutcome.Skipped && _progress.MissedBy(result.Node) is { IsEmpty: false } missed)
            PlanJson.Nodes(json, "waitsFor", missed);
        if (result.Failure is not { } failure)
            return;
        json.WriteStartObject("failure");
        json.WriteString("message", failure.Message);
        Optional(json, "logicalId", failure.LogicalId);
        Optional(json, "resourceType", failure.ResourceType);
        Optional(json, "hint", failure.Hint);
        Optional(json, "source", _source.Of(result)?.ToString());
        json.WriteEndObject();
    }

    private static void Node(Utf8JsonWriter json, Stacks.NodeId node)
    {
        json.WriteString("node", node.Name);
        json.WriteString("account", node.Place.Account);
        json.WriteString("region", node.Place.Region);
    }

    private static void Optional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
