using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Stacks;

/// <summary>What all rooms build into: stacks, actions and what they offer to others.</summary>
public sealed class BuildContext(string bucketHash, DiagnosticBag bag, ObjectIndex index)
{
    private readonly Dictionary<NodeId, Location> _names = [];
    private readonly Dictionary<string, string> _claims = new(StringComparer.Ordinal);
    private readonly List<(NodeId, Action)> _last = [];
    private readonly HashSet<string> _leftAlone = new(StringComparer.Ordinal);
    private readonly List<Stack> _stacks = [];
    private readonly List<CloudAction> _actions = [];

    /// <summary><c>s3bucket_hash</c> of project.yaml, or empty.</summary>
    public string BucketHash { get; } = bucketHash;

    public DiagnosticBag Bag { get; } = bag;

    public ObjectIndex Index { get; } = index;

    /// <summary>What every reference resolves to, by its path.</summary>
    public Offers Offers { get; } = new();

    public IReadOnlyList<Stack> Stacks => _stacks;

    public IReadOnlyList<CloudAction> Actions => _actions;

    public void Add(Stack stack) => _stacks.Add(stack);

    public void Add(CloudAction action)
    {
        _actions.Add(action);
        foreach (var output in action.Outputs)
        {
            foreach (var reference in output.Refs)
                Offers.Add(reference, new NodeOffer(action.Id, output.Key));
        }
    }

    /// <summary>Stacks whose names begin so belong to something that is configured but not built yet: they are nobody's orphans.</summary>
    public void LeaveAlone(string namePrefix) => _leftAlone.Add(namePrefix);

    public IReadOnlyCollection<string> LeftAlone => _leftAlone;

    /// <summary>Builds something at the end, unless a node of that name has been built by then.</summary>
    public void Unless(NodeId taken, Action build) => _last.Add((taken, build));

    /// <summary>Everything has been built but what waited for the end.</summary>
    public void Finish()
    {
        foreach (var (taken, build) in _last)
        {
            if (!_names.ContainsKey(taken))
                build();
        }
        _last.Clear();
    }

    /// <summary>A stack of any name, where a scope's rules do not fit (record sets, globals).</summary>
    public StackBuilder Stack(NodeId id, string reference, string title, bool enabled, Location source) => new(this, id, reference, title, enabled, source);

    /// <summary>Claims something only one object can have (a DNS record) for the object at a path; the answer is who claimed it before, or null.</summary>
    public string? Claim(string what, string owner) => _claims.TryAdd(what, owner) ? null : _claims[what];

    internal void CheckStackName(NodeId id, Location source)
    {
        if (id.Name.Length > 128)
            Bag.Add(StackCodes.NameTooLong, source, $"the stack name {id.Name} has {id.Name.Length} characters; AWS allows 128");
        if (!_names.TryAdd(id, source))
            Bag.Add(StackCodes.NameTaken, source, $"two stacks would be called {id.Name} in {id.Place}", "rename one of the two objects",
                new RelatedPlace(_names[id], "the other one"));
    }
}

/// <summary>What references resolve to.</summary>
public sealed class Offers
{
    private readonly Dictionary<string, Offer> _offers = new(StringComparer.Ordinal);

    public IEnumerable<string> Paths => _offers.Keys;

    public void Add(string path, Offer offer) => _offers.TryAdd(path, offer);

    public void Add(string path, string literal) => Add(path, new LiteralOffer(literal));

    public Offer? Find(string path) => _offers.GetValueOrDefault(path);
}
