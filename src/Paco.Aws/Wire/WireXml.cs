using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Paco.Aws.Wire;

/// <summary>Reads AWS's XML by local names: namespaces differ between versions and emulators, names do not.</summary>
internal static class WireXml
{
    /// <summary>The root of a document without DTD; throws <see cref="XmlException"/>.</summary>
    public static XElement Parse(byte[] body)
    {
        using var stream = new MemoryStream(body);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader);
    }

    public static XElement? Child(this XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    public static IEnumerable<XElement> Children(this XElement element, string name) =>
        element.Elements().Where(e => e.Name.LocalName == name);

    /// <summary>The items of a list: <c>Tags/member</c>, <c>keySet/item</c>.</summary>
    public static IEnumerable<XElement> List(this XElement element, string name, string item = "member") =>
        element.Child(name)?.Children(item) ?? [];

    /// <summary>The first descendant of that name, for answers wrapped as <c>DescribeStacksResponse/DescribeStacksResult</c>.</summary>
    public static XElement Within(this XElement element, string name) =>
        element.DescendantsAndSelf().FirstOrDefault(e => e.Name.LocalName == name) ?? throw new FormatException($"it has no {name}");

    /// <summary>A child's text, or null where it is missing or empty.</summary>
    public static string? Text(this XElement element, string name) => element.Child(name)?.Value is { Length: > 0 } text ? text : null;

    /// <summary>A child's text; throws <see cref="FormatException"/> where it is missing.</summary>
    public static string Need(this XElement element, string name) =>
        element.Child(name)?.Value ?? throw new FormatException($"{element.Name.LocalName} has no {name}");

    public static bool IsTrue(this XElement element, string name) =>
        string.Equals(element.Text(name), "true", StringComparison.OrdinalIgnoreCase);

    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The same the other way, to the second.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Reads AWS's JSON members.</summary>
internal static class WireJson
{
    /// <summary>A member's text, or null where it is missing or no text.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static string Need(this JsonElement element, string name) =>
        element.Text(name) ?? throw new FormatException($"it has no {name}");

    public static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];
}
