using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>
/// Something CloudFormation has no resource type for, or that a person must see once: a key pair, an upload, a certificate's
/// validation record. It is a node of the same graph as the stacks: plan shows it, the applier orders it, delete removes it.
/// </summary>
public abstract record CloudAction
{
    public required NodeId Id { get; init; }

    /// <summary>The object it was made for; scopes select by it.</summary>
    public required ObjectPath Ref { get; init; }

    /// <summary>As people read it: <c>key pair app-dev-us-west-2</c>.</summary>
    public required string Title { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Values it needs, by name.</summary>
    public ImmutableArray<KeyValuePair<string, Source>> Inputs { get; init; } = [];

    /// <summary>The stack it works for while that stack is being made, instead of waiting for its end. Null for most.</summary>
    public NodeId? During { get; init; }

    public ImmutableArray<NodeId> After { get; init; } = [];

    /// <summary>References its outputs answer.</summary>
    public ImmutableArray<OfferedOutput> Outputs { get; init; } = [];

    /// <summary>Losing it loses data or access for good, so deleting it needs permission of its own.</summary>
    public virtual bool HoldsData => false;

    /// <summary>What it made stays when its scope is deleted.</summary>
    public virtual bool StaysOnDelete => false;

    /// <summary>It makes nothing: where what it works with is still to be made, there is nothing to do.</summary>
    public virtual bool OnlyTakesAway => false;

    /// <summary>
    /// Making it yields something a person must see or keep now or never: the name of the file it goes into, where it goes into one.
    /// Null for most.
    /// </summary>
    public virtual string? SecretFile => null;

    /// <summary>What it makes is something of its own that people look for, not a step on the way of a stack: a key pair.</summary>
    public virtual bool IsListed => RevealsSecret;

    /// <summary>What doing it for the first time asks of a person, for the plan to say; null for most.</summary>
    public virtual string? AsksOfAPerson => null;

    public bool RevealsSecret => SecretFile is not null;

    /// <summary>Tells what it reveals from what else may stand in that file; null for what is nothing of the kind.</summary>
    public virtual string? FingerprintOf(string secret) => null;

    /// <summary>The inputs whose values are known.</summary>
    public async Task<ImmutableDictionary<string, string>> Values(IValues values)
    {
        var known = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var (name, source) in Inputs)
        {
            if (await source.Value(values) is { } value)
                known[name] = value;
        }
        return known.ToImmutable();
    }

    /// <summary>How things stand, without changing them.</summary>
    public abstract Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel);

    /// <summary>Makes it so. Called again after a kill, it must converge.</summary>
    public abstract Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel);

    /// <summary>Undoes it; what is gone already is no error.</summary>
    public abstract Task Delete(ICloud cloud, CancellationToken cancel);
}

/// <summary>What an action finds.</summary>
/// <param name="Exists">Something is there.</param>
/// <param name="IsCurrent">It is as the project wants it, so that nothing is to be done.</param>
/// <param name="Detail">What would change, in words, or null.</param>
public sealed record ActionState(bool Exists, bool IsCurrent, string? Detail = null)
{
    public static readonly ActionState Absent = new(false, false);

    /// <summary>The fingerprint of a secret that was made, and that nobody has unless it was kept at the last moment.</summary>
    public string? Unclaimed { get; init; }

    /// <summary>What is to be done yields nothing that a person must see, though making it anew would.</summary>
    public bool RevealsNothing { get; init; }

    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>What an action made, with what a person must see now or never.</summary>
public sealed record ActionResult
{
    public static readonly ActionResult Done = new();

    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableArray<Reveal> Reveals { get; init; } = [];

    /// <summary>Fields of the project's files whose values became known.</summary>
    public ImmutableArray<FoundField> Found { get; init; } = [];

    /// <summary>Why it could not be done, in words with a way out; null when it is done.</summary>
    public string? Failure { get; init; }

    /// <summary>What <see cref="Failure"/> can be looked up under, where it is of a kind that is explained.</summary>
    public DiagnosticCode? Code { get; init; }
}

/// <summary>What a run gives every action.</summary>
/// <param name="Secrets">Where what is shown once goes.</param>
public sealed record ActionContext(TimeProvider Time, ISecretSink Secrets);

/// <summary>A top-level field of a YAML file below the project, and the value it should have from now on.</summary>
public sealed record FoundField(string File, string Field, string Value);

/// <summary>A secret to show once, with what to do with it.</summary>
/// <param name="FileName">The name it would have if it is written to a file instead of the screen (0600).</param>
public sealed record Reveal(string Title, string FileName, Secret Value);
