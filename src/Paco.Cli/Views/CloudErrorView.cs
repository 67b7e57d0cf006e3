using System.Text.Json;
using Paco.Clouds;

namespace Paco.Cli.Views;

/// <summary>Why a cloud could not be asked: account, region, call, the cloud's words, the way out; once for a cause, however many
/// places it strikes.</summary>
internal static class CloudErrorView
{
    public static void Show(Screen screen, CloudException e)
    {
        screen.Composed($"{screen.Styled("error:", TextStyle.Red)} {screen.Styled(Sentence(e), TextStyle.Plain)}");
        if (Hint(e) is { } hint)
            screen.Line($"  {hint}");
        var alike = e.Others.Where(o => o.Code == e.Code).ToList();
        if (alike.Count > 0)
            screen.Line($"  the same from {string.Join(", ", alike.Select(o => o.Where))}");
        foreach (var other in e.Others.Except(alike))
        {
            screen.Composed($"{screen.Styled("error:", TextStyle.Red)} {screen.Styled(Sentence(other), TextStyle.Plain)}");
            if (Hint(other) is { } way)
                screen.Line($"  {way}");
        }
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
