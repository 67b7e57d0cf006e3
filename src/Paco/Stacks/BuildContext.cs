using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>What all rooms build into: stacks, actions and what they offer to others.</summary>
public sealed class BuildContext(string bucketHash, DiagnosticBag bag, ObjectIndex index)
{
    private readonly Dictionary<NodeId, StackBuilder> _byId = [];
    private readonly Dictionary<string, string> _claims = new(StringComparer.Ordinal);
    private readonly List<StackBuilder> _stacks = [];
    private readonly List<CloudAction> _actions = [];
    private readonly Dictionary<(string Name, string Region), NotBuiltStack> _notBuilt = [];

    /// <summary><c>s3bucket_hash</c> of project.yaml, or empty.</summary>
    public string BucketHash { get; } = bucketHash;

    /// <summary>Which older names the project's stacks have.</summary>
    public LegacyNames Legacy { get; init; } = LegacyNames.None;

    /// <summary>The name that stands for an account's others, by each of those; an account is in it only where it has several.</summary>
    internal IReadOnlyDictionary<string, string> SameAccounts { get; init; } = new Dictionary<string, string>();

    /// <summary>What the project's stacks are told from those of other projects by; empty where it has none.</summary>
    public string ProjectMark { get; init; } = "";

    /// <summary>The project's name and title, for what people read elsewhere.</summary>
    public (string Name, string Title) Project { get; init; } = ("", "");

    /// <summary>The regions the project uses.</summary>
    public ImmutableArray<string> ActiveRegions { get; init; } = [];

    public DiagnosticBag Bag { get; } = bag;

    public ObjectIndex Index { get; } = index;

    /// <summary>What every reference resolves to, by its path.</summary>
    public Offers Offers { get; } = new();

    /// <summary>The buckets there are, and what others ask of their policies; whole before anything is built.</summary>
    public KnownBuckets Buckets { get; } = new();

    /// <summary>The stacks as they are now, in the order they were begun.</summary>
    public IEnumerable<Stack> Stacks => _stacks.Where(s => _byId[s.Id] == s).Select(s => s.ToStack());

    /// <summary>Those of them that are switched off.</summary>
    internal IEnumerable<NodeId> Disabled => _stacks.Where(s => !s.Enabled && _byId[s.Id] == s).Select(s => s.Id);

    public IReadOnlyList<CloudAction> Actions => _actions;

    /// <summary>How people reach what is made, in the order it was stated.</summary>
    public List<Address> Addresses { get; } = [];

    /// <summary>The alarms of all stacks, in the order they were stated.</summary>
    public List<StatedAlarm> Alarms { get; } = [];

    /// <summary>Where what is made writes its logs, in the order it was stated.</summary>
    public List<WrittenLog> Logs { get; } = [];

    /// <summary>The groups of servers that are made.</summary>
    public List<ServerGroup> ServerGroups { get; } = [];

    /// <summary>What the project asks for and nobody builds.</summary>
    public IEnumerable<NotBuiltStack> NotBuilt =>
        _notBuilt.ExceptBy(_byId.Keys.Select(id => (id.Name, id.Place.Region)), s => s.Key).Select(s => s.Value);

    /// <summary>The name under which an account is worked on: of several that have one id it is the same for all.</summary>
    public string AccountOf(string name) => SameAccounts.GetValueOrDefault(name, name);

    /// <summary>Where the environment is that an object stands in, by the object's path; null for what is in none.</summary>
    public Place? PlaceOf(ObjectPath path) =>
        path.Environment is { Region: { } region } at
        && Index.Find($"netenv.{at.NetworkEnvironment}.{at.Name}.{region}") is IAccountEnvironment { AccountName: { } account }
            ? new Place(AccountOf(account), region)
            : null;

    /// <summary>An account's id by its name: the text where a file says it, else what is known once the account exists.</summary>
    public Value AccountId(string name) => Offers.Find($"accounts.{name}.id")?.Source is LiteralSource { Text: var id }
        ? id
        : new InputValue(new Ref($"accounts.{name}.id", $"accounts.{name}.id", default));

    public void Add(NotBuiltStack stack) => _notBuilt.TryAdd((stack.Name, stack.Region), stack);

    public void Add(CloudAction action)
    {
        _actions.Add(action);
        foreach (var output in action.Outputs)
        {
            foreach (var reference in output.Refs)
                Offers.Add(reference, new OutputSource(action.Id, output.Key));
        }
    }

    /// <summary>
    /// A stack of any name, where a scope's rules do not fit (record sets, globals). It is one of the project's from now on, unless it
    /// is disabled and an enabled object has the name.
    /// </summary>
    public StackBuilder Stack(NodeId id, ObjectPath reference, string title, bool enabled, Location source)
    {
        if (id.Name.Length > 128)
            Bag.Add(StackCodes.NameTooLong, source, $"the stack name {id.Name} has {id.Name.Length} characters; AWS allows 128");
        var stack = new StackBuilder(this, id, reference, title, enabled, source);
        _stacks.Add(stack);
        if (!_byId.TryGetValue(id, out var other))
        {
            _byId.Add(id, stack);
        }
        else if (enabled && other.Enabled)
        {
            Bag.Add(StackCodes.NameTaken, source, $"two stacks would be called {id.Name} in {id.Place}", "rename one of the two objects",
                new RelatedPlace(other.Source, "the other one"));
        }
        else if (enabled)
        {
            _byId[id] = stack;
        }
        return stack;
    }

    /// <summary>
    /// Claims something only one object can have (a DNS record) for the object at a path; the answer is who claimed it before, or null.
    /// </summary>
    public string? Claim(string what, string owner) => _claims.TryAdd(what, owner) ? null : _claims[what];
}
