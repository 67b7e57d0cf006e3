using Paco.Sandbox.Wire;

namespace Paco.Sandbox;

/// <summary>
/// What is asked of a request on the loopback port before its body is read. Anything on this machine may knock there, and so may any
/// web page in a browser on it: a page must not delete stacks, nor read them under a name that leads back here (DNS rebinding).
/// </summary>
internal static class Admission
{
    private const long MostInObject = 32 * 1024 * 1024;
    private const long MostElsewhere = 4 * 1024 * 1024;

    // Browsers send one of them with all that a page asks for; no SDK does.
    private static readonly string[] OfPages = ["origin", "sec-fetch-site", "referer"];

    /// <summary>Why the request is not answered, or null.</summary>
    /// <param name="request">Its head.</param>
    /// <param name="port">The port it came to.</param>
    public static AwsError? Refusal(WireRequest request, int port)
    {
        if (!IsLoopback(request.Host, port))
            return new("AccessDenied", $"The sandbox answers to 127.0.0.1:{port} and localhost:{port} only.", 403);
        if (OfPages.FirstOrDefault(name => request.Header(name) is not null) is { } header)
            return new("AccessDenied", $"The sandbox answers no web pages, and this request has the header {header} of one.", 403);
        if (!request.Path.StartsWith('/'))
            return new("InvalidURI", "Couldn't parse the specified URI.");
        return Credential.Of(request) is null ? AwsError.Unsigned() : null;
    }

    /// <summary>The most bytes a request's body may have: what it is for stands in its signature.</summary>
    public static long MostBytes(WireRequest request) => Credential.Of(request) is { Service: "s3" } ? MostInObject : MostElsewhere;

    /// <summary>S3's word for a body that is too large, or that of the others.</summary>
    public static AwsError TooLarge(WireRequest request)
    {
        var most = MostBytes(request);
        return new(most == MostInObject ? "EntityTooLarge" : "RequestEntityTooLarge",
            $"The sandbox takes at most {most / (1024 * 1024)} MiB here.", 413);
    }

    // Names below localhost are loopback too (RFC 6761); S3 puts buckets there.
    private static bool IsLoopback(string host, int port)
    {
        var colon = host.LastIndexOf(':');
        var (name, number) = colon < 0 || host.EndsWith(']') ? (host, "80") : (host[..colon], host[(colon + 1)..]);
        return number == $"{port}" && (name is "127.0.0.1" or "[::1]" || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));
    }
}
