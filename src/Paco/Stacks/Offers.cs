using Paco.Clouds;

namespace Paco.Stacks;

/// <summary>What a reference resolves to: a source, and where it is good.</summary>
public sealed record Offer(Source Source)
{
    /// <summary>
    /// The only account and region where the value names something (a key pair), or null for a value that is good anywhere.
    /// </summary>
    public Place? OnlyIn { get; init; }
}

/// <summary>What references resolve to, by their paths.</summary>
public sealed class Offers
{
    private readonly Dictionary<string, Offer> _offers = new(StringComparer.Ordinal);

    public IEnumerable<string> Paths => _offers.Keys;

    /// <summary>The first offer for a path counts.</summary>
    public void Add(string path, Offer offer) => _offers.TryAdd(path, offer);

    public void Add(string path, Source source) => Add(path, new Offer(source));

    public void Add(string path, string literal) => Add(path, new LiteralSource(literal));

    public Offer? Find(string path) => _offers.GetValueOrDefault(path);
}
