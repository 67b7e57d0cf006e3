using System.Diagnostics;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Planning;
using Paco.Planning.Security;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>
/// The words of closed sets as programs read them. They are written out here and nowhere else, so that a name in the code may change and
/// no format does; docs/schemas lists the same words, and a test holds the two together.
/// </summary>
internal static class JsonWords
{
    public static string Of(NodeAction action) => action switch
    {
        NodeAction.None => "none",
        NodeAction.Create => "create",
        NodeAction.Update => "update",
        NodeAction.Recreate => "recreate",
        NodeAction.Settle => "settle",
        NodeAction.Delete => "delete",
        NodeAction.Absent => "absent",
        NodeAction.Protected => "protected",
        NodeAction.Refused => "refused",
        _ => throw new UnreachableException(),
    };

    public static string Of(ChangeKind change) => change switch
    {
        ChangeKind.Create => "create",
        ChangeKind.Import => "import",
        ChangeKind.Update => "update",
        ChangeKind.Replace => "replace",
        ChangeKind.Delete => "delete",
        _ => throw new UnreachableException(),
    };

    /// <summary>What a change does to those who use a resource.</summary>
    public static string Of(ConsequenceKind consequence) => consequence switch
    {
        ConsequenceKind.RollingUpdate => "rolling-update",
        ConsequenceKind.NewInstancesOnly => "new-instances-only",
        ConsequenceKind.Outage => "outage",
        ConsequenceKind.Restart => "restart",
        ConsequenceKind.Failover => "failover",
        ConsequenceKind.Pause => "pause",
        ConsequenceKind.NewAddress => "new-address",
        _ => throw new UnreachableException(),
    };

    public static string Of(WayInKind way) => way switch
    {
        WayInKind.Ssh => "ssh",
        WayInKind.Session => "session",
        _ => throw new UnreachableException(),
    };

    /// <summary>How sure it is that a secret value changes.</summary>
    public static string Certainty(bool isKnown) => isKnown ? "changes" : "may-have-changed";

    public static string Of(NodeOutcome outcome) => outcome switch
    {
        NodeOutcome.Unchanged => "unchanged",
        NodeOutcome.Created => "created",
        NodeOutcome.Updated => "updated",
        NodeOutcome.Deleted => "deleted",
        NodeOutcome.Failed => "failed",
        NodeOutcome.Skipped => "skipped",
        NodeOutcome.StillRunning => "still-running",
        _ => throw new UnreachableException(),
    };

    /// <summary>What is done about a stack that is not in order; one that is stands in no document.</summary>
    public static string Of(RecoveryStep step) => step switch
    {
        RecoveryStep.Wait => "wait",
        RecoveryStep.ContinueRollback => "continue-rollback",
        RecoveryStep.RollBack => "roll-back",
        RecoveryStep.DeleteRemains => "delete-remains",
        RecoveryStep.ByHand => "by-hand",
        RecoveryStep.None or _ => throw new UnreachableException(),
    };

    public static string Of(StackState state) => state switch
    {
        StackState.Deployed => "deployed",
        StackState.Missing => "missing",
        StackState.Disabled => "disabled",
        StackState.NotBuilt => "not-built",
        StackState.Left => "left",
        StackState.Unclaimed => "unclaimed",
        _ => throw new UnreachableException(),
    };

    public static string Of(AlarmStanding standing) => standing switch
    {
        AlarmStanding.Alarm => "alarm",
        AlarmStanding.InsufficientData => "insufficient-data",
        AlarmStanding.Gone => "gone",
        AlarmStanding.Ok => "ok",
        AlarmStanding.NotDeployed => "not-deployed",
        AlarmStanding.Disabled => "disabled",
        AlarmStanding.Unknown => "unknown",
        _ => throw new UnreachableException(),
    };

    public static string Of(AlarmKind kind) => kind switch
    {
        AlarmKind.Metric => "metric",
        AlarmKind.Log => "log",
        AlarmKind.Expression => "expression",
        AlarmKind.Anomaly => "anomaly",
        AlarmKind.Composite => "composite",
        AlarmKind.HealthCheck => "health-check",
        _ => throw new UnreachableException(),
    };

    /// <summary>What is looked at in an account.</summary>
    public static string Of(CheckKind check) => check switch
    {
        CheckKind.Keys => "keys",
        CheckKind.Account => "account",
        CheckKind.Name => "name",
        CheckKind.Status => "status",
        CheckKind.Role => "role",
        CheckKind.Clock => "clock",
        CheckKind.Region => "region",
        CheckKind.CloudFormation => "cloudformation",
        CheckKind.Permissions => "permissions",
        _ => throw new UnreachableException(),
    };

    public static string Of(CheckState state) => state switch
    {
        CheckState.Good => "good",
        CheckState.Unknown => "unknown",
        CheckState.Wrong => "wrong",
        _ => throw new UnreachableException(),
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Info => "note",
        _ => throw new UnreachableException(),
    };

    public static string Of(ErrorKind kind) => kind switch
    {
        ErrorKind.CommandLine => "command-line",
        ErrorKind.Refused => "refused",
        ErrorKind.Cloud => "cloud",
        ErrorKind.Files => "files",
        ErrorKind.Stopped => "stopped",
        ErrorKind.Internal => "internal",
        _ => throw new UnreachableException(),
    };

    /// <summary>What is dangerous about a change, or null.</summary>
    public static string? Of(Danger danger) => danger switch
    {
        Danger.None => null,
        Danger.Wide => "wide",
        Danger.DenialLifted => "denial-lifted",
        Danger.OpenToInternet => "open-to-internet",
        Danger.Anybody => "anybody",
        Danger.FullAdmin => "full-admin",
        _ => throw new UnreachableException(),
    };

    /// <summary>What kind of access a change is about.</summary>
    public static string Of(Access access) => access switch
    {
        PortAccess => "port",
        AclAccess => "network-acl",
        StatementAccess => "statement",
        TrustAccess => "trust",
        ManagedPolicyAccess { IsBoundary: true } => "permissions-boundary",
        ManagedPolicyAccess => "managed-policy",
        PublicAccess => "public-access",
        _ => throw new UnreachableException(),
    };

    /// <summary>The type of a line of a run.</summary>
    public static string Of(ApplyEvent happened) => happened switch
    {
        NodeStarted => "node-started",
        NodeWaiting => "node-waiting",
        ResourceMoved => "resource-moved",
        NodeEnded => "node-ended",
        SecretRevealed => "secret-made",
        FieldFound => "field-found",
        PollLost => "poll-lost",
        _ => throw new UnreachableException(),
    };

    /// <summary>A stack or an action.</summary>
    public static string Of(PlannedNode node) => node switch
    {
        PlannedStack => "stack",
        PlannedAction => "action",
        _ => throw new UnreachableException(),
    };

    /// <summary>How a stack stands to what was deployed; what could not be looked at outweighs what was found.</summary>
    public static string Of(StackDrift stack) => stack switch
    {
        { Failure: not null } => "failed",
        { HasDrift: true } => "drifted",
        _ => "in-sync",
    };

    /// <summary>What became of a resource outside Paco.</summary>
    public static string Of(DriftedResource resource) => resource.IsDeleted ? "deleted" : "modified";

    public static string Change(bool isAdded) => isAdded ? "add" : "remove";

    public static string Effect(bool allows) => allows ? "allow" : "deny";

    public static string Direction(bool isIngress) => isIngress ? "ingress" : "egress";
}
