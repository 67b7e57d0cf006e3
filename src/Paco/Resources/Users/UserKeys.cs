using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Paco.Clouds;

namespace Paco.Resources.Users;

/// <summary>An access key of a user, and which of the project's two it is.</summary>
/// <param name="Version">The version it was made as; null for one that nobody has written that of.</param>
/// <param name="IsUnclaimed">Made by a run that ended before its secret was with somebody.</param>
internal sealed record UserKey(string Id, bool IsActive, int Slot, int? Version, bool IsUnclaimed);

/// <summary>
/// Which of a user's access keys is which. The user itself says it: a tag named after the key, which is where IAM's console keeps a key's
/// description, and while one is made a tag named after its number (decision 0031).
/// </summary>
internal static partial class UserKeys
{
    private const int Slots = 2;

    /// <summary>The tag that stands on a user from before a key is made until its secret is with a person.</summary>
    public static KeyValuePair<string, string> Making(int slot, int version) =>
        new($"Paco-Access-Key-{slot}", $"unclaimed version {version}");

    /// <summary>The description of a key somebody has.</summary>
    public static KeyValuePair<string, string> Described(string id, int slot, int version) => new(id, $"Paco key {slot} version {version}");

    /// <summary>
    /// The keys with their numbers, at most one a number. One without a description is the one that was being made, where one was; else it
    /// takes the first number that is free, as with Paco 9. Those left over belong to nobody here.
    /// </summary>
    public static ImmutableArray<UserKey> Of(IEnumerable<AccessKey> keys, IReadOnlyDictionary<string, string> tags)
    {
        var all = keys.OrderBy(k => k.Created).ToList();
        var slots = new UserKey?[Slots + 1];
        var open = new List<AccessKey>();
        foreach (var key in all)
        {
            if (Description(tags.FirstOrDefault(t => t.Key.Equals(key.Id, StringComparison.OrdinalIgnoreCase)).Value) is var (slot, version)
                && slots[slot] is null)
            {
                slots[slot] = new UserKey(key.Id, key.IsActive, slot, version, IsUnclaimed: false);
            }
            else
            {
                open.Add(key);
            }
        }
        foreach (var slot in Enumerable.Range(1, Slots).Where(s => slots[s] is null && open.Count > 0))
        {
            var isMade = tags.ContainsKey(Making(slot, 0).Key);
            var key = isMade ? open[^1] : open[0];
            open.Remove(key);
            slots[slot] = new UserKey(key.Id, key.IsActive, slot, isMade ? MakingVersion(tags, slot) : null, isMade);
        }
        return [.. slots.OfType<UserKey>()];
    }

    private static int? MakingVersion(IReadOnlyDictionary<string, string> tags, int slot) =>
        tags[Making(slot, 0).Key].Split(' ') is [.., var last] && int.TryParse(last, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    private static (int Slot, int Version)? Description(string? tag) => tag is not null && Form().Match(tag) is { Success: true } match
        && int.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var version)
            ? (match.Groups[1].ValueSpan[0] - '0', version)
            : null;

    [GeneratedRegex("^Paco key ([12]) version ([0-9]+)$")]
    private static partial Regex Form();
}
