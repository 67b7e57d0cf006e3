using System.Text.Json;
using Paco.Clouds;

namespace Paco.Cli.Views;

/// <summary>Why a cloud could not be asked: account, region, call, the cloud's words, the way out; once for a cause, however many
/// places it strikes.</summary>
internal static class CloudErrorView
{
    public static void Show(Screen screen, CloudException e)
    {
        Sentences(screen, e);
        var alike = e.Others.Where(o => o.Code == e.Code).ToList();
        if (alike.Count > 0)
            screen.Line($"  the same from {string.Join(", ", alike.Select(o => o.Where))}");
        foreach (var other in e.Others.Except(alike))
            Sentences(screen, other);
    }

    // Why nobody could sign in is told in lines of Paco's own, set in so that none of them looks like the beginning of something else.
    private static void Sentences(Screen screen, CloudException e)
    {
        var sentence = Sentence(e);
        var lines = e.IsSignIn || e.Where is null ? sentence.Split('\n') : [sentence];
        screen.Composed($"{screen.Styled("error:", TextStyle.Red)} {screen.Styled(lines[0], TextStyle.Plain)}");
        foreach (var line in lines[1..])
            screen.Line($"  {line}");
        if (Hint(e) is { } hint)
            screen.Line($"  {hint}");
    }

    /// <summary>The same for the program that asked.</summary>
    public static void Write(Stream output, CloudException e)
    {
        using var json = new Utf8JsonWriter(output, JsonFields.OneLine);
        json.Begin("error");
        json.WriteString("kind", JsonWords.Of(ErrorKind.Cloud));
        Fields(json, e);
        if (!e.Others.IsEmpty)
        {
            json.WriteStartArray("others");
            foreach (var other in e.Others)
            {
                json.WriteStartObject();
                Fields(json, other);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void Fields(Utf8JsonWriter json, CloudException e)
    {
        json.WriteString("message", e.Message);
        json.Optional("hint", Hint(e));
        json.Optional("account", e.Where?.Account);
        json.Optional("accountId", e.Where?.AccountId);
        json.Optional("region", e.Where?.Region);
        json.WriteString("operation", e.Operation);
        json.WriteString("code", e.Code);
    }

    private static string Sentence(CloudException e) => e.Where is { } where
        ? $"{where}, {e.Operation}: {e.Message}{(e.IsSignIn ? "" : $" ({e.Code})")}"
        : e.Message;

    private static string? Hint(CloudException e) =>
        e.Kind == CloudErrorKind.Unsupported ? "the cloud at this endpoint does not have what is needed" : PlaceFailures.Remedy(e);
}
