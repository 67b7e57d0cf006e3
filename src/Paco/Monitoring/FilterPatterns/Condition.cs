using System.Collections.Immutable;

namespace Paco.Monitoring.FilterPatterns;

/// <summary>What a condition says of an event.</summary>
/// <param name="Why">Why it does not hold; empty where it does.</param>
internal readonly record struct Verdict(bool Holds, string Why)
{
    public static readonly Verdict Yes = new(true, "");

    public static Verdict No(string why) => new(false, why);
}

/// <summary>Something that is asked of an event: of JSON, or of a field of a line.</summary>
internal abstract record Condition<T>
{
    public abstract Verdict Check(T subject);

    /// <summary>The single questions in it.</summary>
    public virtual IEnumerable<Condition<T>> Leaves => [this];
}

/// <summary>All of them, joined by <c>&amp;&amp;</c>.</summary>
internal sealed record AllOf<T>(ImmutableArray<Condition<T>> Parts) : Condition<T>
{
    public override Verdict Check(T subject)
    {
        foreach (var part in Parts)
        {
            if (part.Check(subject) is { Holds: false } no)
                return no;
        }
        return Verdict.Yes;
    }

    public override IEnumerable<Condition<T>> Leaves => Parts.SelectMany(p => p.Leaves);
}

/// <summary>One of them, joined by <c>||</c>.</summary>
internal sealed record AnyOf<T>(ImmutableArray<Condition<T>> Parts) : Condition<T>
{
    public override Verdict Check(T subject)
    {
        var reasons = new List<string>(Parts.Length);
        foreach (var part in Parts)
        {
            if (part.Check(subject) is { Holds: false } no)
                reasons.Add(no.Why);
            else
                return Verdict.Yes;
        }
        return Verdict.No(string.Join("; ", reasons.Distinct()));
    }

    public override IEnumerable<Condition<T>> Leaves => Parts.SelectMany(p => p.Leaves);
}

/// <summary>Reads conditions joined by <c>||</c> and <c>&amp;&amp;</c>, the second of which binds closer, and brackets.</summary>
internal sealed class ConditionReader<T>(PatternText source, Func<Condition<T>> readLeaf)
{
    public Condition<T> Read()
    {
        var parts = Joined("||", ReadAll);
        return parts is [var only] ? only : new AnyOf<T>(parts);
    }

    private Condition<T> ReadAll()
    {
        var parts = Joined("&&", ReadOne);
        return parts is [var only] ? only : new AllOf<T>(parts);
    }

    private ImmutableArray<Condition<T>> Joined(string joiner, Func<Condition<T>> read)
    {
        var parts = ImmutableArray.Create(read());
        for (source.SkipBlanks(); source.Take(joiner); source.SkipBlanks())
            parts = parts.Add(read());
        if (source.Next is '&' or '|' && source.Next == joiner[0])
            throw source.Expected($"conditions are joined by {joiner}", $"write {joiner}");
        return parts;
    }

    private Condition<T> ReadOne()
    {
        source.SkipBlanks();
        var start = source.At;
        if (!source.Take("("))
            return readLeaf();
        var inner = Read();
        source.SkipBlanks();
        return source.Take(")") ? inner : throw PatternText.Wrong(start, 1, "the bracket that opens here is never closed");
    }
}
