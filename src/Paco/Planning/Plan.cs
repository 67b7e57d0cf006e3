using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>What is to be done with a node.</summary>
public enum NodeAction
{
    /// <summary>It is as the project wants it.</summary>
    None,
    Create,
    Update,

    /// <summary>Delete the remains of a failed creation, then create.</summary>
    Recreate,

    /// <summary>Something runs on it, or its rollback is stuck: wait or continue, then compare.</summary>
    Settle,
    Delete,

    /// <summary>Disabled and not there.</summary>
    Absent,

    /// <summary>The user asked that it is never changed.</summary>
    Protected,

    /// <summary>Nothing can be done before a person has looked; the reason says what.</summary>
    Refused,
}

/// <summary>A node with what is to be done and why.</summary>
public abstract record PlannedNode(GraphNode Node, NodeAction Action)
{
    /// <summary>Why it is refused, or what is remarkable about it.</summary>
    public string? Reason { get; init; }

    public NodeId Id => Node.Id;

    /// <summary>True where applying the plan does something here, as far as can be known.</summary>
    public bool HasWork =>
        Action is NodeAction.Create or NodeAction.Update or NodeAction.Recreate or NodeAction.Settle or NodeAction.Delete;

    /// <summary>True where it destroys what cannot be made again, or what others run in, and so needs permission of its own.</summary>
    public abstract bool DestroysData { get; }

    /// <summary>What doing it shows a person once.</summary>
    public abstract IEnumerable<PlannedSecret> Reveals { get; }
}

/// <summary>Something a node makes that is shown once.</summary>
/// <param name="Title">What it is for.</param>
/// <param name="FileName">The name it has where it goes into a file.</param>
/// <param name="IsIt">
/// Tells it from what else may stand in a file of that name: then an earlier run kept it and was ended right after.
/// </param>
public sealed record PlannedSecret(PlannedNode Node, string Title, string FileName, Func<string, bool> IsIt);

/// <param name="Node">A <see cref="Linking.StackNode"/>.</param>
public sealed record PlannedStack(GraphNode Node, NodeAction Action) : PlannedNode(Node, Action)
{
    public StackNode StackNode => (StackNode)Node;

    public Stack Stack => StackNode.Stack;

    public DeployedStack? Deployed { get; init; }

    /// <summary>The template as it is sent.</summary>
    public required string Body { get; init; }

    /// <summary>Parameter values as far as they are known; null for those that come out of this very run.</summary>
    public required ImmutableSortedDictionary<string, string?> Parameters { get; init; }

    public ImmutableArray<ResourceChange> Changes { get; init; } = [];

    /// <summary>Secret values of one that exists that change or may have changed; nothing of those known to be the same.</summary>
    public ImmutableArray<SecretChange> Secrets { get; init; } = [];

    /// <summary>CloudFormation says that it will not do this; the reason says why.</summary>
    public bool IsObjectedTo { get; init; }

    /// <summary>The changes that mean something to people: all but that of a placeholder.</summary>
    public IEnumerable<ResourceChange> Shown => Changes.Where(c => !c.IsPlaceholder);

    public bool TagsChange { get; init; }

    /// <summary>Outputs the project no longer asks for that stay while deployed stacks use them.</summary>
    public ImmutableArray<RetainedOutput> Keeps { get; init; } = [];

    /// <summary>What the stack is brought to before its users move; null where it goes in one step.</summary>
    public InterimUpdate? First { get; init; }

    /// <summary>Stacks that give up in this run what this one takes, and whose end it waits for.</summary>
    public ImmutableArray<NodeId> InTurnAfter { get; init; } = [];

    /// <summary>Logical ids of what exists already and is taken over instead of being made.</summary>
    public ImmutableArray<string> Imports => [.. Changes.Where(c => c.Kind == ChangeKind.Import).Select(c => c.LogicalId)];

    /// <summary>
    /// What was changed behind CloudFormation's back is brought back too, through a drift-aware change set. Each is a thing to know before.
    /// </summary>
    public ImmutableArray<string>? RevertWarnings { get; init; }

    /// <summary>Newer machine images that exist but are not taken over: parameter, deployed, newest.</summary>
    public ImmutableArray<(string Parameter, string Deployed, string Newest)> NewerImages { get; init; } = [];

    /// <summary>
    /// Deployed stacks that stay and use what the deletion of this one takes from them; or that run in what of it is replaced.
    /// </summary>
    public ImmutableArray<NodeId> UsedBy { get; init; } = [];

    /// <summary>It is the network, or a part of it, of others that go on running.</summary>
    public bool CarriesOthers => !UsedBy.IsEmpty
        && (ReplacedCarriers.Any() || Changes.Any(c => c.Kind == ChangeKind.Delete && ResourceFacts.Of(c.Type).CarriesOthers));

    /// <summary>Logical ids of what others run in, and another takes the place of.</summary>
    public IEnumerable<string> ReplacedCarriers =>
        Changes.Where(c => c.Kind == ChangeKind.Replace && ResourceFacts.Of(c.Type).CarriesWithin).Select(c => c.LogicalId);

    public override bool DestroysData =>
        Changes.Any(c => c.DestroysData) || (Deployed?.TerminationProtection == true && LiftsProtection) || CarriesOthers;

    public override IEnumerable<PlannedSecret> Reveals => !HasWork || !Stack.Enabled || Action == NodeAction.Delete ? [] :
        from parameter in Stack.Parameters
        let made = parameter.Source as MadeSecretSource
        where made is not null && (Action == NodeAction.Recreate || Deployed?.Parameters.ContainsKey(parameter.Name) != true)
        select new PlannedSecret(this, made.Title, made.FileName, MadeSecretSource.IsOne);

    // The empty remains of a failed creation protect nothing.
    private bool LiftsProtection =>
        Action == NodeAction.Delete
        || (Action == NodeAction.Recreate && Changes.Any(c => c.Kind is not (ChangeKind.Create or ChangeKind.Import)));
}

public sealed record PlannedAction(ActionNode ActionNode, NodeAction Action, ActionState State) : PlannedNode(ActionNode, Action)
{
    public CloudAction Work => ActionNode.Action;

    public override bool DestroysData => Action == NodeAction.Delete && Work.HoldsData;

    public override IEnumerable<PlannedSecret> Reveals =>
        HasWork && Action != NodeAction.Delete && !State.RevealsNothing && Work.SecretFile is { } file
            ? [new PlannedSecret(this, Work.Title, file, text => State.Unclaimed is { } print && Work.FingerprintOf(text) == print)]
            : [];
}

/// <summary>What a command would do, read from the cloud and not changed by looking at it. Plain data.</summary>
public sealed record Plan
{
    public required Scope Scope { get; init; }

    public required bool IsDelete { get; init; }

    /// <summary>In the order of the graph; for a deletion the other way round.</summary>
    public required ImmutableArray<PlannedNode> Nodes { get; init; }

    /// <summary>What makes the plan impossible, each a sentence with its way out.</summary>
    public ImmutableArray<PlanProblem> Problems { get; init; } = [];

    /// <summary>What to know before agreeing: stacks elsewhere that keep old values, or would lose what they use.</summary>
    public ImmutableArray<PlanProblem> Warnings { get; init; } = [];

    /// <summary>
    /// Deployed stacks, and what actions made, of the scope that its configuration no longer makes and that this plan leaves alone.
    /// </summary>
    public ImmutableArray<NodeId> Orphans { get; init; } = [];

    /// <summary>What left the configuration and was to be deleted, and stays since a stack that stays uses it.</summary>
    public ImmutableArray<NodeId> HeldBack { get; init; } = [];

    /// <summary>Those of <see cref="Orphans"/> that hold what cannot be made again.</summary>
    public ImmutableArray<LeftData> LeftData { get; init; } = [];

    /// <summary>Log groups of what this plan stops to monitor; they stay with what they hold.</summary>
    public ImmutableArray<KeptLogs> KeptLogs { get; init; } = [];

    /// <summary>What somebody must see to about the scope's stacks as they are deployed.</summary>
    public ImmutableArray<StackFinding> Findings { get; init; } = [];

    /// <summary>The configuration makes nothing of what is planned: all of it left.</summary>
    public bool IsAllLeft { get; init; }

    /// <summary>Deployed stacks that may be another project's: nothing but a deletion that names their environment touches them.</summary>
    public ImmutableArray<NodeId> Unclaimed { get; init; } = [];

    /// <summary>Where nobody could look for what has left, though the scope does not need it.</summary>
    public ImmutableArray<UnseenPlace> Unseen { get; init; } = [];

    /// <summary>
    /// Stacks of what the scope asks for and this version does not build yet, deployed or not; the plan leaves them alone.
    /// </summary>
    public ImmutableArray<NotBuiltStack> NotBuilt { get; init; } = [];

    /// <summary>The part of the graph that the plan is for.</summary>
    public StackGraph Part { get; init; } = new([]);

    /// <summary>The ids of the project's accounts by name, as far as they are known.</summary>
    public IReadOnlyDictionary<string, string> AccountIds { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Everything deployed in the accounts and regions concerned: outputs of stacks outside the plan come from here.</summary>
    public required ImmutableDictionary<NodeId, DeployedStack> Deployed { get; init; }

    /// <summary>Secrets that nobody has put a value into yet, those the plan makes among them.</summary>
    public ImmutableArray<UnsetSecret> UnsetSecrets { get; init; } = [];

    /// <summary>What differs between the deployed stacks and what is really there, where somebody asked.</summary>
    public DriftReport? Drift { get; init; }

    public bool HasWork => Nodes.Any(n => n.HasWork);

    /// <summary>All that it shows a person once.</summary>
    public IEnumerable<PlannedSecret> Reveals => Nodes.SelectMany(n => n.Reveals);

    public IEnumerable<PlannedNode> Destructive => Nodes.Where(n => n.DestroysData);

    /// <summary>Counts of resources created, taken over, updated, replaced and deleted; an action counts as one.</summary>
    public (int Create, int Import, int Update, int Replace, int Delete) Totals
    {
        get
        {
            var all = Nodes.OfType<PlannedStack>().SelectMany(s => s.Shown).ToLookup(c => c.Kind);
            var actions = Nodes.OfType<PlannedAction>().ToLookup(a => a.Action);
            return (
                all[ChangeKind.Create].Count() + actions[NodeAction.Create].Count(),
                all[ChangeKind.Import].Count(),
                all[ChangeKind.Update].Count() + actions[NodeAction.Update].Count(),
                all[ChangeKind.Replace].Count(),
                all[ChangeKind.Delete].Count() + actions[NodeAction.Delete].Count());
        }
    }
}

/// <summary>Why a node cannot be done, or what to know of it.</summary>
public sealed record PlanProblem(NodeId Node, string Message, string? Hint);
