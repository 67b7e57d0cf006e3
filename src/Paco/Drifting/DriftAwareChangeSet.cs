using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Clouds;

namespace Paco.Drifting;

/// <summary>Reads drift-aware change sets.</summary>
internal static class DriftAwareChangeSet
{
    /// <summary>Why the set cannot be executed, or null.</summary>
    public static string? Obstacle(ChangeSet set) => set switch
    {
        { IsEmpty: true } => null,
        { Status: not "CREATE_COMPLETE" } => set.StatusReason ?? set.Status,
        { RevertsDrift: false } => "this cloud does not know drift-aware change sets",
        _ => null,
    };

    /// <summary>What of the set would lose data, or put something empty where it was.</summary>
    public static ImmutableArray<string> Destroys(ChangeSet set, Template template) =>
        [.. set.Changes.Where(c => Destroys(c, template)).Select(c => c.LogicalResourceId)];

    /// <summary>True for an entry that makes anew what was deleted behind CloudFormation's back.</summary>
    public static bool Recreates(ChangeSetChange entry) => entry.ResourceDriftStatus == "DELETED" && entry.Action is not "Remove";

    /// <summary>
    /// True for an entry that is there only because it refers to another: what of that moves, the table of types knows better.
    /// </summary>
    public static bool IsVague(ChangeSetChange entry) =>
        entry is { Action: "Modify", Details.IsEmpty: false } && entry.Details.All(d => d.Evaluation == "Dynamic");

    private static bool Destroys(ChangeSetChange entry, Template template) =>
        ResourceFacts.Of(entry.ResourceType).HoldsDataWith(template.Find(entry.LogicalResourceId)?.Properties)
        && (Recreates(entry)
            || ((entry.Action == "Remove" || entry.Replacement == "True") && entry.PolicyAction is not ("Retain" or "ReplaceAndRetain")));
}
