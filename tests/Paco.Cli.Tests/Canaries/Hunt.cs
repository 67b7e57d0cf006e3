using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Paco.Cli.Tests.Conformance;

namespace Paco.Cli.Tests.Canaries;

/// <summary>
/// Values that nobody may see, and everything the program wrote: screens, documents for programs, files, crash reports. What was planted is
/// named; what came over the wire and is secret by its name is looked for without being named.
/// </summary>
internal sealed partial class Hunt
{
    private readonly ConcurrentDictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private readonly List<(string Where, string Text)> _written = [];

    /// <summary>A value that was put somewhere; the answer is the value.</summary>
    public string Plant(string value, string where)
    {
        _secrets[value] = where;
        return value;
    }

    /// <summary>Takes every secret out of what passed between the program and a cloud, of whichever service.</summary>
    public void Listen(IEnumerable<Exchange> exchanges)
    {
        foreach (var e in exchanges)
        {
            // What a secret without a value has in its place is no secret.
            foreach (var found in Secret().Matches(e.AnswerText).Where(m => m.Groups["value"].Value != "placeholder"))
                Plant(Regex.Unescape(found.Groups["value"].Value), $"the answer to {e.Service}: {found.Groups["name"].Value}");
        }
    }

    public Ran Heard(string command, Ran ran)
    {
        _written.Add(($"what \"paco {command}\" wrote", ran.All));
        return ran;
    }

    /// <summary>Every file below a folder but those the user asked for, where a secret is meant to be.</summary>
    public void Read(string folder, params string[] meant)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (!meant.Any(m => name == m || (m.EndsWith('/') && name.StartsWith(m, StringComparison.Ordinal))))
                _written.Add((name, Encoding.UTF8.GetString(File.ReadAllBytes(file))));
        }
    }

    /// <summary>What of the secrets stands anywhere, in whichever spelling.</summary>
    public IReadOnlyList<string> Found() =>
    [
        .. from secret in _secrets
           from spelling in Spellings(secret.Key).Distinct()
           from text in _written
           where text.Text.Contains(spelling, StringComparison.Ordinal)
           select $"{secret.Value} stands in {text.Where}",
    ];

    public int Count => _secrets.Count;

    // Of several lines each one tells too much.
    private static IEnumerable<string> Spellings(string value) =>
    [
        value, Uri.EscapeDataString(value), System.Text.Json.JsonEncodedText.Encode(value).ToString(),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
        .. value.Split('\n').Select(line => line.Trim())
            .Where(line => line.Length >= 32 && !line.StartsWith("-----", StringComparison.Ordinal)),
    ];

    // What AWS calls it, in XML and in JSON.
    private const string Names = "SecretAccessKey|SessionToken|keyMaterial|SecretString|ServicePassword|Password|PrivateKey|clientSecret"
        + "|accessToken|refreshToken";

    [GeneratedRegex("<(?<name>" + Names + ")>(?<value>[^<]{8,})<|\"(?<name>" + Names + ")\"\\s*:\\s*\"(?<value>[^\"]{8,})\"")]
    private static partial Regex Secret();
}
