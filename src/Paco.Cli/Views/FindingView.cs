using System.Collections.Immutable;
using System.Text.Json;
using Paco.Planning;

namespace Paco.Cli.Views;

/// <summary>What somebody must see to, with the account and region of each.</summary>
internal sealed class FindingView(Screen screen)
{
    public void Show(ImmutableArray<StackFinding> findings)
    {
        foreach (var (stack, finding) in findings)
            screen.Line($"  ! {finding.About} {finding.Text} ({stack.Place})", TextStyle.Yellow);
    }

    /// <summary>The member <c>findings</c>.</summary>
    public static void Json(Utf8JsonWriter json, ImmutableArray<StackFinding> findings)
    {
        json.WriteStartArray("findings");
        foreach (var (stack, finding) in findings)
        {
            json.WriteStartObject();
            json.Node(stack);
            json.WriteString("about", finding.About);
            json.WriteString("text", finding.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
