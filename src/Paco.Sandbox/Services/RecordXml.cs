using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Record sets between Route 53's XML and the form CloudFormation writes them in.</summary>
internal static class RecordXml
{
    private static readonly string[] Scalars = ["Weight", "Region", "Failover", "MultiValueAnswer", "HealthCheckId"];

    public static XElement Write(string name, string type, string setId, JsonObject body) => new(
        "ResourceRecordSet",
        new XElement("Name", name.Replace("*", "\\052", StringComparison.Ordinal)),
        new XElement("Type", type),
        setId.Length > 0 ? new XElement("SetIdentifier", setId) : null,
        Scalars.Where(s => body[s] is not null).Select(s => new XElement(s, Templates.Json.Scalar(body[s]))),
        body["TTL"] is { } ttl ? new XElement("TTL", ttl.ToString()) : null,
        body["ResourceRecords"] is JsonArray values
            ? new XElement("ResourceRecords", values.Select(v => new XElement("ResourceRecord", new XElement("Value", v!.ToString()))))
            : null,
        body["AliasTarget"] is JsonObject alias
            ? new XElement(
                "AliasTarget",
                new XElement("HostedZoneId", alias["HostedZoneId"]?.ToString()),
                new XElement("DNSName", DnsRecords.Dotted(alias["DNSName"]?.ToString() ?? "")),
                new XElement("EvaluateTargetHealth", Templates.Json.Scalar(alias["EvaluateTargetHealth"]) == "true" ? "true" : "false"))
            : null);

    /// <summary>True for bodies that say the same, whoever wrote them.</summary>
    public static bool AreSame(JsonObject one, JsonObject other) => XNode.DeepEquals(Write("", "", "", one), Write("", "", "", other));

    /// <summary>The changes of a batch in their order.</summary>
    public static List<(string Action, RecordKey Key, JsonObject Body)> Changes(string xml)
    {
        try
        {
            return [.. XDocument.Parse(xml).Descendants().Where(e => e.Name.LocalName == "Change").Select(Change)];
        }
        catch (Exception e) when (e is XmlException or NullReferenceException)
        {
            throw new AwsError("InvalidInput", "Invalid XML ; javax.xml.stream.XMLStreamException");
        }
    }

    private static (string, RecordKey, JsonObject) Change(XElement change)
    {
        var set = Child(change, "ResourceRecordSet")!;
        var body = new JsonObject();
        foreach (var scalar in Scalars.Append("TTL"))
        {
            if (Child(set, scalar) is { } element)
            {
                body[scalar] = element.Value;
            }
        }

        if (Child(set, "ResourceRecords") is { } records)
        {
            body["ResourceRecords"] = new JsonArray([.. records.Elements().Select(r => JsonValue.Create(Child(r, "Value")!.Value))]);
        }

        if (Child(set, "AliasTarget") is { } alias)
        {
            body["AliasTarget"] =
                new JsonObject(alias.Elements().Select(e => KeyValuePair.Create<string, JsonNode?>(e.Name.LocalName, e.Value)));
        }

        var key = new RecordKey(DnsRecords.Dotted(Child(set, "Name")!.Value.Replace("\\052", "*", StringComparison.Ordinal)),
            Child(set, "Type")!.Value, Child(set, "SetIdentifier")?.Value ?? "");
        return (Child(change, "Action")!.Value, key, body);
    }

    private static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);
}
