using System.Collections.Immutable;

namespace Paco.Planning.Security;

/// <summary>A statement of a policy in words. Lists are sorted, so that their order says nothing; the Sid is left out.</summary>
public sealed record Statement
{
    public bool Allows { get; init; }

    public ImmutableArray<string> Actions { get; init; } = [];

    /// <summary>It means everything but <see cref="Actions"/>.</summary>
    public bool NotActions { get; init; }

    public ImmutableArray<string> Resources { get; init; } = [];

    public bool NotResources { get; init; }

    /// <summary><c>anybody</c>, <c>account 123456789012</c>, an ARN, a service.</summary>
    public ImmutableArray<string> Principals { get; init; } = [];

    public bool NotPrincipals { get; init; }

    /// <summary>All of them must hold: <c>aws:SourceArn ArnLike arn:…</c>.</summary>
    public ImmutableArray<string> Conditions { get; init; } = [];

    /// <summary>A condition limits who it is for.</summary>
    internal bool SaysWho { get; init; }

    internal string Say(int most, bool onHolder) =>
        $"{(Allows ? "allow" : "deny")} {But(NotActions, Actions, most)}{On(most, onHolder)}{To(most)}{If(most)}";

    internal string SayTrust(int most)
    {
        var actions = Actions is ["sts:AssumeRole"] && !NotActions ? "" : $" ({But(NotActions, Actions, most)})";
        return $"may {(Allows ? "" : "not ")}be assumed by {But(NotPrincipals, Principals, most)}{actions}{If(most)}";
    }

    /// <summary>What is dangerous about the actions and resources, for policies of roles, users and groups.</summary>
    internal Danger What => (Allows, IsEverywhere, Actions) switch
    {
        (false, _, _) => Danger.None,
        (_, true, _) when !NotActions && Actions.Any(a => a is "*" or "*:*" or "iam:*") => Danger.FullAdmin,
        (_, true, _) when NotActions || Actions.Any(IsWhole) => Danger.Wide,
        _ when !NotActions && Actions.Any(a => a is "*" or "*:*") => Danger.Wide,
        _ => Danger.None,
    };

    /// <summary>What is dangerous about the principals, for policies of what is reached and for trust.</summary>
    internal Danger Who => Allows && !SaysWho && (NotPrincipals || Principals.Contains(PolicyText.Anybody)) ? Danger.Anybody : Danger.None;

    private bool IsEverywhere => NotResources || Resources.Contains("*");

    // s3:*, and *:Delete* as well.
    private static bool IsWhole(string action) => action.EndsWith(":*", StringComparison.Ordinal) || action.StartsWith('*');

    /// <summary>
    /// What this one says beyond another that differs in one list only: of a statement that gains an action, that action. Null
    /// where they differ in more, so that only the whole says what changes.
    /// </summary>
    internal Statement? Beyond(Statement other) => (Same(Actions, other.Actions), Same(Resources, other.Resources),
        Same(Principals, other.Principals)) switch
    {
        _ when !SameFrame(other) => null,
        (false, true, true) when !NotActions => this with { Actions = [.. Actions.Except(other.Actions)] },
        (true, false, true) when !NotResources => this with { Resources = [.. Resources.Except(other.Resources)] },
        (true, true, false) when !NotPrincipals => this with { Principals = [.. Principals.Except(other.Principals)] },
        _ => null,
    };

    /// <summary>Nothing is left of it: what it said stays said.</summary>
    internal bool IsNothing(Statement whole) =>
        Actions.Length + Resources.Length + Principals.Length < whole.Actions.Length + whole.Resources.Length + whole.Principals.Length
        && ((Actions.IsEmpty && !whole.Actions.IsEmpty) || (Resources.IsEmpty && !whole.Resources.IsEmpty)
            || (Principals.IsEmpty && !whole.Principals.IsEmpty));

    private bool SameFrame(Statement other) =>
        Allows == other.Allows && NotActions == other.NotActions && NotResources == other.NotResources
        && NotPrincipals == other.NotPrincipals
        && Same(Conditions, other.Conditions);

    private static bool Same(ImmutableArray<string> a, ImmutableArray<string> b) => a.SequenceEqual(b, StringComparer.Ordinal);

    // The "*" of a policy that belongs to a thing is the thing.
    private string On(int most, bool onHolder) =>
        Resources.IsEmpty || (onHolder && !NotResources && Resources is ["*"]) ? "" : $" on {But(NotResources, Resources, most)}";

    private string To(int most) => Principals.IsEmpty ? "" : $" to {But(NotPrincipals, Principals, most)}";

    private string If(int most) => Conditions.IsEmpty
        ? ""
        : $" if {string.Join(" and ", Conditions.Take(most))}{(Conditions.Length > most ? $" and {Conditions.Length - most} more" : "")}";

    private static string But(bool not, ImmutableArray<string> items, int most) =>
        $"{(not ? "everything but " : "")}{Access.Listed(items, most)}";
}
