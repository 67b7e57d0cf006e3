using System.Text.RegularExpressions;

namespace Paco.Sandbox.Wire;

/// <summary>What a SigV4 signature says about its sender: key, region and service. The signature itself is not verified.</summary>
internal sealed partial record Credential(string AccessKeyId, string Region, string Service)
{
    private static readonly string[] Presigned =
        ["X-Amz-Credential", "X-Amz-Algorithm", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Signature"];

    /// <summary>
    /// The credential scope of the Authorization header or of a presigned query; null for an unsigned request. A page that is shown in a
    /// browser can write neither header nor signature, but any address: a query counts with all parts of a signature only.
    /// </summary>
    public static Credential? Of(WireRequest request)
    {
        var scope = request.Header("authorization") is { } header
            ? Signature().IsMatch(header) && Scope().Match(header) is { Success: true } match ? match.Groups[1].Value : null
            : Presigned.All(name => request.QueryItem(name) is { Length: > 0 }) ? request.QueryItem(Presigned[0]) : null;
        var parts = scope?.Split('/') ?? [];
        return parts.Length == 5 && parts[4] == "aws4_request" ? new(parts[0], parts[2], parts[3]) : null;
    }

    [GeneratedRegex(@"^AWS4-\S+ .*Signature=\S")]
    private static partial Regex Signature();

    [GeneratedRegex(@"Credential=([^,\s]+)")]
    private static partial Regex Scope();
}
