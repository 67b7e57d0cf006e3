using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Conformance;

/// <summary>Which operation of a REST service an address is of, and what stands in the address and the headers.</summary>
internal static partial class RestAddress
{
    // What signing and HTTP itself put beside an operation's own.
    private static readonly string[] Signing =
        ["x-amz-date", "x-amz-security-token", "x-amz-content-sha256", "x-amz-request-id", "x-amz-id-2", "x-amzn-requestid"];

    /// <summary>The operation whose template fits; of several the one that asks for most, as only then all of it has a meaning.</summary>
    public static Operation? Find(ServiceModel service, Exchange e) => service.Operations.Values
        .Where(o => o.Method == e.Method && Match(o, e.Path).Success && Asked(o).All(a => Has(e, a)) && Needed(o).All(n => IsThere(e, n)))
        .OrderByDescending(o => Asked(o).Count() + Needed(o).Count()).ThenByDescending(o => o.Uri.Split('/').Length)
        .ThenBy(o => o.Name, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>What is wrong with the members in address, query and headers; those that are right go into the tree.</summary>
    public static IEnumerable<string> Read(Operation operation, Exchange e, JsonObject tree)
    {
        var found = new List<string>();
        var members = operation.Input?.Members.ToList() ?? [];
        var match = Match(operation, e.Path);
        var query = Exchange.Fields(e.Query).ToList();
        foreach (var (name, shape) in members)
        {
            var text = shape.Location switch
            {
                "uri" => match.Groups[shape.LocationName ?? name] is { Success: true } group ? Uri.UnescapeDataString(group.Value) : null,
                "querystring" => query.Where(q => q.Key == shape.LocationName).Select(q => q.Value).FirstOrDefault(),
                "header" => e.Headers.GetValueOrDefault(shape.LocationName!.ToLowerInvariant()),
                _ => null,
            };
            if (text is not null)
                tree[name] = text;
        }
        var known = members.Select(m => m.Shape).Where(s => s.Location == "querystring").Select(s => s.LocationName)
            .Concat(Asked(operation).Select(a => a.Key)).ToHashSet();
        found.AddRange(query.Where(q => !known.Contains(q.Key)).Select(q => $"?{q.Key}: no such member"));
        found.AddRange(Strange(operation, members, e.Headers).Select(h => $"{h}: no such header"));
        return found;
    }

    /// <summary>Headers of AWS's that are neither members nor of signing.</summary>
    public static IEnumerable<string> Strange(Operation operation, IEnumerable<(string, Shape)> members,
        IReadOnlyDictionary<string, string> headers)
    {
        var known = members.Select(m => m.Item2).Where(s => s.Location is "header" or "headers")
            .Select(s => (Name: s.LocationName!.ToLowerInvariant(), IsPrefix: s.Location == "headers")).ToList();
        return headers.Keys.Where(h => h.StartsWith("x-amz", StringComparison.Ordinal) && !Signing.Contains(h)
            && !(operation.TakesChecksum && h.StartsWith("x-amz-checksum-", StringComparison.Ordinal))
            && !known.Any(k => k.IsPrefix ? h.StartsWith(k.Name, StringComparison.Ordinal) : h == k.Name));
    }

    /// <summary>The least that could be asked of an operation: something in every place of its template and each required member.</summary>
    public static (string Address, Dictionary<string, string> Headers) Least(Operation operation)
    {
        var required = operation.Input is { } input
            ? input.Members.Where(m => input.Required.Contains(m.Name)).Select(m => m.Shape).ToList() : [];
        var query = required.Where(s => s.Location == "querystring").Select(s => $"{s.LocationName}=x");
        var address = Placeholder().Replace(operation.Uri, "x");
        var more = string.Join('&', query);
        return (more.Length == 0 ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{more}",
            required.Where(s => s.Location == "header").ToDictionary(s => s.LocationName!, _ => "x"));
    }

    private static Match Match(Operation operation, string path)
    {
        var template = operation.Uri.Split('?')[0].TrimEnd('/');
        var escaped = Regex.Escape(template).Replace(@"\{", "{", StringComparison.Ordinal).Replace(@"\+}", "+}", StringComparison.Ordinal);
        var pattern = Placeholder().Replace(escaped, m => $"(?<{m.Groups[1].Value}>{(m.Groups[2].Length > 0 ? ".+" : "[^/]+")})");
        return Regex.Match(path, $"^{pattern}/?$");
    }

    private static IEnumerable<KeyValuePair<string, string>> Asked(Operation operation) =>
        operation.Uri.Split('?') is [_, var query] ? Exchange.Fields(query) : [];

    private static IEnumerable<Shape> Needed(Operation operation) => operation.Input is { } input
        ? input.Members.Where(m => m.Shape.Location is "querystring" or "header" && input.Required.Contains(m.Name)).Select(m => m.Shape)
        : [];

    private static bool Has(Exchange e, KeyValuePair<string, string> asked) =>
        Exchange.Fields(e.Query).Any(q => q.Key == asked.Key && (asked.Value.Length == 0 || q.Value == asked.Value));

    private static bool IsThere(Exchange e, Shape member) => member.Location == "header"
        ? e.Headers.ContainsKey(member.LocationName!.ToLowerInvariant())
        : Exchange.Fields(e.Query).Any(q => q.Key == member.LocationName);

    [GeneratedRegex(@"\{(\w+)(\+?)\}")]
    private static partial Regex Placeholder();
}
