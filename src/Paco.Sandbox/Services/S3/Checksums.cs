using System.Buffers.Binary;
using System.Security.Cryptography;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.S3;

/// <summary>
/// Checksums of a whole object, as SDKs send them in a header or behind the body: held against the content, and answered.
/// </summary>
internal static class Checksums
{
    private const string Prefix = "x-amz-checksum-";

    private static readonly Crc Crc32 = new(4, 0xEDB88320);
    private static readonly Crc Crc32C = new(4, 0x82F63B78);
    private static readonly Crc Crc64Nvme = new(8, 0x9A6C9329AC4BC9B5);

    /// <summary>Those that were sent, by header. Throws BadDigest for one that is not the content's.</summary>
    public static Dictionary<string, string> Check(WireRequest request, ReadBody body)
    {
        var md5 = request.Header("content-md5");
        if (md5 is not null && md5 != Convert.ToBase64String(Md5(body.Content)))
        {
            throw new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.");
        }

        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Headers.Concat(body.Trailers).Where(h => h.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var algorithm = name[Prefix.Length..];
            if (Of(algorithm, body.Content) is { } sum)
            {
                sent[name] = value == Convert.ToBase64String(sum) ? value : throw new AwsError("BadDigest",
                    $"The {algorithm.ToUpperInvariant()} you specified did not match the calculated checksum.");
            }
        }

        return sent;
    }

    /// <summary>S3's tag is the content's MD5; nothing relies on its strength, nor on that of SHA-1.</summary>
#pragma warning disable CA5351, CA5350
    public static byte[] Md5(byte[] content) => MD5.HashData(content);

    private static byte[]? Of(string algorithm, byte[] content) => algorithm switch
    {
        "crc32" => Crc32.Of(content),
        "crc32c" => Crc32C.Of(content),
        "crc64nvme" => Crc64Nvme.Of(content),
        "sha1" => SHA1.HashData(content),
        "sha256" => SHA256.HashData(content),
        _ => null,
    };
#pragma warning restore CA5351, CA5350

    /// <summary>A cyclic redundancy check of 4 or 8 bytes, its polynomial reflected.</summary>
    private sealed class Crc(int bytes, ulong polynomial)
    {
        private readonly ulong[] _table = [.. Enumerable.Range(0, 256).Select(i => Entry((ulong)i, polynomial))];

        public byte[] Of(byte[] content)
        {
            var crc = ulong.MaxValue >> (64 - (8 * bytes));
            foreach (var next in content)
            {
                crc = _table[(byte)(crc ^ next)] ^ (crc >> 8);
            }

            var sum = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(sum, ~crc);
            return sum[^bytes..];
        }

        private static ulong Entry(ulong value, ulong polynomial)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 1 ? (value >> 1) ^ polynomial : value >> 1;
            }

            return value;
        }
    }
}
