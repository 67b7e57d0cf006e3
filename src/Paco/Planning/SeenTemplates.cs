using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Which deployed templates need not be read, because an earlier command saw that they are, to the byte, what the project makes. Only
/// digests are kept; a template whose digest is not that of the project's is read (decision 0056).
/// </summary>
/// <param name="kept">Null where nothing is kept.</param>
/// <param name="listed">All that is deployed where the plan looks.</param>
internal sealed class SeenTemplates(IKeptDigests? kept, ImmutableDictionary<NodeId, DeployedStack> listed, TimeProvider time)
{
    // Nobody promises that a template can be read the moment its stack says it has another one. Clocks differ by less: AWS refuses
    // requests that are signed five minutes off.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _kept = new(StringComparer.Ordinal);

    /// <summary>Those of the stacks that have the template the project makes of them.</summary>
    /// <param name="bodies">The templates the project makes.</param>
    public ImmutableDictionary<NodeId, string> Known(IEnumerable<(NodeId Id, Func<string> Body)> bodies)
    {
        if (kept is null)
            return [];
        var known = ImmutableDictionary.CreateBuilder<NodeId, string>();
        foreach (var (id, make) in bodies)
        {
            if (listed[id] is var stack && IsAtRest(stack) && Kept(PlaceOf(stack)).GetValueOrDefault(Key(stack)) is { } digest
                && make() is var body && Digest(body) == digest)
            {
                known[id] = body;
            }
        }
        return known.ToImmutable();
    }

    /// <summary>Notes the templates that were read now. What is kept of stacks that are gone or have changed goes.</summary>
    public void Note(ImmutableDictionary<NodeId, string> read)
    {
        if (kept is null)
            return;
        foreach (var place in listed.GroupBy(s => PlaceOf(s.Value), StringComparer.Ordinal))
        {
            var before = Kept(place.Key);
            var now = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var (id, stack) in place.Where(s => IsAtRest(s.Value)))
            {
                var key = Key(stack);
                if ((read.TryGetValue(id, out var body) && IsSettled(stack) ? Digest(body) : before.GetValueOrDefault(key)) is { } digest)
                    now[key] = digest;
            }
            if (now.Count != before.Count || now.Any(n => before.GetValueOrDefault(n.Key) != n.Value))
                kept.Write(place.Key, now);
        }
    }

    // After a roll-back, or where resources were taken over, the times of a stack are not known to tell which template it has.
    private static bool IsAtRest(DeployedStack stack) =>
        stack.Status == StackStatus.CreateComplete || (stack.Status == StackStatus.UpdateComplete && stack.LastUpdatedTime is not null);

    private bool IsSettled(DeployedStack stack) => time.GetUtcNow() - (stack.LastUpdatedTime ?? stack.CreationTime) > Settled;

    private IReadOnlyDictionary<string, string> Kept(string place) =>
        _kept.TryGetValue(place, out var known) ? known : _kept[place] = kept!.Read(place);

    // The id names the partition, the region and the account, and no other stack ever has it.
    private static string PlaceOf(DeployedStack stack) => stack.StackId.Split(":stack/")[0];

    // Everything CloudFormation says of it: whatever it says otherwise another time, the template is read.
    private static string Key(DeployedStack stack)
    {
        var text = new StringBuilder();
        Add(stack.StackId);
        Add(stack.Status.ToString());
        Add(stack.CreationTime.ToString("O", CultureInfo.InvariantCulture));
        Add(stack.LastUpdatedTime?.ToString("O", CultureInfo.InvariantCulture));
        Add(stack.Description);
        foreach (var pairs in new[] { stack.Parameters, stack.Outputs, stack.Tags })
        {
            Add(pairs.Count.ToString(CultureInfo.InvariantCulture));
            foreach (var (name, value) in pairs)
            {
                Add(name);
                Add(value);
            }
        }
        return Digest(text.ToString());

        void Add(string? part) => text.Append(part?.Length ?? -1).Append(' ').Append(part).Append('\n');
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
