using System.Text.RegularExpressions;

namespace Paco.Sandbox.Wire;

/// <summary>What a SigV4 signature says about its sender: key, region and service. The signature itself is not verified.</summary>
internal sealed partial record Credential(string AccessKeyId, string Region, string Service)
{
    /// <summary>The credential scope of the Authorization header or of a presigned query; null for an unsigned request.</summary>
    public static Credential? Of(WireRequest request)
    {
        var scope = request.Header("authorization") is { } header && Scope().Match(header) is { Success: true } match
            ? match.Groups[1].Value
            : request.QueryItem("X-Amz-Credential");
        var parts = scope?.Split('/') ?? [];
        return parts.Length == 5 && parts[4] == "aws4_request" ? new(parts[0], parts[2], parts[3]) : null;
    }

    [GeneratedRegex(@"Credential=([^,\s]+)")]
    private static partial Regex Scope();
}
