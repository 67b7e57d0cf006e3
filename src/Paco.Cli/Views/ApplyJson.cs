using System.Text.Json;
using Paco.Applying;
using Paco.Cli.Views.Live;

namespace Paco.Cli.Views;

/// <summary>A run for programs: one JSON object a line, each with its format and type. Secrets are never in it.</summary>
internal sealed class ApplyJson(Terminal terminal, RunOutline outline, FailureSource source)
{
    private readonly Lock _lock = new();
    private readonly RunProgress _progress = new(outline);

    public void On(ApplyEvent happened) => Write(JsonWords.Of(happened), json =>
    {
        _progress.On(happened);
        json.WriteString("at", happened.At);
        switch (happened)
        {
            case NodeStarted e:
                json.Node(e.Node);
                json.WriteString("action", JsonWords.Of(e.Action));
                break;
            case NodeWaiting e:
                json.Node(e.Node);
                json.Nodes("for", e.For);
                break;
            case ResourceMoved e:
                json.Node(e.Node);
                json.WriteString("logicalId", e.Event.LogicalResourceId);
                json.WriteString("physicalId", e.Event.PhysicalResourceId);
                json.WriteString("resourceType", e.Event.ResourceType);
                json.WriteString("status", e.Event.ResourceStatus);
                json.Optional("reason", e.Event.ResourceStatusReason);
                break;
            case NodeEnded e:
                Result(json, e.Result);
                break;
            case SecretRevealed e:
                json.Node(e.Node);
                json.WriteString("title", e.Reveal.Title);
                break;
            case FieldFound e:
                json.Node(e.Node);
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

    public void Report(RunReport report) => Write("run-ended", json =>
    {
        json.WriteBoolean("succeeded", report.Succeeded);
        json.Seconds("seconds", report.Duration);
        json.WriteStartObject("outcomes");
        foreach (var group in report.Results.GroupBy(r => r.Outcome).OrderBy(g => g.Key))
            json.WriteNumber(JsonWords.Of(group.Key), group.Count());
        json.WriteEndObject();
        AddressView.Json(json, report.Addresses);
        FindingView.Json(json, report.Findings);
    });

    private void Write(string type, Action<Utf8JsonWriter> fields)
    {
        lock (_lock)
        {
            terminal.Write(output =>
            {
                using var json = new Utf8JsonWriter(output, JsonFields.OneLine);
                json.Begin(type);
                fields(json);
                json.WriteEndObject();
            });
        }
    }

    private void Result(Utf8JsonWriter json, NodeResult result)
    {
        json.Node(result.Node);
        json.WriteString("outcome", JsonWords.Of(result.Outcome));
        json.Seconds("seconds", result.Duration);
        json.WriteStartObject("outputs");
        foreach (var (key, value) in result.Outputs)
            json.WriteString(key, value);
        json.WriteEndObject();
        if (result.Outcome == NodeOutcome.Skipped && _progress.MissedBy(result.Node) is { IsEmpty: false } missed)
            json.Nodes("waitsFor", missed);
        if (result.Failure is not { } failure)
            return;
        json.WriteStartObject("failure");
        json.WriteString("message", failure.Message);
        json.Optional("code", failure.Code);
        json.Optional("logicalId", failure.LogicalId);
        json.Optional("resourceType", failure.ResourceType);
        json.Optional("hint", failure.Hint);
        json.Source(source.Of(result));
        json.WriteEndObject();
    }
}
