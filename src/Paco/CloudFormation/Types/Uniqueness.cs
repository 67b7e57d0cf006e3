using System.Collections.Immutable;
using System.Net;
using Paco.CloudFormation.Schemas;

namespace Paco.CloudFormation.Types;

/// <summary>Where something may exist once.</summary>
public enum UniqueIn
{
    /// <summary>An account and region.</summary>
    Region,
    Account,
    World,
}

/// <summary>What may exist once: no two resources of a type with the same values of all these properties.</summary>
/// <param name="Within">The properties that say among whom: a rule's listener, a subnet's network.</param>
/// <param name="Keys">The properties that are taken: a priority, a range.</param>
/// <param name="IsRange">The key is a range of addresses, and ranges may not overlap.</param>
public sealed record Uniqueness(UniqueIn In, ImmutableArray<string> Within, ImmutableArray<string> Keys, bool IsRange = false)
{
    /// <summary>What a property is that is not written: <c>Egress</c> is <c>false</c>.</summary>
    public ImmutableDictionary<string, string> Usual { get; init; } = [];

    /// <summary>True for a resource that takes it at all.</summary>
    /// <param name="value">A property of it as text; null where it has none.</param>
    public bool IsTaken(Func<string, string?> value) => Keys.Any(key => value(key) is { Length: > 0 });

    /// <summary>The account and region among whose resources it exists once; each empty where it is any.</summary>
    public (string Account, string Region) Among(string account, string region) => In switch
    {
        UniqueIn.World => ("", ""),
        UniqueIn.Account => (account, ""),
        _ => (account, region),
    };

    /// <summary>What one takes, for people: <c>Priority 1</c>; the names of the properties where no value is written.</summary>
    public string Place(MapValue? properties)
    {
        var written = Keys.Select(key => (Key: key, Text: TemplateDiff.Text(properties?[key]))).Where(k => k.Text is not null).ToList();
        return string.Join(", ", written.Count == 0 ? Keys : written.Select(k => $"{k.Key} {k.Text}"));
    }

    /// <summary>True where a change of these properties takes something else than before.</summary>
    public bool IsBy(string property) => Within.Contains(property) || Keys.Contains(property);

    internal bool Meets(ResourceSchema? schema, bool isLower, Func<string, string?> one, Func<string, string?> other)
    {
        // What tells most apart comes first. Plain loops: of a listener's hundred rules each meets each.
        foreach (var key in Keys)
        {
            if (!(IsRange ? Overlap(one(key), other(key)) : Same(key)))
                return false;
        }
        foreach (var property in Within)
        {
            if (!Same(property))
                return false;
        }
        return IsTaken(one) && IsTaken(other);

        bool Same(string property)
        {
            var (a, b) = (Written(property, one), Written(property, other));
            return a is null || b is null
                ? a == b
                : string.Equals(a, b, isLower ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
                    || (schema?.HasEqualForms(property) == true && (AreEqual(property, a, b) || AreEqual(property, b, a)));
        }

        bool AreEqual(string property, string written, string real) =>
            schema!.AreEqual(property, written, real) || schema.AreEqual(property, written, real.ToLowerInvariant());
    }

    private string? Written(string property, Func<string, string?> value) =>
        value(property) is { Length: > 0 } text ? text : Usual.GetValueOrDefault(property);

    // What is no range (yet) overlaps nothing but itself.
    private static bool Overlap(string? one, string? other) => Range(one) is { } a && Range(other) is { } b
        ? a.Contains(b.BaseAddress) || b.Contains(a.BaseAddress)
        : one is not null && one == other;

    // Bits of a host are AWS's to drop.
    private static IPNetwork? Range(string? text)
    {
        if (text?.Split('/') is not [var address, var length] || !IPAddress.TryParse(address, out var parsed)
            || !int.TryParse(length, out var prefix))
        {
            return null;
        }
        var bytes = parsed.GetAddressBytes();
        for (var bit = Math.Max(prefix, 0); bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return IPNetwork.TryParse($"{new IPAddress(bytes)}/{length}", out var network) ? network : null;
    }
}
