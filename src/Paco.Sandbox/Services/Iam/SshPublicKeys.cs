using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Iam;

/// <summary>Public keys for CodeCommit: RSA of at least 2048 bits, in OpenSSH's form. Source: API iam UploadSSHPublicKey.</summary>
internal static class SshPublicKeys
{
    private const int Most = 5;
    private const int LeastBits = 2048;

    public static IEnumerable<XElement> List(Call call, LiveResource user) => All(call, user).Select(k => IamService.Member(
        new XElement("UserName", user.Physical), new XElement("SSHPublicKeyId", k.Id), new XElement("Status", "Active"),
        new XElement("UploadDate", k.Created.Iso())));

    public static XElement Get(Call call, LiveResource user, QueryForm form) => form.Required("Encoding") == "SSH"
        ? Describe(user, Find(call, user, form))
        : throw AwsError.NotEmulated("iam: public keys in the encoding PEM");

    public static XElement Upload(Call call, LiveResource user, QueryForm form)
    {
        var body = Read(form.Required("SSHPublicKeyBody"))
            ?? throw new AwsError("InvalidPublicKey", "The request was rejected because the public key is malformed or otherwise invalid.");
        var all = All(call, user);
        if (all.Exists(k => k.Body == body))
        {
            throw new AwsError("DuplicateSSHPublicKey",
                "The request was rejected because the SSH public key is already associated with the specified IAM user.");
        }

        if (all.Count >= Most)
        {
            throw IamService.Limit("SSHPublicKeysPerUser", Most);
        }

        var seed = new DeterministicIds($"public key {UserCredentials.Next(call.Store)} {user.Account} {user.Physical}");
        var key = new UserCredential(CredentialKind.SshPublicKey, $"APKA{seed.Capitals(16)}", body, call.Now);
        UserCredentials.Put(call.Store, user.Account, user.Physical, key);
        return Describe(user, key);
    }

    public static XElement? Delete(Call call, LiveResource user, QueryForm form)
    {
        UserCredentials.Remove(call.Store, user.Account, user.Physical, CredentialKind.SshPublicKey, Find(call, user, form).Id);
        return null;
    }

    private static List<UserCredential> All(Call call, LiveResource user) =>
        UserCredentials.Of(call.Store, user.Account, user.Physical, CredentialKind.SshPublicKey);

    private static UserCredential Find(Call call, LiveResource user, QueryForm form)
    {
        var id = form.Required("SSHPublicKeyId");
        return All(call, user).Find(k => k.Id == id) ?? throw IamService.Missing($"The Public Key with id {id} cannot be found.");
    }

    private static XElement Describe(LiveResource user, UserCredential key) => new("r", new XElement("SSHPublicKey",
        new XElement("UserName", user.Physical), new XElement("SSHPublicKeyId", key.Id),
        new XElement("Fingerprint", Fingerprint(key.Body)), new XElement("SSHPublicKeyBody", key.Body),
        new XElement("Status", "Active"), new XElement("UploadDate", key.Created.Iso())));

    /// <summary>Kind and key without the comment; null for what is no such key.</summary>
    private static string? Read(string text)
    {
        if (text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not ["ssh-rsa", var encoded, ..])
        {
            return null;
        }

        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) && IsStrong(bytes.AsSpan(0, length))
            ? $"ssh-rsa {encoded}"
            : null;
    }

    // Three fields, each after its length: the kind, the exponent, the modulus (RFC 4253, 6.6).
    private static bool IsStrong(ReadOnlySpan<byte> blob) =>
        Field(ref blob, out var kind) && Encoding.ASCII.GetString(kind) == "ssh-rsa"
        && Field(ref blob, out _) && Field(ref blob, out var modulus) && blob.IsEmpty
        && modulus.TrimStart((byte)0).Length * 8 >= LeastBits;

    private static bool Field(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (rest.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length > rest.Length - 4)
        {
            return false;
        }

        field = rest.Slice(4, (int)length);
        rest = rest[(4 + (int)length)..];
        return true;
    }

    /// <summary>IAM prints the MD5 of the key; nothing relies on its strength.</summary>
#pragma warning disable CA5351
    private static string Fingerprint(string body) =>
        string.Join(':', MD5.HashData(Convert.FromBase64String(body.Split(' ')[1])).Select(b => $"{b:x2}"));
#pragma warning restore CA5351
}
