using System.Collections.Immutable;
using System.Text.Json;
using Paco.Planning;

namespace Paco.Cli.Views;

/// <summary>What left the configuration and is still deployed, and where nobody could look for it.</summary>
internal sealed class LeftView(Screen screen)
{
    private const int UnclaimedShown = 5;

    public void ShowIn(Plan plan)
    {
        foreach (var orphan in plan.Orphans)
        {
            var lost = plan.LosableOrphans.Contains(orphan) ? ", and holds what cannot be made again" : "";
            screen.Line($"  ? {orphan.Name} ({orphan.Place}) left the configuration{lost}; --prune deletes it", TextStyle.Yellow);
        }
        foreach (var stack in plan.Unclaimed.Take(UnclaimedShown))
            screen.Line($"  ? {stack.Name} ({stack.Place}) is not configured and may be another project's", TextStyle.Dim);
        if (plan.Unclaimed.Length > UnclaimedShown)
        {
            screen.Line($"  ? {plan.Unclaimed.Length - UnclaimedShown} more that may be another project's (paco list names them)",
                TextStyle.Dim);
        }
        Unseen(plan.Unseen);
    }

    /// <summary>An account a line: mostly it is the account that lets nobody in, whatever the region.</summary>
    public void Unseen(ImmutableArray<UnseenPlace> places)
    {
        foreach (var same in places.GroupBy(p => (p.Place.Account, p.Reason)))
        {
            screen.Line(
                $"  ! {same.Key.Account} ({string.Join(", ", same.Select(p => p.Place.Region))}) could not be looked into for what left the configuration: {same.Key.Reason}",
                TextStyle.Yellow);
        }
    }

    /// <summary>The member <c>unseen</c>.</summary>
    public static void Unseen(Utf8JsonWriter json, ImmutableArray<UnseenPlace> places)
    {
        json.WriteStartArray("unseen");
        foreach (var place in places)
        {
            json.WriteStartObject();
            json.WriteString("account", place.Place.Account);
            json.WriteString("region", place.Place.Region);
            json.WriteString("reason", place.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
