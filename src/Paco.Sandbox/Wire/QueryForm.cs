using System.Globalization;

namespace Paco.Sandbox.Wire;

/// <summary>The parameters of a Query request: <c>Tags.member.1.Key=…</c>, or EC2's flat <c>KeyName.1=…</c>.</summary>
internal sealed class QueryForm
{
    // Far more than any operation takes: lists are found by looking through the names.
    private const int MostFields = 10_000;

    private readonly Dictionary<string, string> _items = new(StringComparer.Ordinal);

    public QueryForm(WireRequest request)
    {
        foreach (var (key, value) in request.Method == "POST" ? FormText.Parse(request.BodyText) : request.QueryItems)
        {
            _items[key] = value;
            if (_items.Count > MostFields)
            {
                throw new AwsError("MalformedQueryString", $"The request has more than {MostFields} fields.");
            }
        }
    }

    public string? this[string name] => _items.GetValueOrDefault(name);

    public string Action => this["Action"] ?? "";

    /// <summary>A value that must be there.</summary>
    public string Required(string name) =>
        this[name] is { Length: > 0 } value
            ? value
            : throw AwsError.Validation(
                $"1 validation error detected: Value null at '{Lower(name)}' failed to satisfy constraint: Member must not be null");

    public bool? Flag(string name) => this[name] is { } value ? string.Equals(value, "true", StringComparison.OrdinalIgnoreCase) : null;

    public int? Number(string name) => int.TryParse(this[name], CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A list of strings.</summary>
    public List<string> List(string name) => [.. Indexed(name).Select(at => _items.GetValueOrDefault(at)).OfType<string>()];

    /// <summary>A list of structures, as the prefixes of their members (<c>Tags.member.1.</c>).</summary>
    public List<string> Items(string name) => [.. Indexed(name).Where(at => Has($"{at}.")).Select(at => $"{at}.")];

    /// <summary>True where the request wrote the list at all, also when it wrote it empty (<c>Tags=</c>).</summary>
    public bool Wrote(string name) => _items.ContainsKey(name) || Has($"{name}.");

    private IEnumerable<string> Indexed(string name)
    {
        var stem = Has($"{name}.member.") ? $"{name}.member" : name;
        for (var i = 1; _items.ContainsKey($"{stem}.{i}") || Has($"{stem}.{i}."); i++)
        {
            yield return $"{stem}.{i}";
        }
    }

    private bool Has(string prefix)
    {
        foreach (var key in _items.Keys)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
