using System.Globalization;
using System.Text;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.S3;

/// <summary>aws-chunked: length lines, chunks, trailers. The checksums in it are not verified.</summary>
internal static class ChunkedBody
{
    public static byte[] Decode(WireRequest request)
    {
        var chunked = request.Header("x-amz-content-sha256")?.StartsWith("STREAMING-", StringComparison.Ordinal) == true
            || request.Header("content-encoding")?.Contains("aws-chunked", StringComparison.Ordinal) == true;
        return chunked ? Join(request.Body) : request.Body;
    }

    private static byte[] Join(byte[] body)
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

        return whole.ToArray();
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
