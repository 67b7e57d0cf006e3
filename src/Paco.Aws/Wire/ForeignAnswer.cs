using System.Text;
using System.Text.Json;
using System.Xml;
using Paco.Diagnostics;

namespace Paco.Aws.Wire;

/// <summary>
/// What may be said of an answer that cannot be read. Anything may stand in it, so the one place that decides what is quoted is here:
/// nothing where the operation answers keys, and of a success only what AWS never sends, a web page.
/// </summary>
internal static class ForeignAnswer
{
    private const int ExcerptLength = 200;

    /// <summary>Shorter words than this are no keys of anybody, and occur by themselves.</summary>
    private const int ShortestKey = 16;

    /// <summary>A sentence: what came instead of an answer of AWS.</summary>
    public static string Describe(WireRequest request, WireResponse response, AwsKeys keys)
    {
        var isPage = IsPage(response.Body);
        var isForeign = isPage || !response.IsSuccess;
        var what = isForeign && !request.AnswersSecret ? $"\"{Excerpt(request, response.Body, keys)}\""
            : isPage ? "a web page"
            : response.Body.Length == 0 ? "nothing in it"
            : $"{response.Body.Length} bytes that are not shown";
        var begin = isForeign ? "The answer does not come from AWS" : "The answer is damaged, or does not come from AWS";
        return $"{begin}: HTTP {(int)response.Status}, {response.ContentType ?? "no content type"}, {what}";
    }

    /// <summary>A refusal that begins as AWS's do, and whose rest did not arrive.</summary>
    public static bool IsCut(WireResponse response) =>
        (int)response.Status is >= 400 and < 500 && response.Body is [(byte)'<' or (byte)'{', ..] && !IsPage(response.Body);

    /// <summary>Why it cannot be read. Parsers quote what they stumbled over, so theirs are not the words.</summary>
    public static string Flaw(WireRequest request, Exception e) => e switch
    {
        XmlException xml => $"no XML from line {xml.LineNumber}, column {xml.LinePosition} on",
        JsonException json => $"no JSON from line {json.LineNumber + 1}, byte {json.BytePositionInLine} on",
        _ when request.AnswersSecret => "it lacks what was asked for",
        _ => e.Message,
    };

    /// <summary>
    /// A refusal may repeat the request, and so the keys it was signed with, or a value of any length that it carries: then what stands
    /// around that is not worth telling.
    /// </summary>
    public static string Without(WireRequest request, AwsKeys keys, string text)
    {
        if (request.Holds.SelectMany(Spellings).Any(s => s.Length > 0 && text.Contains(s, StringComparison.Ordinal)))
        {
            return "the answer repeats the value, and is not shown";
        }

        foreach (var secret in new[] { keys.SecretAccessKey.Reveal(), keys.SessionToken?.Reveal() ?? "" })
        {
            if (secret.Length >= ShortestKey)
            {
                text = text.Replace(secret, "(secret)", StringComparison.Ordinal)
                    .Replace(Uri.EscapeDataString(secret), "(secret)", StringComparison.Ordinal);
            }
        }

        return text;
    }

    private static IEnumerable<string> Spellings(Secret secret)
    {
        var value = secret.Reveal();
        return [value, Uri.EscapeDataString(value), JsonEncodedText.Encode(value).ToString()];
    }

    private static string Excerpt(WireRequest request, byte[] body, AwsKeys keys)
    {
        // Cut before the keys are out, half of one would stay.
        var text = Without(request, keys, Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 64 * 1024))));
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > ExcerptLength ? line[..ExcerptLength] + "…" : line;
    }

    /// <summary>A web page, which AWS sends only where somebody stored one.</summary>
    public static bool IsPage(byte[] body)
    {
        var begin = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200))).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return begin.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || begin.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }
}
