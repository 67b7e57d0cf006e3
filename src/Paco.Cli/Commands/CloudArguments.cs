using Paco.Applying;
using Paco.Cli.Views;
using Paco.Clouds;
using Paco.Drifting;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Commands;

/// <summary>The options all commands that talk to a cloud share.</summary>
internal sealed record CloudArguments
{
    public string? Home { get; init; }

    public required string Scope { get; init; }

    public bool Sandbox { get; init; }

    public string? Profile { get; init; }

    public bool? Verbose { get; init; }

    public bool Warn { get; init; }

    public bool Quiet { get; init; }

    public bool RefreshImages { get; init; }

    /// <summary>Bring back what was changed behind CloudFormation's back.</summary>
    public bool RevertDrift { get; init; }

    /// <summary>Where secrets that are shown once are written instead; null shows them.</summary>
    public string? SecretsDirectory { get; init; }

    public Session OpenSession(Terminal terminal) => Session.OpenForCloud(terminal, Home, Scope, Warn);

    public bool IsVerbose(Session session) => Verbose ?? session.Home.Verbose ?? false;
}

/// <summary>Making plans and applying them, for every command that does.</summary>
internal static class PlanMaking
{
    public static async Task<Plan> Make(Session session, CloudChoice choice, CloudArguments arguments, bool isDelete, CancellationToken cancel)
    {
        await SignIn(session, choice, cancel).ConfigureAwait(false);
        var options = new PlanOptions(choice.AccountIds, arguments.RefreshImages);
        return isDelete
            ? await Planner.PlanDelete(session.Graph, session.Scope, choice.Cloud, options, cancel).ConfigureAwait(false)
            : await Planner.Plan(session.Graph, session.Scope, choice.Cloud, options, cancel).ConfigureAwait(false);
    }

    /// <summary>The plan with what has drifted.</summary>
    public static Task<Plan> WithDrift(Session session, CloudChoice choice, Plan plan, CancellationToken cancel) =>
        DriftDetection.Attach(plan, choice.Cloud, DriftOptions(session, choice), cancel);

    public static DriftOptions DriftOptions(Session session, CloudChoice choice) => new() { Time = session.Terminal.Time, PollInterval = choice.PollInterval };

    /// <summary>Signs in to every account the scope needs.</summary>
    public static async Task SignIn(Session session, CloudChoice choice, CancellationToken cancel)
    {
        var accounts = Planner.AccountsOf(session.Graph, session.Scope);
        if (accounts.FirstOrDefault(a => a != "master" && !choice.AccountIds.ContainsKey(a)) is { } unknown)
            throw new CommandError($"the account {unknown} has no account_id",
                choice.IsSandbox ? "paco provision accounts --sandbox makes it there" : $"paco provision accounts makes it, or write account_id into accounts/{unknown}.yaml");
        await choice.Cloud.SignIn(accounts, cancel).ConfigureAwait(false);
    }

    public static ApplyOptions Options(Session session, CloudChoice choice, CloudArguments arguments) => new()
    {
        Planning = new PlanOptions(choice.AccountIds, arguments.RefreshImages),
        Time = session.Terminal.Time,
        PollInterval = choice.PollInterval,
        BucketPrefix = string.Join('-', new[] { "paco", session.Project.Settings.ProjectName.ToLowerInvariant(), session.Project.Settings.BucketHash }.Where(p => p.Length > 0)),
    };

    /// <summary>Refuses what would destroy data without permission.</summary>
    public static void Guard(Plan plan, IReadOnlyCollection<string> allowDestroy)
    {
        foreach (var problem in plan.Problems)
            throw new CommandError(problem.Message, problem.Hint);
        var allowed = allowDestroy.Select(a => new Scope(a)).ToList();
        var refused = plan.Destructive.Where(n => !allowed.Any(a => a.Path.Length > 0 && a.Covers(n.Node.Ref))).ToList();
        if (refused.OfType<PlannedStack>().SelectMany(s => s.Changes, (s, c) => (Stack: s, Change: c)).FirstOrDefault(x => x.Change is { IsRecreated: true, DestroysData: true }) is ({ } stack, { } gone))
            throw new CommandError($"{gone.LogicalId} of {stack.Node.Title} was deleted outside Paco and would come back empty; --yes does not cover that",
                $"bring its data back first (from a snapshot or backup), or agree to an empty one with --allow-destroy {stack.Node.Ref}");
        if (refused.Count > 0)
            throw new CommandError($"{string.Join(", ", refused.Select(n => n.Node.Title))} would lose data; --yes does not cover that",
                $"say which with --allow-destroy REF, for example --allow-destroy {refused[0].Node.Ref}");
    }
}
