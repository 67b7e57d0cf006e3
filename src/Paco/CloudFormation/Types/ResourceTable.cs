using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Paco.CloudFormation.Types;

/// <summary>Reads <c>resource-types.txt</c>, which says itself how it is written: opened at the first use, read block by block.</summary>
internal static class ResourceTable
{
    private static readonly Lazy<string> Text = new(() => EmbeddedBytes.Text("Paco.ResourceTypes"));
    private static readonly Lazy<Dictionary<string, Range>> Blocks = new(() =>
        TextBlocks.Of(Text.Value).ToDictionary(b => b.Name, b => b.Lines, StringComparer.Ordinal));
    private static readonly ConcurrentDictionary<string, ResourceFacts> Known = new(StringComparer.Ordinal);
    private static readonly AsyncLocal<ResourceFacts?> Broken = new();

    public static IReadOnlyCollection<string> Types => Blocks.Value.Keys;

    public static ResourceFacts? Find(string type) =>
        Broken.Value is { } broken && broken.Type == type ? broken
        : Known.TryGetValue(type, out var facts) ? facts
        : Blocks.Value.TryGetValue(type, out var block) ? Known.GetOrAdd(type, static (type, block) => Read(type, Text.Value[block]), block)
        : null;

    /// <summary>
    /// Does something as if a fact of a type were not written: whether that is noticed shows whether the fact is held to what AWS does, and
    /// not only planner and sandbox to each other.
    /// </summary>
    internal static void Without(string type, string fact, Action work)
    {
        Broken.Value = Read(type, string.Join('\n', Text.Value[Blocks.Value[type]].Split('\n')
            .Where(line => !line.TrimStart().StartsWith($"{fact} ", StringComparison.Ordinal))));
        try
        {
            work();
        }
        finally
        {
            Broken.Value = null;
        }
    }

    /// <summary>The facts a block states. A line it cannot read is a mistake of ours, told by its text.</summary>
    internal static ResourceFacts Read(string type, string block) => block
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(line => !line.StartsWith('#'))
        .Aggregate(new ResourceFacts(type), With);

    private static ResourceFacts With(ResourceFacts facts, string line)
    {
        var (key, value) = line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : (line, "");
        return key switch
        {
            "takes" => facts with { Seconds = Seconds(value) },
            "holds" => facts with { Holds = value },
            "unless" when value.Split('=') is [var property, var written] => facts with { Unless = (property, written) },
            "carries" when value is "yes" or "within" => facts with { CarriesOthers = true, CarriesWithin = value == "within" },
            "name" => value.Split(' ').Aggregate(facts, Named),
            "id" => facts with { Id = new(value) },
            "arn" => facts with { Arn = new(value) },
            "unique" =>
                facts with { WrittenUnique = [.. facts.WrittenUnique.IsDefault ? [] : facts.WrittenUnique, .. Unique(facts, value)] },
            "identifies" => facts with { Identifies = [.. facts.Identifies, .. value.Split(' ')] },
            "moves" => facts with { Moves = [.. facts.Moves, Moving(value)] },
            "rolls" => facts with { Rolls = Rolling(value) },
            "interrupts" => facts with { Interruptions = [.. facts.Interruptions, Interrupting(value)] },
            "address" => facts with { Addresses = [.. facts.Addresses, value] },
            "loses" => facts with { Loses = [.. facts.Loses, Effect(value)] },
            "fixed" => facts with { Fixed = [.. facts.Fixed, Effect(value)] },
            "size" when value.Split(": ") is [var property, var most] =>
                facts with { Sizes = [.. facts.Sizes, (property, (int)Number(most))] },
            "waits" when value.Split(':') is [var property, var days] => facts with { Waits = (property, (int)Number(days)) },
            "taken" => facts with { Taken = new(value) },
            "lone" when value.Split(": ") is [var parent, var used] => facts with { Lone = (parent, used) },
            "merges" when value == "yes" => facts with { IsMerged = true },
            "spare" => facts with { Spare = Numbers(value) },
            "ties" when value == "yes" => facts with { IsTie = true },
            "stays" => facts with { Stays = [.. value.Split('+')] },
            "single" => facts with { Singles = [.. facts.Singles, Single(value)] },
            "anew" => facts with { Anew = value },
            "busy" => facts with { Busy = new(value) },
            "guard" => facts with { DeletionGuard = value },
            "used" => facts with { Uses = [.. facts.Uses, Use(value)] },
            "read" when value == "no" => facts with { IsReadable = false },
            "source" => facts with { Source = value },
            _ => throw new InvalidDataException($"{facts.Type}: \"{line}\" is no fact that the table of resource types knows."),
        };
    }

    private static ResourceUse Use(string value)
    {
        var (place, words) = value.Split(": ", 2) is [var left, var right] ? (left, right) : (value, null);
        var dot = place.LastIndexOf('.');
        return new(place[..dot], place[(dot + 1)..], words is null ? null : new(words));
    }

    private static (double, double?, double?) Seconds(string value) =>
        value.Split('/').Select(Number).ToArray() switch
        {
            [var create] => (create, null, null),
            [var create, var update, var delete] => (create, update, delete),
            _ => throw new InvalidDataException($"\"{value}\" is neither one time nor three."),
        };

    private static ResourceFacts Named(ResourceFacts facts, string word) =>
        word == "lower" ? facts with { IsNameLower = true }
        : int.TryParse(word, out var limit) ? facts with { NameLimit = limit }
        : facts with { WrittenName = word };

    private static ImmutableArray<Uniqueness> Unique(ResourceFacts facts, string value)
    {
        if (value == ResourceFacts.NoName)
            return [];
        var (scope, keys) = Halves(value);
        UniqueIn? place = scope switch
        {
            ["world"] => UniqueIn.World,
            ["account"] => UniqueIn.Account,
            ["region"] => UniqueIn.Region,
            _ => null,
        };
        return
        [
            new(place ?? (facts.IsGlobal ? UniqueIn.Account : UniqueIn.Region), place is null ? scope : [],
                [.. keys.Select(k => k.TrimStart('~').Split('=')[0])],
                IsRange: keys.Any(k => k.StartsWith('~')))
            {
                Usual = keys.Select(k => k.Split('=')).Where(k => k.Length == 2).ToImmutableDictionary(k => k[0], k => k[1]),
            },
        ];
    }

    // "Priority: 1-50000"
    private static SpareNumbers Numbers(string value) =>
        Halves(value) is ([var property], [var range]) && range.Split('-') is [var from, var to]
            ? new(property, (int)Number(from), (int)Number(to))
            : throw new InvalidDataException($"\"{value}\" does not say which numbers a property takes.");

    // "Indexes.Name: what to do | what AWS says"
    private static SingleItem Single(string value) =>
        value.Split([": ", " | "], StringSplitOptions.None) is [var item, var what, var words] && item.Split('.') is [var list, var key]
            ? new(list, key, what, words)
            : throw new InvalidDataException($"\"{value}\" does not say which items come and go one by one.");

    private static MovingAttribute Moving(string value)
    {
        var counts = value.Contains("++", StringComparison.Ordinal);
        var (attribute, with) = Halves(value.Replace("++", "", StringComparison.Ordinal));
        return new(attribute[0], with, counts);
    }

    private static RollFacts Rolling(string value)
    {
        var (times, with) = Halves(value);
        return times is [var batch, var signal]
            ? new(Length(batch), Length(signal), with)
            : throw new InvalidDataException($"\"{value}\" does not say how long a batch takes and how long its signals.");
    }

    // "outage 600 if MultiAZ=true: A+B=value"
    private static Interruption Interrupting(string value)
    {
        var (head, with) = Halves(value);
        return head[0].Split(' ') switch
        {
            [var kind, var seconds] => new(Kind(kind), Length(seconds), null, [.. with.Select(Given)]),
            [var kind, var seconds, "if", var condition] => new(Kind(kind), Length(seconds), Given(condition), [.. with.Select(Given)]),
            _ => throw new InvalidDataException($"\"{value}\" is no interruption with its length."),
        };
    }

    private static InterruptionKind Kind(string word) => word switch
    {
        "pause" => InterruptionKind.Pause,
        "failover" => InterruptionKind.Failover,
        "restart" => InterruptionKind.Restart,
        "outage" => InterruptionKind.Outage,
        _ => throw new InvalidDataException($"\"{word}\" is no interruption that the table of resource types knows."),
    };

    private static PropertyValue Given(string text) =>
        text.Split('=') is [var property, var value] ? new(property, value) : new(text, null);

    private static TimeSpan Length(string seconds) =>
        TimeSpan.FromSeconds(Number(seconds));

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    // "Property<1 unless Other=value: what comes of it | what AWS says"
    private static PropertyEffect Effect(string value)
    {
        if (value.Split(": ", 2) is not [var head, var comes])
            throw new InvalidDataException($"\"{value}\" does not say what comes of it.");
        var (what, words) = comes.Split(" | ") is [var said, var theirs] ? (said, new IdentifierFormat(theirs)) : (comes, null);
        var (change, unless) = head.Split(" unless ") is [var left, var right] ? (left, Given(right)) : (head, null);
        var at = change.IndexOfAny(['=', '<', '>', '+']);
        var (property, rest) = at < 0 ? (change, null) : (change[..at], change[(at + 1)..]);
        return new(property, EffectOf(at < 0 ? "" : change[at..]), rest, what) { Unless = unless, Words = words };
    }

    private static EffectKind EffectOf(string written) => written switch
    {
        "" => EffectKind.Any,
        "<version" => EffectKind.Older,
        ">major" => EffectKind.Major,
        ['=', ..] => EffectKind.To,
        ['<', ..] => EffectKind.Less,
        ['+', .., '%'] => EffectKind.TooLittleMore,
        _ => throw new InvalidDataException($"\"{written}\" is no change that the table of resource types knows."),
    };

    // "A+B: C+D", of which the second half may be missing.
    private static (ImmutableArray<string> Left, ImmutableArray<string> Right) Halves(string value) => value.Split(": ") switch
    {
        [var left] => ([left], []),
        [var left, var right] => ([.. left.Split('+')], [.. right.Split('+')]),
        _ => throw new InvalidDataException($"\"{value}\" has more than two halves."),
    };
}
