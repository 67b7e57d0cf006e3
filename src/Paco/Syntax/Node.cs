using System.Collections.Immutable;
using Paco.Diagnostics;

namespace Paco.Syntax;

/// <summary>A piece of YAML with the place where it was written. Trees are never changed; an overlay makes a new one.</summary>
public abstract class Node(Location location, string? tag)
{
    public Location Location { get; } = location;

    /// <summary>The tag as written (<c>!Ref</c>, <c>!Sub</c>, <c>!Join</c>, <c>!replace</c>), or null.</summary>
    public string? Tag { get; } = tag;

    /// <summary>The node of a lower layer that this one was laid over, or null where it is the first.</summary>
    public Node? Overridden { get; init; }

    /// <summary>
    /// How many nodes it would be with every alias written out, long text counting as several; what an alias bomb makes huge.
    /// </summary>
    public abstract long Weight { get; }

    /// <summary>Nothing in it is a <see cref="BrokenNode"/>.</summary>
    public virtual bool IsWhole => true;

    /// <summary>What a person would call it: <c>text</c>, <c>a map</c>, <c>a list</c>, <c>nothing</c>.</summary>
    public abstract string Kind { get; }
}

/// <summary>
/// Text, a number, a truth value or nothing: YAML 1.2's core schema decides on reading, so <c>yes</c> and <c>5.7.26</c> stay text.
/// </summary>
public sealed class ScalarNode(Location location, string value, bool plain, string? tag = null) : Node(location, tag)
{
    public string Value { get; } = value;

    /// <summary>Written without quotes; only then can it mean nothing, a truth value or a number.</summary>
    public bool Plain { get; } = plain;

    /// <summary>What the references in it are to be read as, one move after the other.</summary>
    public ImmutableArray<Move> Moves { get; init; } = [];

    /// <summary>A part of its text, at the same place, with references that mean the same.</summary>
    public ScalarNode Part(string text) => new(Location, text, plain: true) { Moves = Moves };

    public bool IsNull => Plain && Tag is null && Value is "" or "~" or "null" or "Null" or "NULL";

    public override long Weight => NodeWeight.Of(Value);

    public override string Kind => IsNull ? "nothing" : Plain && Value is "true" or "false" ? $"\"{Value}\"" : "text";
}

/// <summary>What could not be read. That is said once, where it is; what follows from it is not a second mistake.</summary>
public sealed class BrokenNode(Location location) : Node(location, tag: null)
{
    public override long Weight => 1;

    public override bool IsWhole => false;

    public override string Kind => "what is no YAML";
}

/// <summary>One key of a map, with the place of the key itself.</summary>
public readonly record struct Entry(string Key, Location KeyLocation, Node Value);

/// <summary>Keys and values in the order they were written.</summary>
public sealed class MapNode : Node
{
    private readonly Dictionary<string, int>? _index;

    public MapNode(Location location, ImmutableArray<Entry> entries, string? tag = null)
        : base(location, tag)
    {
        Entries = entries;
        Weight = NodeWeight.Sum(entries, entry => NodeWeight.Of(entry.Key) - 1 + entry.Value.Weight);
        IsWhole = entries.All(entry => entry.Value.IsWhole);
        if (entries.Length <= 8)
            return;
        _index = new(entries.Length, StringComparer.Ordinal);
        for (var i = 0; i < entries.Length; i++)
            _index[entries[i].Key] = i;
    }

    public ImmutableArray<Entry> Entries { get; }

    public override long Weight { get; }

    public override bool IsWhole { get; }

    public override string Kind => "a map";

    public Node? this[string key] => Find(key)?.Value;

    public Entry? Find(string key)
    {
        if (_index is not null)
            return _index.TryGetValue(key, out var at) ? Entries[at] : null;
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
                return entry;
        }
        return null;
    }
}

public sealed class ListNode(Location location, ImmutableArray<Node> items, string? tag = null) : Node(location, tag)
{
    public ImmutableArray<Node> Items { get; } = items;

    public override long Weight { get; } = NodeWeight.Sum(items, item => item.Weight);

    public override bool IsWhole { get; } = items.All(item => item.IsWhole);

    public override string Kind => "a list";
}

internal static class NodeWeight
{
    // One text as large as a file may be still passes; two of them, by an alias, do not.
    public static long Of(string text) => 1 + (text.Length / 64);

    /// <summary>Saturates instead of overflowing: ten levels of ten aliases are ten billion nodes.</summary>
    public static long Sum<T>(ImmutableArray<T> parts, Func<T, long> weight)
    {
        var sum = 1L;
        foreach (var part in parts)
            sum = Math.Min(long.MaxValue / 4, sum + weight(part));
        return sum;
    }
}
