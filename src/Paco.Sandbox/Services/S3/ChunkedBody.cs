using System.Globalization;
using System.Text;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.S3;

/// <summary>A body without its chunks, and what stood behind them: <c>x-amz-checksum-crc32:…</c>.</summary>
/// <param name="Trailers">By lower-case name.</param>
internal sealed record ReadBody(byte[] Content, IReadOnlyDictionary<string, string> Trailers);

/// <summary>aws-chunked: length lines, chunks, trailers. The signatures in it are not verified.</summary>
internal static class ChunkedBody
{
    private static readonly Dictionary<string, string> None = [];

    public static byte[] Decode(WireRequest request) => Read(request).Content;

    public static ReadBody Read(WireRequest request)
    {
        var chunked = request.Header("x-amz-content-sha256")?.StartsWith("STREAMING-", StringComparison.Ordinal) == true
            || request.Header("content-encoding")?.Contains("aws-chunked", StringComparison.Ordinal) == true;
        return chunked ? Join(request.Body) : new(request.Body, None);
    }

    private static ReadBody Join(byte[] body)
    {
        using var whole = new MemoryStream();
        var at = 0;
        while (Line(body, ref at) is { } line)
        {
            if (!int.TryParse(line.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length) || length < 0
                || at + length > body.Length)
            {
                throw new AwsError("IncompleteBody", "The request body terminated unexpectedly");
            }

            if (length == 0)
            {
                break;
            }

            whole.Write(body, at, length);
            at += length + 2;
        }

        return new(whole.ToArray(), Trailers(body, at));
    }

    private static Dictionary<string, string> Trailers(byte[] body, int at)
    {
        var trailers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Line(body, ref at) is { Length: > 0 } line)
        {
            if (line.Split(':', 2) is [var name, var value])
            {
                trailers[name.Trim().ToLowerInvariant()] = value.Trim();
            }
        }

        return trailers;
    }

    private static string? Line(byte[] body, ref int at)
    {
        var end = at >= body.Length ? -1 : Array.IndexOf(body, (byte)'\r', at);
        if (end < 0)
        {
            return null;
        }

        var line = Encoding.ASCII.GetString(body, at, end - at);
        at = end + 2;
        return line;
    }
}
