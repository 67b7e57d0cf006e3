using System.Globalization;

namespace Paco.CloudFormation.Types;

/// <summary>Which changes of a property do something.</summary>
public enum EffectKind
{
    Any,

    /// <summary>To one value, or the empty one where the property goes.</summary>
    To,

    /// <summary>To a smaller number; the value is the number without the property, the empty one for no end.</summary>
    Less,

    /// <summary>To a number that is greater by less than a part of it; the value is that part: <c>10%</c>.</summary>
    TooLittleMore,

    /// <summary>To an older version.</summary>
    Older,

    /// <summary>To another major version.</summary>
    Major,
}

/// <summary>What comes of the change of a property, or of anything within it.</summary>
/// <param name="Value">As its kind reads it; null where that needs none.</param>
/// <param name="What">What is lost, in a few words: <c>the value in use</c>; or what to do instead, where the change is refused.</param>
public sealed record PropertyEffect(string Property, EffectKind Kind, string? Value, string What)
{
    /// <summary>With this property, once changed, nothing comes of it.</summary>
    public PropertyValue? Unless { get; init; }

    /// <summary>What AWS says where it refuses the change; null where CloudFormation does. <c>{was}</c> is the value before.</summary>
    public IdentifierFormat? Words { get; init; }

    /// <summary>It asks for the value before: what is really there may be another one than what was deployed.</summary>
    public bool IsRelative => Kind is EffectKind.Less or EffectKind.TooLittleMore or EffectKind.Older or EffectKind.Major;

    /// <summary>True for a property, or anything within it, such as <c>Rules[0].Days</c>.</summary>
    public bool Covers(string path) =>
        path.StartsWith(Property, StringComparison.Ordinal) && (path.Length == Property.Length || path[Property.Length] is '.' or '[');

    /// <summary>True for a change of the property at a path such as <c>Rules[0].Days</c>, from and to a value that is null where there is
    /// none.</summary>
    /// <param name="other">Other properties as they are to be; null where nobody asks for them.</param>
    public bool IsIn(string path, string? after, string? before, Func<string, string?>? other = null) =>
        Covers(path) && Kind switch
        {
            EffectKind.Any => true,
            EffectKind.To => Value == (after ?? ""),
            EffectKind.Less => Number(after) < Number(before),
            EffectKind.TooLittleMore => Number(after) > Number(before) && Number(after) < Number(before) * (1 + Part),
            EffectKind.Older => EngineVersions.IsOlder(after, before),
            EffectKind.Major => EngineVersions.IsOlder(before, after) && EngineVersions.IsMajor(other?.Invoke("Engine"), before, after),
            _ => throw new InvalidOperationException($"{Kind} is no kind of effect"),
        }
        && (Unless is not { } unless || !string.Equals(other?.Invoke(unless.Property), unless.Value, StringComparison.OrdinalIgnoreCase));

    private double Part => double.Parse(Value!.TrimEnd('%'), CultureInfo.InvariantCulture) / 100;

    // What is no number (yet) is not less than another.
    private double Number(string? text) => (text ?? Value) switch
    {
        "" => double.PositiveInfinity,
        var written => double.TryParse(written, CultureInfo.InvariantCulture, out var number) ? number : double.NaN,
    };
}

/// <summary>Versions of engines, as far as they are written: <c>8.4</c>, <c>8.4.7</c>, <c>OpenSearch_2.11</c>.</summary>
internal static class EngineVersions
{
    /// <summary>True where one is older than the other in a part that both have.</summary>
    public static bool IsOlder(string? one, string? other) =>
        Parts(one).Zip(Parts(other)).Select(pair => pair.First.CompareTo(pair.Second)).FirstOrDefault(order => order != 0) < 0;

    /// <summary>
    /// True where a step from one to the other is a major upgrade: of PostgreSQL the first number counts, else the first two.
    /// </summary>
    public static bool IsMajor(string? engine, string? one, string? other)
    {
        var counts = engine?.Contains("postgres", StringComparison.OrdinalIgnoreCase) == true ? 1 : 2;
        return !Parts(one).Take(counts).SequenceEqual(Parts(other).Take(counts));
    }

    private static IEnumerable<int> Parts(string? version) => (version ?? "").Split('_')[^1].Split('.')
        .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
        .TakeWhile(number => number >= 0);
}
