using System.Buffers.Binary;
using System.Text;

namespace Paco.Starters;

/// <summary>A public key as in <c>id_rsa.pub</c>: type, body and comment, or only the body.</summary>
internal static class SshPublicKey
{
    private const string Wanted = "Paste the one line of a file such as ~/.ssh/id_rsa.pub; it begins with ssh-rsa AAAA.";

    public static string? Check(string answer) => Read(answer) switch
    {
        ({ } said, { } found, _) when said != found => $"The key says {said} but is of the type {found}. {Wanted}",
        (_, "ssh-rsa", _) => null,
        (_, { } other, _) => $"CodeCommit takes no keys of the type {other}, only ssh-rsa: ssh-keygen -t rsa -b 4096 makes one. {Wanted}",
        _ => $"That is not a public SSH key. {Wanted}",
    };

    /// <summary>The key as type and body, whichever of its forms it was given in, without the comment.</summary>
    public static string Normalise(string answer) => Read(answer) is (_, { } type, var body) ? $"{type} {body}" : answer;

    private static (string? Said, string? Found, string Body) Read(string answer)
    {
        var words = answer.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var typed = words.Length > 1 && !words[0].StartsWith("AAAA", StringComparison.Ordinal);
        var body = words.ElementAtOrDefault(typed ? 1 : 0) ?? "";
        return (typed ? words[0] : null, TypeOf(body), body);
    }

    // A key's body begins with the length and the name of its type.
    private static string? TypeOf(string body)
    {
        var bytes = new byte[body.Length];
        if (!Convert.TryFromBase64String(body, bytes, out var count) || count < 8)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var name = length is > 0 and <= 64 && length + 4 < count ? Encoding.ASCII.GetString(bytes, 4, (int)length) : "";
        return name.Length > 0 && name.All(c => c is > ' ' and < (char)127) ? name : null;
    }
}
