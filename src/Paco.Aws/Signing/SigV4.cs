using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Paco.Aws.Signing;

/// <summary>A name and a value. A class, since code over it is compiled ahead of time and code over KeyValuePair is not.</summary>
internal sealed record Pair(string Name, string Value);

/// <summary>
/// A request as it is signed. <see cref="Path"/> is percent-encoded: as it goes over the wire for S3, <see cref="SigV4.EncodeAgain"/> for
/// the rest; <see cref="Headers"/> are all those to be signed, Host among them. Source: IAM User Guide, "Create a signed AWS API request".
/// </summary>
internal sealed record CanonicalRequest(
    string Method,
    string Path,
    IReadOnlyCollection<Pair> Query,
    IReadOnlyCollection<Pair> Headers,
    string PayloadHash);

/// <summary>What a signature is good for: a moment, a region and a service.</summary>
internal readonly record struct SigningScope(DateTimeOffset Time, string Region, string Service)
{
    public string Stamp => Time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public string Date => Stamp[..8];

    public override string ToString() => $"{Date}/{Region}/{Service}/aws4_request";
}

/// <summary>AWS Signature Version 4 in headers. Why it is ours and not the SDK's: docs/decisions/0005-signing.md.</summary>
internal static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The Authorization header's value.</summary>
    public static string Authorization(CanonicalRequest request, AwsKeys keys, SigningScope scope)
    {
        var headers = Sorted(request.Headers);
        var signed = string.Join(';', headers.Select(h => h.Name));
        var canonical = Canonical(request, headers, signed);
        var text = $"{Algorithm}\n{scope.Stamp}\n{scope}\n{HexHash(Encoding.UTF8.GetBytes(canonical))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Key(keys, scope), Encoding.UTF8.GetBytes(text)));
        return $"{Algorithm} Credential={keys.AccessKeyId}/{scope}, SignedHeaders={signed}, Signature={signature}";
    }

    /// <summary>The query string both signed and sent: encoded, then sorted by name and value.</summary>
    public static string QueryString(IEnumerable<Pair> query) =>
        string.Join('&', query
            .Select(q => new Pair(Uri.EscapeDataString(q.Name), Uri.EscapeDataString(q.Value)))
            .OrderBy(q => q.Name, StringComparer.Ordinal)
            .ThenBy(q => q.Value, StringComparer.Ordinal)
            .Select(q => $"{q.Name}={q.Value}"));

    /// <summary>The path of every service but S3, which are signed with their percent signs encoded once more.</summary>
    public static string EncodeAgain(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    public static string HexHash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Canonical(CanonicalRequest request, List<Pair> headers, string signed)
    {
        var lines = string.Concat(headers.Select(h => $"{h.Name}:{h.Value}\n"));
        return $"{request.Method}\n{request.Path}\n{QueryString(request.Query)}\n{lines}\n{signed}\n{request.PayloadHash}";
    }

    private static List<Pair> Sorted(IEnumerable<Pair> headers) =>
        [.. headers
            .GroupBy(h => h.Name.ToLowerInvariant(), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new Pair(g.Key, string.Join(',', g.Select(h => OneSpace(h.Value)))))];

    private static string OneSpace(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static byte[] Key(AwsKeys keys, SigningScope scope)
    {
        var key = Encoding.UTF8.GetBytes($"AWS4{keys.SecretAccessKey.Reveal()}");
        foreach (var part in (string[])[scope.Date, scope.Region, scope.Service, "aws4_request"])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return key;
    }
}
