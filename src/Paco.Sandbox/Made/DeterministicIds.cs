using System.Security.Cryptography;
using System.Text;

namespace Paco.Sandbox.Made;

/// <summary>Ids that look random and are the same every time: all of them come from a hash of what they are for.</summary>
internal sealed class DeterministicIds(string text)
{
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>Lower-case hexadecimal digits, at most 64.</summary>
    public string Hex(int length, string salt = "") => Convert.ToHexStringLower(Hash(salt))[..length];

    /// <summary>Capitals and digits, as at the end of the names CloudFormation makes.</summary>
    public string Capitals(int length) => Spell(Upper, length, "");

    public string Mixed(int length, string salt = "") => Spell(Letters, length, salt);

    public string Digits(int length) => Spell("0123456789", length, "");

    /// <summary>A number from 0 to below a limit.</summary>
    public int Number(int limit, string salt = "") => (int)(BitConverter.ToUInt32(Hash(salt)) % (uint)limit);

    public string Uuid(string salt = "")
    {
        var h = Hex(32, salt);
        return $"{h[..8]}-{h[8..12]}-4{h[13..16]}-a{h[17..20]}-{h[20..32]}";
    }

    private byte[] Hash(string salt) => SHA256.HashData(Encoding.UTF8.GetBytes($"{text}\n{salt}"));

    private string Spell(string alphabet, int length, string salt)
    {
        var made = new StringBuilder(length);
        for (var block = 0; made.Length < length; block++)
        {
            foreach (var b in Hash($"{salt} {block}"))
            {
                made.Append(alphabet[b % alphabet.Length]);
            }
        }

        return made.ToString(0, length);
    }
}
