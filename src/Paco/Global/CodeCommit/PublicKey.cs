using System.Buffers.Binary;
using System.Text;
using Paco.Diagnostics;

namespace Paco.Global.CodeCommit;

/// <summary>
/// A public key as IAM takes it for CodeCommit: RSA of 2048 bits or more, as one line of <c>authorized_keys</c>.
/// Source: IAM API Reference, UploadSSHPublicKey.
/// </summary>
internal sealed record PublicKey(string Body)
{
    public static readonly DiagnosticCode Unusable = new("PACO3092", Severity.Error, "a public key that cannot be used",
        "CodeCommit takes RSA keys of 2048 bits or more, as `ssh-keygen -t rsa -b 4096` makes them: the one line of the file that ends in `.pub`, beginning with `ssh-rsa`. Keys of other kinds (ed25519, ecdsa) IAM refuses, whatever other Git hosts say. The private key belongs into no file of the project.");

    private const string Kind = "ssh-rsa";
    private const int LeastBits = 2048;
    private const string Make = "make one with ssh-keygen -t rsa -b 4096, and write the line of the file that ends in .pub";

    /// <summary>The key; null where it is none that IAM takes.</summary>
    public static PublicKey? Read(string text) => ProblemWith(text) is null ? new PublicKey(text.Trim()) : null;

    /// <summary>True where both are one key, whatever comment stands behind it.</summary>
    public bool IsSame(string body) => Parts(body) is [var kind, var key, ..] && Parts(Body) is [var ownKind, var ownKey, ..]
        && kind == ownKind && key == ownKey;

    public static bool IsPrivate(string text) => text.Contains("PRIVATE KEY", StringComparison.Ordinal);

    /// <summary>Why a text is no such key, and the way out; null where it is one. Neither holds any of the text.</summary>
    public static (string Message, string WayOut)? ProblemWith(string text)
    {
        if (IsPrivate(text))
        {
            return ("this is a private key",
                "make a new pair, since this one has been in a file; only the line of the file that ends in .pub belongs here");
        }
        if (text.Contains("BEGIN", StringComparison.Ordinal))
            return ("the key is in PEM form", "ssh-keygen -i -m PKCS8 -f FILE writes it as the one line that is wanted");
        return Parts(text) switch
        {
            [Kind, var key, ..] => Bits(key) switch
            {
                null => ("this is no public key: what stands behind ssh-rsa is damaged or cut",
                    "copy the whole line of the file that ends in .pub"),
                < LeastBits and var bits => ($"the key has {bits} bits; IAM takes {LeastBits} or more", Make),
                _ => null,
            },
            [var kind, ..] when IsOtherKind(kind) => ($"IAM takes no keys of kind {kind} for CodeCommit, only RSA", Make),
            _ => ("this is no public key: it does not begin with ssh-rsa", Make),
        };
    }

    private static string[] Parts(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsOtherKind(string kind) => kind is "ssh-ed25519" or "ssh-dss"
        || kind.StartsWith("ecdsa-sha2-", StringComparison.Ordinal) || kind.StartsWith("sk-", StringComparison.Ordinal);

    // The wire form of RFC 4253: the kind, the exponent, the modulus, each behind its length.
    private static int? Bits(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var count))
            return null;
        var rest = bytes.AsSpan(0, count);
        if (!Take(ref rest, out var kind) || !kind.SequenceEqual(Encoding.ASCII.GetBytes(Kind)) || !Take(ref rest, out _)
            || !Take(ref rest, out var modulus) || rest.Length > 0)
        {
            return null;
        }
        modulus = modulus.TrimStart((byte)0);
        return modulus.IsEmpty ? 0 : (modulus.Length * 8) - (int.LeadingZeroCount(modulus[0]) - 24);
    }

    private static bool Take(ref Span<byte> rest, out Span<byte> field)
    {
        field = default;
        if (rest.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length > rest.Length - 4)
            return false;
        field = rest.Slice(4, (int)length);
        rest = rest[(4 + (int)length)..];
        return true;
    }
}
