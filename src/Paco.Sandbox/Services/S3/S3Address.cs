namespace Paco.Sandbox.Services.S3;

/// <summary>Bucket and key of an address, virtual-host or path style.</summary>
internal static class S3Address
{
    /// <param name="path">The raw path, percent-encoded.</param>
    public static (string Bucket, string Key) Of(string host, string path)
    {
        var name = host.Split(':')[0];
        var decoded = Uri.UnescapeDataString(path.TrimStart('/'));
        foreach (var mark in (string[])[".s3.", ".s3-", ".localhost"])
        {
            var at = name.IndexOf(mark, StringComparison.Ordinal);
            if (at > 0)
            {
                return (name[..at], decoded);
            }
        }

        var slash = decoded.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (decoded, "") : (decoded[..slash], decoded[(slash + 1)..]);
    }
}
