using System.Text;

namespace Paco.Sandbox.Wire;

/// <summary>An HTTP request as it came: raw path and query, headers by lower-case name.</summary>
internal sealed record WireRequest(string Method, string Host, string Path, string Query, IReadOnlyDictionary<string, string> Headers,
    byte[] Body)
{
    private IReadOnlyList<KeyValuePair<string, string>>? _query;

    /// <summary>The query's names and values, decoded, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> QueryItems => _query ??= FormText.Parse(Query.TrimStart('?'));

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public string? QueryItem(string name)
    {
        foreach (var item in QueryItems)
        {
            if (item.Key == name)
            {
                return item.Value;
            }
        }

        return null;
    }

    public string BodyText => Encoding.UTF8.GetString(Body);
}

/// <summary>An HTTP answer.</summary>
internal sealed record WireResponse(int Status, string ContentType, byte[] Body)
{
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static WireResponse Text(int status, string contentType, string body) => new(status, contentType, Encoding.UTF8.GetBytes(body));

    public WireResponse With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}

/// <summary>application/x-www-form-urlencoded.</summary>
internal static class FormText
{
    public static List<KeyValuePair<string, string>> Parse(string text)
    {
        var items = new List<KeyValuePair<string, string>>();
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            items.Add(equals < 0 ? new(Decode(part), "") : new(Decode(part[..equals]), Decode(part[(equals + 1)..])));
        }

        return items;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
