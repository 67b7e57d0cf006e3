using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Paco.Sandbox.Wire;

/// <summary>Answers and errors in AWS's five dialects.</summary>
internal static class Answers
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    /// <summary>The Query protocol: <c>&lt;XResponse&gt;&lt;XResult&gt;…</c>.</summary>
    public static WireResponse Query(string xmlns, string action, string requestId, XElement? result)
    {
        var response = new XElement($"{action}Response");
        if (result is not null)
        {
            result.Name = $"{action}Result";
            response.Add(result);
        }

        response.Add(new XElement("ResponseMetadata", new XElement("RequestId", requestId)));
        return Xml(200, xmlns, response).With("x-amzn-RequestId", requestId);
    }

    public static WireResponse QueryError(string xmlns, AwsError error, string requestId) =>
        Xml(error.Status, xmlns, new XElement(
            "ErrorResponse",
            new XElement("Error", new XElement("Type", Fault(error)), new XElement("Code", error.Code),
                new XElement("Message", error.Message)),
            new XElement("RequestId", requestId))).With("x-amzn-RequestId", requestId);

    /// <summary>EC2's Query dialect: no result element, <c>requestId</c> first.</summary>
    public static WireResponse Ec2(string action, string requestId, params object[] content) =>
        Xml(200, "http://ec2.amazonaws.com/doc/2016-11-15/",
            new XElement($"{action}Response", new XElement("requestId", requestId), content));

    public static WireResponse Ec2Error(AwsError error, string requestId) =>
        Xml(error.Status, "", new XElement(
            "Response",
            new XElement("Errors", new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message))),
            new XElement("RequestID", requestId)));

    public static WireResponse Json(string version, string requestId, JsonNode? body)
    {
        LeaveOutNulls(body);
        return WireResponse.Text(200, $"application/x-amz-json-{version}", body?.ToJsonString(Text.Wire) ?? "{}")
            .With("x-amzn-RequestId", requestId);
    }

    /// <summary>REST with JSON; nothing at all where there is nothing to answer.</summary>
    public static WireResponse RestJson(string requestId, JsonNode? body)
    {
        LeaveOutNulls(body);
        return WireResponse.Text(200, "application/json", body?.ToJsonString(Text.Wire) ?? "").With("x-amzn-RequestId", requestId);
    }

    public static WireResponse JsonError(string version, AwsError error, string requestId) =>
        WireResponse.Text(
            error.Status,
            $"application/x-amz-json-{version}",
            new JsonObject { ["__type"] = error.Code, ["message"] = error.Message, ["Message"] = error.Message }.ToJsonString(Text.Wire))
            .With("x-amzn-RequestId", requestId).With("x-amzn-ErrorType", error.Code);

    /// <summary>AWS writes no member that has no value.</summary>
    private static void LeaveOutNulls(JsonNode? node)
    {
        if (node is JsonObject tree)
        {
            foreach (var name in tree.Where(m => m.Value is null).Select(m => m.Key).ToList())
            {
                tree.Remove(name);
            }
        }

        foreach (var below in node switch { JsonObject members => members.Select(m => m.Value), JsonArray items => items, _ => [] })
        {
            LeaveOutNulls(below);
        }
    }

    public static WireResponse S3Error(AwsError error, string requestId, string resource) =>
        Xml(error.Status, "", new XElement(
            "Error",
            new XElement("Code", error.Code),
            new XElement("Message", error.Message),
            new XElement("Resource", resource),
            new XElement("RequestId", requestId))).With("x-amz-request-id", requestId);

    /// <summary>An element and all below it, put into one namespace.</summary>
    public static WireResponse Xml(int status, string xmlns, XElement root)
    {
        foreach (var text in root.DescendantNodes().OfType<XText>().Where(t => !t.Value.All(IsXml)))
        {
            text.Value = string.Concat(text.Value.Select(c => IsXml(c) ? c : '\uFFFD'));
        }

        if (xmlns.Length > 0)
        {
            XNamespace space = xmlns;
            foreach (var element in root.DescendantsAndSelf())
            {
                element.Name = space + element.Name.LocalName;
            }
        }

        return WireResponse.Text(status, "text/xml", Declaration + root.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>XML has no way to write most control characters, whoever put them into a property.</summary>
    private static bool IsXml(char c) => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c);

    private static string Fault(AwsError error) => error.Status >= 500 ? "Receiver" : "Sender";
}

/// <summary>How JSON is written: readable, because only machines that unescape read it.</summary>
internal static class Text
{
    public static readonly JsonSerializerOptions Wire =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToText(this JsonNode node) => node.ToJsonString(Wire);

    public static int ByteCount(string text) => Encoding.UTF8.GetByteCount(text);

    /// <summary>The time as AWS's XML writes it.</summary>
    public static string Iso(this DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
}
