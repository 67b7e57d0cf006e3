using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Route 53's health checks: those that stacks made. Nothing is asked, so nobody knows how anything is.</summary>
internal static class HealthCheckXml
{
    private const string Type = "AWS::Route53::HealthCheck";
    private const int MostOnPage = 100;

    // In the order Route 53 tells them; lists have items of another name.
    private static readonly (string Member, string? Item)[] Members =
    [
        ("IPAddress", null), ("Port", null), ("Type", null), ("ResourcePath", null), ("FullyQualifiedDomainName", null),
        ("SearchString", null), ("RequestInterval", null), ("FailureThreshold", null), ("MeasureLatency", null), ("Inverted", null),
        ("HealthThreshold", null), ("ChildHealthChecks", "ChildHealthCheck"), ("EnableSNI", null), ("Regions", "Region"),
        ("InsufficientDataHealthStatus", null), ("RoutingControlArn", null),
    ];

    public static XElement List(Call call)
    {
        var all = call.Store.OfType(call.Account, Type);
        var most = int.TryParse(call.Request.QueryItem("maxitems"), out var asked) ? Math.Clamp(asked, 1, MostOnPage) : MostOnPage;
        var from = Math.Max(0, all.FindIndex(c => c.Physical == call.Request.QueryItem("marker")));
        var page = all.Skip(from).Take(most + 1).ToList();
        return new("ListHealthChecksResponse",
            new XElement("HealthChecks", page.Take(most).Select(Tell)),
            call.Request.QueryItem("marker") is { } marker ? new XElement("Marker", marker) : null,
            new XElement("IsTruncated", page.Count > most ? "true" : "false"),
            page.Count > most ? new XElement("NextMarker", page[most].Physical) : null,
            new XElement("MaxItems", most));
    }

    public static XElement Get(Call call, string id) => new("GetHealthCheckResponse",
        Tell(call.Store.OfType(call.Account, Type).FirstOrDefault(c => c.Physical == id)
            ?? throw new AwsError("NoSuchHealthCheck", $"A health check with id {id} does not exist.", 404)));

    private static XElement Tell(LiveResource check) => new("HealthCheck",
        new XElement("Id", check.Physical),
        new XElement("CallerReference", new DeterministicIds(check.Physical).Uuid()),
        new XElement("HealthCheckConfig", check.Properties["HealthCheckConfig"] is JsonObject config
            ? Members.Where(m => config[m.Member] is not null).Select(m => Member(m.Member, m.Item, config[m.Member])) : null),
        new XElement("HealthCheckVersion", "1"));

    private static XElement Member(string name, string? item, JsonNode? value) => new(name,
        item is null ? Json.Scalar(value) : (value as JsonArray ?? []).Select(v => new XElement(item, Json.Scalar(v))));
}
