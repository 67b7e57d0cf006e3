using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Route 53: zones and their records; health checks.</summary>
internal sealed class Route53 : IService
{
    private const string Space = "https://route53.amazonaws.com/doc/2013-04-01/";
    private const string ZoneType = "AWS::Route53::HostedZone";

    public string Name => "route53";

    /// <summary>REST: the operation is in method and path.</summary>
    public string Operation(WireRequest request) => (request.Method, Parts(request)) switch
    {
        ("GET", ["2013-04-01", "hostedzone"]) => "ListHostedZones",
        ("GET", ["2013-04-01", "hostedzonesbyname"]) => "ListHostedZonesByName",
        ("GET", ["2013-04-01", "hostedzone", _]) => "GetHostedZone",
        ("GET", ["2013-04-01", "hostedzone", _, "rrset"]) => "ListResourceRecordSets",
        ("POST", ["2013-04-01", "hostedzone", _, "rrset"]) => "ChangeResourceRecordSets",
        ("GET", ["2013-04-01", "change", _]) => "GetChange",
        ("GET", ["2013-04-01", "healthcheck"]) => "ListHealthChecks",
        ("GET", ["2013-04-01", "healthcheck", _]) => "GetHealthCheck",
        _ => $"{request.Method} {request.Path}",
    };

    public WireResponse Answer(Call call) => Answers.Xml(200, Space, call.Operation switch
    {
        "ListHostedZones" => ListHostedZones(call),
        "ListHostedZonesByName" => ListByName(call),
        "GetHostedZone" => GetHostedZone(call),
        "ListResourceRecordSets" => ListRecords(call),
        "ChangeResourceRecordSets" => ChangeRecords(call),
        "GetChange" => new("GetChangeResponse", Change(call, Parts(call.Request)[2])),
        "ListHealthChecks" => HealthCheckXml.List(call),
        "GetHealthCheck" => HealthCheckXml.Get(call, Parts(call.Request)[2]),
        _ => throw AwsError.NotEmulated($"route53:{call.Operation}"),
    });

    public WireResponse Refuse(WireRequest request, AwsError error, string requestId) => Answers.QueryError(Space, error, requestId);

    private static string[] Parts(WireRequest request) => request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static XElement ListHostedZones(Call call)
    {
        var zones = call.Store.OfType(call.Account, ResourceRegions.Global, ZoneType);
        var most = int.TryParse(call.Request.QueryItem("maxitems"), out var asked) ? Math.Clamp(asked, 1, 100) : 100;
        var from = zones.FindIndex(z => z.Physical == call.Request.QueryItem("marker"));
        var page = zones.Skip(Math.Max(0, from)).Take(most + 1).ToList();
        return new(
            "ListHostedZonesResponse",
            new XElement("HostedZones", page.Take(most).Select(z => Zone(call, z))),
            Optional("Marker", call.Request.QueryItem("marker")),
            new XElement("IsTruncated", page.Count > most ? "true" : "false"),
            page.Count > most ? new XElement("NextMarker", page[most].Physical) : null,
            new XElement("MaxItems", most));
    }

    private static XElement ListByName(Call call)
    {
        var from = DnsRecords.Dotted(call.Request.QueryItem("dnsname") ?? "");
        var zones = call.Store.OfType(call.Account, ResourceRegions.Global, ZoneType).OrderBy(ZoneName, StringComparer.Ordinal);
        var shown = zones.Where(z => from == "." || string.CompareOrdinal(ZoneName(z), from) >= 0).ToList();
        return new("ListHostedZonesByNameResponse", new XElement("HostedZones", shown.Select(z => Zone(call, z))),
            new XElement("IsTruncated", "false"), new XElement("MaxItems", 100));
    }

    private static XElement GetHostedZone(Call call)
    {
        var zone = Find(call);
        return new(
            "GetHostedZoneResponse",
            Zone(call, zone),
            IsPrivate(zone) ? null
                : new XElement("DelegationSet",
                new XElement("NameServers",
                zone.Attributes["NameServers"]!.AsArray().Select(n => new XElement("NameServer", n!.ToString())))));
    }

    private static XElement ListRecords(Call call)
    {
        var request = call.Request;
        var most = int.TryParse(request.QueryItem("maxitems"), out var asked) ? Math.Clamp(asked, 1, 300) : 300;
        var (name, type, id) = (request.QueryItem("name"), request.QueryItem("type") ?? "", request.QueryItem("identifier") ?? "");
        var from = name is null ? ("", "", "") : (DnsRecords.Dotted(name), type, id);
        var all = DnsRecords.In(call.Store, Find(call).Physical).Where(r => Compare((r.Name, r.Type, r.SetId), from) >= 0).Take(most + 1)
            .ToList();
        var more = all.Count > most ? all[most] : default;
        return new(
            "ListResourceRecordSetsResponse",
            new XElement("ResourceRecordSets", all.Take(most).Select(r => RecordXml.Write(r.Name, r.Type, r.SetId, r.Body))),
            new XElement("IsTruncated", all.Count > most ? "true" : "false"),
            Optional("NextRecordName", more.Name),
            Optional("NextRecordType", more.Type),
            Optional("NextRecordIdentifier", string.IsNullOrEmpty(more.SetId) ? null : more.SetId),
            new XElement("MaxItems", most));
    }

    private static int Compare((string Name, string Type, string Id) a, (string Name, string Type, string Id) b) =>
        string.CompareOrdinal(a.Name, b.Name) is not 0 and var byName ? byName
        : string.CompareOrdinal(a.Type, b.Type) is not 0 and var byType ? byType : string.CompareOrdinal(a.Id, b.Id);

    private static XElement ChangeRecords(Call call)
    {
        var zone = Find(call);
        foreach (var (action, key, body) in RecordXml.Changes(call.Request.BodyText))
        {
            var known = DnsRecords.Find(call.Store, zone.Physical, key);
            var apex = ZoneName(zone);
            var problem = action switch
            {
                _ when key.Name != apex
                    && !key.Name.EndsWith($".{apex}", StringComparison.Ordinal) =>
                    $"[RRSet with DNS name {key.Name} is not permitted in zone {apex}]",
                "CREATE" when known is not null =>
                    $"[Tried to create resource record set [name='{key.Name}', type='{key.Type}'] but it already exists]",
                "DELETE" when known is null =>
                    $"[Tried to delete resource record set [name='{key.Name}', type='{key.Type}'] but it was not found]",
                "DELETE" when !RecordXml.AreSame(known!, body) =>
                    $"[Tried to delete resource record set [name='{key.Name}', type='{key.Type}'] but the values provided do not match the current values]",
                "CREATE" or "UPSERT" or "DELETE" => null,
                _ => $"[Unknown action {action}]",
            };
            if (problem is not null)
            {
                throw new AwsError("InvalidChangeBatch", problem);
            }

            if (action == "DELETE")
            {
                DnsRecords.Remove(call.Store, zone.Physical, key);
            }
            else
            {
                DnsRecords.Put(call.Store, zone.Physical, key.Name, key.Type, key.SetId, body);
            }
        }

        return new("ChangeResourceRecordSetsResponse", Change(call, $"C{new DeterministicIds(call.RequestId).Capitals(20)}"));
    }

    private static XElement Change(Call call, string id) => new(
        "ChangeInfo", new XElement("Id", $"/change/{id}"), new XElement("Status", "INSYNC"), new XElement("SubmittedAt", call.Now.Iso()));

    private static LiveResource Find(Call call)
    {
        var id = Parts(call.Request)[2];
        return call.Store.Find(call.Account, ResourceRegions.Global, ZoneType, id)
            ?? throw new AwsError("NoSuchHostedZone", $"No hosted zone found with ID: {id}", 404);
    }

    private static XElement Zone(Call call, LiveResource zone) => new(
        "HostedZone",
        new XElement("Id", $"/hostedzone/{zone.Physical}"),
        new XElement("Name", ZoneName(zone)),
        new XElement("CallerReference", new DeterministicIds(zone.Physical).Uuid()),
        new XElement(
            "Config",
            Optional("Comment", zone.Properties["HostedZoneConfig"]?["Comment"]?.ToString()),
            new XElement("PrivateZone", IsPrivate(zone) ? "true" : "false")),
        new XElement("ResourceRecordSetCount", DnsRecords.In(call.Store, zone.Physical).Count));

    private static string ZoneName(LiveResource zone) => DnsRecords.Dotted(zone.Properties[nameof(Name)]!.ToString());

    private static bool IsPrivate(LiveResource zone) => zone.Properties["VPCs"] is JsonArray { Count: > 0 };

    private static XElement? Optional(string name, string? value) => value is null ? null : new(name, value);
}
