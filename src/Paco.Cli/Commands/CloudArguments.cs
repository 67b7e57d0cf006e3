using System.Collections.Immutable;
using Paco.Applying;
using Paco.Cli.Views;
using Paco.Drifting;
using Paco.Planning;

namespace Paco.Cli.Commands;

/// <summary>The options all commands that talk to a cloud share.</summary>
internal sealed record CloudArguments
{
    public string? Home { get; init; }

    /// <summary>As it was typed; null for the whole project.</summary>
    public required string? Scope { get; init; }

    /// <summary>The sandbox or AWS; null leaves it to the project and the environment.</summary>
    public bool? Sandbox { get; init; }

    public string? Profile { get; init; }

    public string? Pace { get; init; }

    public ImmutableArray<string> Faults { get; init; } = [];

    public bool? Verbose { get; init; }

    public bool? Warn { get; init; }

    public bool Quiet { get; init; }

    /// <summary>Nothing that earlier commands saw is used, and nothing kept.</summary>
    public bool NoCache { get; init; }

    public bool RefreshImages { get; init; }

    public bool Prune { get; init; }

    /// <summary>Take over what exists already.</summary>
    public bool ImportExisting { get; init; }

    /// <summary>Objects whose secret values are sent where they could not be compared.</summary>
    public ImmutableArray<string> SendSecrets { get; init; } = [];

    /// <summary>Look at what is really there.</summary>
    public bool Drift { get; init; }

    /// <summary>Bring back what was changed behind CloudFormation's back.</summary>
    public bool RevertDrift { get; init; }

    /// <summary>Objects whose data may be lost.</summary>
    public ImmutableArray<string> AllowDestroy { get; init; } = [];

    /// <summary>Where secrets that are shown once are written instead; null shows them.</summary>
    public string? SecretsDirectory { get; init; }

    /// <param name="mayBeGone">What is only deployed is a scope too.</param>
    public Session OpenSession(Terminal terminal, bool mayBeGone = false)
    {
        var session = Session.OpenForCloud(terminal, Home, Scope, Warn, mayBeGone);
        NotReadView.Show(terminal.ErrorScreen, session);
        return session;
    }

    public bool IsVerbose(Session session) => Verbose ?? session.Home.Verbose ?? false;
}

/// <summary>Making plans and applying them, for every command that does.</summary>
internal static class PlanMaking
{
    /// <summary>
    /// Signs in, reads the cloud and compares. How long that took does not include the sign-in, which may ask somebody for a code.
    /// </summary>
    public static async Task<(Plan Plan, TimeSpan ReadIn)> Make(Session session, CloudChoice choice, CloudArguments arguments,
        bool isDelete, CancellationToken cancel)
    {
        await SignIn(session, choice, cancel);
        var began = session.Terminal.Time.GetTimestamp();
        var plan = await Read(session, choice, arguments, isDelete, cancel);
        return (plan, session.Terminal.Time.GetElapsedTime(began));
    }

    private static async Task<Plan> Read(Session session, CloudChoice choice, CloudArguments arguments, bool isDelete,
        CancellationToken cancel)
    {
        var options = new PlanOptions(choice.AccountIds, arguments.RefreshImages,
            arguments.Prune)
        {
            ImportExisting = arguments.ImportExisting,
            SendSecrets = arguments.SendSecrets,
            Digests = choice.IsAws && !arguments.NoCache ? KeptDigests.Of(session.Terminal.Environment) : null,
        };
        if (isDelete)
            return Deletion(session, await DeletionPlanner.Plan(session.Graph, session.Scope, choice.Cloud, options, cancel));
        var plan = await Planner.Plan(session.Graph, session.Scope, choice.Cloud, options, cancel);
        MustName(plan, arguments.SendSecrets);
        return arguments.Drift || arguments.RevertDrift ? await WithDrift(session, choice, plan, arguments, cancel) : plan;
    }

    private static void MustName(Plan plan, ImmutableArray<string> sendSecrets)
    {
        if (sendSecrets.FirstOrDefault(given => !plan.Nodes.Any(n => new Stacks.Scope(given).Covers(n.Node.Ref))) is { } misspelt)
        {
            throw new CommandError($"--send-secrets {misspelt} names nothing of this plan",
                Diagnostics.Spelling.DidYouMean(misspelt, plan.Nodes.Select(n => n.Node.Ref.Text)));
        }
    }

    private static Plan Deletion(Session session, Plan plan) => session.Missing is { } missing && plan.Nodes.IsEmpty
        ? throw new CommandError($"{missing}; nor is anything of it deployed", "paco list shows what is")
        : plan;

    // The plan with what has drifted, and where that is asked, with how it is brought back.
    private static async Task<Plan> WithDrift(Session session, CloudChoice choice, Plan plan, CloudArguments arguments,
        CancellationToken cancel)
    {
        SayLooking(session);
        plan = await DriftDetection.Attach(plan, choice.Cloud, DriftOptions(session, choice), cancel);
        return arguments.RevertDrift && plan.Drift!.HasDrift && plan.Problems.IsEmpty
            ? await RevertWork.Plan(plan, choice.Cloud, Options(session, choice, arguments), cancel)
            : plan;
    }

    /// <summary>Nobody sits before a silent terminal: a detection takes a while.</summary>
    public static void SayLooking(Session session)
    {
        if (session.Terminal.IsErrorTerminal)
        {
            session.Terminal.ErrorScreen.Line(
                $"Looking at what is really there in {session.Scope}; on AWS this takes some seconds a stack.", TextStyle.Dim);
        }
    }

    public static DriftOptions DriftOptions(Session session,
        CloudChoice choice) => new() { Time = session.Terminal.Time, PollInterval = choice.PollInterval };

    /// <summary>Signs in to every account the scope needs.</summary>
    public static async Task SignIn(Session session, CloudChoice choice, CancellationToken cancel)
    {
        var accounts = Planner.AccountsOf(session.Graph, session.Scope);
        var unknown = accounts.Where(a => a != "master" && !choice.AccountIds.ContainsKey(a)).ToList();
        if (unknown is [var first, .. var more])
        {
            var provision = (session.CommandIn(choice) with { Scope = new Stacks.Scope("accounts") }).Of("provision");
            var (who, them, file) = more.Count == 0 ? ($"the account {first} has", "it", $"accounts/{first}.yaml")
                : ($"the accounts {string.Join(", ", unknown)} have", "them", $"accounts/{first}.yaml and the others");
            throw new CommandError($"{who} no account_id yet",
                choice.IsSandbox ? $"{provision} makes {them} there" : $"{provision} makes {them}, or write account_id into {file}");
        }
        await choice.Cloud.SignIn(accounts, cancel);
    }

    public static ApplyOptions Options(Session session, CloudChoice choice, CloudArguments arguments) => new()
    {
        Planning = new PlanOptions(choice.AccountIds, arguments.RefreshImages),
        Permissions = new DestroyPermissions(arguments.AllowDestroy),
        Time = session.Terminal.Time,
        PollInterval = choice.PollInterval,
        Pace = choice.Pace,
        BucketPrefix = string.Join('-',
            new[] { "paco", session.Project.Settings.ProjectName.ToLowerInvariant(),
                session.Project.Settings.BucketHash }.Where(p => p.Length > 0)),
    };

    /// <summary>Refuses what would destroy data without permission.</summary>
    public static void Guard(Session session, Plan plan, CloudArguments arguments)
    {
        PermissionCheck.Hold(session, plan, arguments.AllowDestroy);
        foreach (var problem in plan.Problems)
            throw new CommandError(problem.Message, problem.Hint);
        var refused = new DestroyPermissions(arguments.AllowDestroy).Refused(plan);
        if (Gone(refused) is var (stack, gone))
        {
            throw new CommandError(
                $"{gone.LogicalId} of {stack.Node.Title} was deleted outside Paco and would come back empty; --yes does not cover that",
                    $"bring its data back first (from a snapshot or backup), or agree to an empty one with --allow-destroy {stack.Node.Ref}");
        }
        if (refused.Length > 0)
        {
            var (carrying, losing) = (refused.Where(IsOnlyCarrying).ToList(), refused.Where(n => !IsOnlyCarrying(n)).ToList());
            var permit = PermissionCheck.Permits(AllowDestroyRefs.Of(plan, refused));
            if (losing.Count == 0)
            {
                throw new CommandError($"{Titles(carrying)} would go from under what runs there; --yes does not cover that",
                    $"delete what uses it first, or all of the environment; to do it all the same: {permit}");
            }
            var beside = carrying.Count == 0 ? "" : $", and {Titles(carrying)} would go from under what runs there";
            throw new CommandError($"{Titles(losing)} would lose data{beside}; --yes does not cover that", $"agree to it with {permit}");
        }
    }

    private static string Titles(IEnumerable<PlannedNode> nodes) => string.Join(", ", nodes.Select(n => n.Node.Title));

    private static bool IsOnlyCarrying(PlannedNode node) =>
        node is PlannedStack { CarriesOthers: true } stack && !stack.Changes.Any(c => c.DestroysData);

    private static (PlannedStack Stack, CloudFormation.ResourceChange Gone)? Gone(IEnumerable<PlannedNode> refused) =>
        refused.OfType<PlannedStack>()
            .SelectMany(s => s.Changes, (s, c) => (((PlannedStack, CloudFormation.ResourceChange)?)(s, c)))
            .FirstOrDefault(x => x is { Item2: { IsRecreated: true, DestroysData: true } });
}
